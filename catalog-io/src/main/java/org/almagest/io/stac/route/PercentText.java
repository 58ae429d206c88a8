package org.almagest.io.stac.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of RFC 3986 over UTF-8, strict in both directions. */
public final class PercentText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentText() {}

    /** Returns one path segment or parameter value for an address: everything but unreserved characters encoded. */
    public static String encode(String text) {
        boolean plain = !text.isEmpty() && text.charAt(0) != '.';
        for (int i = 0; plain && i < text.length(); i++) {
            plain = isUnreserved(text.charAt(i));
        }
        return plain ? text : encoded(text);
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
        String encoded = out.toString();
        // Clients resolve these two as steps in a path.
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }

    /**
     * Returns what a text stands for; empty where it is malformed: a percent sign without two digits, no UTF-8, NUL.
     *
     * @param form whether a plus sign stands for a blank, as in queries
     */
    static Optional<String> decode(String text, Form form) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? digit(text, i + 1) : -1;
                int low = i + 2 < text.length() ? digit(text, i + 2) : -1;
                if (high < 0 || low < 0 || high + low == 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c == '+' && form == Form.QUERY) {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Where a text stands in an address. */
    enum Form {
        PATH,
        QUERY
    }
}
