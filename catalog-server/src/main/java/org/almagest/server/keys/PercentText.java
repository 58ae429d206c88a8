package org.almagest.server.keys;

/** Text with characters written as {@code %XX}. */
final class PercentText {
    private static final int HEX = 16;

    private PercentText() {}

    /** Returns a text with each {@code %XX} of ASCII as its character, also one that was written so several times. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            plain.append(text.charAt(i));
            unescapeEnd(plain);
        }
        return plain.toString();
    }

    /** What comes of one may be the end of another: {@code %255F} is {@code %5F} is a line below. */
    private static void unescapeEnd(StringBuilder plain) {
        int at = plain.length() - 3;
        while (at >= 0 && plain.charAt(at) == '%') {
            int high = Character.digit(plain.charAt(at + 1), HEX);
            int low = Character.digit(plain.charAt(at + 2), HEX);
            if (high < 0 || high >= HEX / 2 || low < 0) {
                return;
            }
            plain.setLength(at);
            plain.append((char) (high * HEX + low));
            at = plain.length() - 3;
        }
    }
}
