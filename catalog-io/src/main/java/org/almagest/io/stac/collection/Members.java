package org.almagest.io.stac.collection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.ByteSink;

/** The members of a JSON object in the order in which they are put, each as text. One thread. */
final class Members {
    private final Map<String, String> texts = new LinkedHashMap<>();

    Members put(String name, String json) {
        texts.put(name, json);
        return this;
    }

    Members put(String name, JsonValue value) {
        return put(name, CanonicalJson.text(value));
    }

    Members text(String name, String text) {
        return put(name, new JsonString(text));
    }

    boolean has(String name) {
        return texts.containsKey(name);
    }

    void appendTo(ByteSink out) {
        out.put('{');
        appendInner(out);
        out.put('}');
    }

    /** Appends the members without braces, so that others can follow. */
    void appendInner(ByteSink out) {
        String separator = "";
        for (Map.Entry<String, String> member : texts.entrySet()) {
            out.ascii(separator).json(member.getKey()).put(':').utf8(member.getValue());
            separator = ",";
        }
    }

    @Override
    public String toString() {
        ByteSink out = new ByteSink();
        appendTo(out);
        return out.toString();
    }

    static JsonValue texts(Collection<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList());
    }
}
