package org.almagest.internal.value;

/** The order of text by code point, which is also the order of its UTF-8 bytes. */
public final class TextOrder {
    private TextOrder() {}

    /** Compares two texts: -1, 0 or 1. */
    public static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // Surrogates stand for code points above U+FFFF, but their own numbers lie below U+E000.
                boolean surrogateA = Character.isSurrogate(a);
                boolean surrogateB = Character.isSurrogate(b);
                return surrogateA == surrogateB ? (a < b ? -1 : 1) : (surrogateB ? -1 : 1);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
