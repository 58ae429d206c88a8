package org.almagest.server.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.almagest.internal.json.CanonicalJson;

/**
 * One line of a log: names with values, as JSON or for people.
 *
 * <p>No value can end the line or turn its direction: control, format and separator characters are escaped, and a text
 * is cut at {@link #TEXT_MAX} characters.
 */
public final class Line {
    /** The longest text of one value, in UTF-16 units. */
    public static final int TEXT_MAX = 1_000;

    private final Map<String, Object> members = new LinkedHashMap<>();

    private Line() {}

    /** Begins a line of a kind. */
    public static Line of(Instant at, String kind) {
        Line line = new Line();
        line.members.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        line.members.put("kind", kind);
        return line;
    }

    /** Adds a text; an empty one is left out. */
    public Line put(String name, String value) {
        if (!value.isEmpty()) {
            members.put(name, value.length() > TEXT_MAX ? value.substring(0, TEXT_MAX) + "…" : value);
        }
        return this;
    }

    /** Adds a longer text, cut at {@code max}. */
    Line putLong(String name, String value, int max) {
        members.put(name, value.length() > max ? value.substring(0, max) + "…" : value);
        return this;
    }

    /** Adds a number. */
    public Line put(String name, long value) {
        members.put(name, value);
        return this;
    }

    /** Adds a time in milliseconds with one digit after the point. */
    Line putMillis(String name, long nanos) {
        members.put(name, (double) Math.round(nanos / 100_000.0) / 10);
        return this;
    }

    /** Returns it as one JSON object, without a line end. */
    public String json() {
        StringBuilder out = new StringBuilder(256).append('{');
        members.forEach((name, value) -> {
            out.append(out.length() == 1 ? "" : ",").append('"').append(name).append("\":");
            append(out, value);
        });
        return SecretFilter.clean(out.append('}').toString());
    }

    /** Returns it for a terminal: time, kind, then names with values. */
    public String text() {
        StringBuilder out = new StringBuilder(256);
        members.forEach((name, value) -> {
            if (name.equals("at") || name.equals("kind") || name.equals("message")) {
                out.append(out.isEmpty() ? "" : " ").append(plain(String.valueOf(value)));
            } else {
                out.append(' ').append(name).append('=');
                append(out, value);
            }
        });
        return SecretFilter.clean(out.toString());
    }

    private static void append(StringBuilder out, Object value) {
        if (value instanceof String) {
            StringBuilder quoted = new StringBuilder();
            CanonicalJson.appendQuoted(quoted, (String) value);
            out.append(plain(quoted.toString()));
        } else {
            out.append(value);
        }
    }

    /** Escapes what JSON permits and a terminal or a reader of lines does not expect. */
    private static String plain(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (type == Character.SURROGATE) {
                out.append('\ufffd'); // half a character, which strict readers refuse even escaped
            } else if (hidden) {
                for (char unit : Character.toChars(c)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
