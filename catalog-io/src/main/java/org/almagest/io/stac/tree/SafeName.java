package org.almagest.io.stac.tree;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Makes file names of ids: what every system takes, different for different ids, and never a way out of a folder. */
final class SafeName {
    private static final int LENGTH_MAX = 200;
    private static final int DIGEST_BYTES = 8;
    private static final Set<String> TAKEN = Set.of("catalog.json", "collection.json", "catalog", "collection");

    private SafeName() {}

    /**
     * Returns letters, digits, {@code _ - .} as they are and every other byte as {@code %} and two digits; a first point
     * too, and what is longer than 200 is cut and ends in a digest.
     */
    static String of(String id) {
        StringBuilder out = new StringBuilder();
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        boolean pointsToo = TAKEN.contains(id);
        for (int i = 0; i < utf8.length; i++) {
            char c = (char) (utf8[i] & 0xFF);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (plain || c == '.' && i > 0 && !pointsToo) {
                out.append(c);
            } else {
                escape(out, utf8[i]);
            }
        }
        if (out.length() <= LENGTH_MAX) {
            return out.toString();
        }
        return out.substring(0, LENGTH_MAX - 2 * DIGEST_BYTES - 1) + "~" + digest(utf8);
    }

    private static void escape(StringBuilder out, byte value) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(value));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns a name as it stands in a link. */
    static String href(String name) {
        return name.replace("%", "%25");
    }
}
