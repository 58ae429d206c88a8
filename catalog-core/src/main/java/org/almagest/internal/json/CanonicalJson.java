package org.almagest.internal.json;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Canonical JSON text by RFC 8785: members sorted by UTF-16 code units, no blanks, one spelling per string.
 *
 * <p>Numbers follow {@link DecimalText}, which differs from RFC 8785 where float64 would lose digits.
 */
public final class CanonicalJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalJson() {}

    /**
     * Returns the canonical text; recursion is as deep as the tree.
     *
     * @throws org.almagest.error.InvalidRequestException if a number has an exponent beyond the bound
     */
    public static String text(JsonValue value) {
        StringBuilder out = new StringBuilder(128);
        append(out, value);
        return out.toString();
    }

    /** Appends the canonical text. */
    public static void append(StringBuilder out, JsonValue value) {
        if (value instanceof JsonString string) {
            appendQuoted(out, string.value());
        } else if (value instanceof JsonNumber number) {
            out.append(DecimalText.canonical(number.literal()));
        } else if (value instanceof JsonObject object) {
            appendObject(out, object);
        } else if (value instanceof JsonArray array) {
            appendArray(out, array);
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private static void appendArray(StringBuilder out, JsonArray array) {
        out.append('[');
        String separator = "";
        for (JsonValue element : array.elements()) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    private static void appendObject(StringBuilder out, JsonObject object) {
        String[] names = object.members().keySet().toArray(String[]::new);
        Arrays.sort(names);
        Map<String, JsonValue> members = object.members();
        out.append('{');
        String separator = "";
        for (String name : names) {
            out.append(separator);
            appendQuoted(out, name);
            out.append(':');
            append(out, Objects.requireNonNull(members.get(name)));
            separator = ",";
        }
        out.append('}');
    }

    /** Appends {@code text} in quotes, escaping what JSON must escape and nothing else. */
    public static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, copied, i);
                appendEscape(out, c);
                copied = i + 1;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }

    private static void appendEscape(StringBuilder out, char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
