package org.almagest.server.cli.output;

import java.util.List;
import org.almagest.internal.json.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** Writes a JSON object whose members stay in the order of adding. */
public final class JsonObjectText {
    private final StringBuilder out = new StringBuilder("{");

    /** Adds text, or {@code null}. */
    public JsonObjectText put(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            out.append("null");
        } else {
            CanonicalJson.appendQuoted(out, value);
        }
        return this;
    }

    /** Adds a whole number. */
    public JsonObjectText put(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds a number, or {@code null} where it is not finite. */
    public JsonObjectText put(String name, double value) {
        name(name).append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    /** Adds true or false. */
    public JsonObjectText put(String name, Boolean value) {
        name(name).append(value);
        return this;
    }

    /** Adds a value that is JSON already. */
    public JsonObjectText putRaw(String name, String json) {
        name(name).append(json);
        return this;
    }

    /** Adds an array of texts. */
    public JsonObjectText put(String name, List<String> values) {
        name(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            CanonicalJson.appendQuoted(out, values.get(i));
        }
        out.append(']');
        return this;
    }

    private StringBuilder name(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        CanonicalJson.appendQuoted(out, name);
        return out.append(':');
    }

    /** Returns the object. */
    @Override
    public String toString() {
        return out + "}";
    }
}
