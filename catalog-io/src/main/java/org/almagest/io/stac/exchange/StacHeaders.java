package org.almagest.io.stac.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** Header fields of a request or an answer: names in lower case, each with its values in order. Immutable. */
public final class StacHeaders {
    /** No fields. */
    public static final StacHeaders NONE = new StacHeaders(Map.of());

    private final Map<String, List<String>> fields;

    private StacHeaders(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * Returns these fields; names that differ in case alone are one.
     *
     * @throws InvalidRequestException if a name is no token, or a value has a line break or NUL
     */
    public static StacHeaders of(Map<String, List<String>> fields) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        fields.forEach((name, values) -> values.forEach(value -> put(copy, name, value)));
        return new StacHeaders(Collections.unmodifiableMap(copy));
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!isToken(key)) {
            throw new InvalidRequestException("header " + Quoted.text(name), "no name of a header field");
        }
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf(0) >= 0) {
            throw new InvalidRequestException("header " + Quoted.text(name), "control character in its value");
        }
        List<String> before = fields.get(key);
        if (before == null) {
            fields.put(key, List.of(value));
            return;
        }
        List<String> values = new ArrayList<>(before);
        values.add(value);
        fields.put(key, Collections.unmodifiableList(values));
    }

    /** Loops, not streams: every field of every request comes by here. */
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Returns the first value of a field, whose name is compared without case. */
    public Optional<String> first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns all values of a field, in order; none where it is absent. */
    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /**
     * Returns the values of a field whose value is a list, joined by commas as RFC 9110 section 5.3 has it.
     *
     * <p>Empty where the field is absent.
     */
    public Optional<String> joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Returns these fields and one value more. */
    public StacHeaders and(String name, String value) {
        Map<String, List<String>> copy = new LinkedHashMap<>(fields);
        put(copy, name, value);
        return new StacHeaders(Collections.unmodifiableMap(copy));
    }

    /** Returns these fields, with this one value in the place of those the field may have. */
    public StacHeaders with(String name, String value) {
        return without(name).and(name, value);
    }

    /** Returns these fields but one. */
    public StacHeaders without(String name) {
        if (!fields.containsKey(name.toLowerCase(Locale.ROOT))) {
            return this;
        }
        Map<String, List<String>> copy = new LinkedHashMap<>(fields);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return new StacHeaders(Collections.unmodifiableMap(copy));
    }

    /** Returns the fields in order, unmodifiable. */
    public Map<String, List<String>> toMap() {
        return fields;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
