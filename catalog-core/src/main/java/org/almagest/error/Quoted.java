package org.almagest.error;

import java.util.HexFormat;

/** Quotes user text for messages. */
public final class Quoted {
    /** The longest text quoted in a message, in UTF-16 units; the rest is cut. */
    public static final int TEXT_MAX = 100;

    private Quoted() {}

    /**
     * Returns {@code value} in double quotes, cut at {@link #TEXT_MAX}.
     *
     * <p>Control characters, quotes and lone surrogates are escaped, so that a message stays one printable line.
     */
    public static String text(CharSequence value) {
        boolean cut = value.length() > TEXT_MAX;
        int end = cut ? TEXT_MAX : value.length();
        StringBuilder out = new StringBuilder(end + 8).append('"');
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(value.charAt(i + 1));
            if (pair) {
                out.append(c).append(value.charAt(++i));
            } else {
                appendEscaped(out, c);
            }
        }
        return out.append(cut ? "…\"" : "\"").toString();
    }

    private static void appendEscaped(StringBuilder out, char c) {
        int type = Character.getType(c);
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c < ' '
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
            out.append(c);
        }
    }
}
