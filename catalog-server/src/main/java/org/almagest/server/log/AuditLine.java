package org.almagest.server.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that must be known later.
 *
 * @param who the id of a key, {@code cli:name}, {@code anybody} or {@code server}; never a secret
 * @param tenant whose store, or empty
 * @param what a fixed name: {@code key.created}, {@code collection.deleted}, {@code items.written}
 * @param target what it happened to, or empty
 * @param facts names with values: status, counts, the id of the request
 */
public record AuditLine(String who, String tenant, String what, String target, Map<String, String> facts) {
    /** Copies the facts, whose order stays. */
    public AuditLine {
        facts = new LinkedHashMap<>(facts);
    }

    /** Returns a line without facts. */
    public static AuditLine of(String who, String tenant, String what, String target) {
        return new AuditLine(who, tenant, what, target, Map.of());
    }

    /** Returns this line with one fact more. */
    public AuditLine with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, String.valueOf(value));
        return new AuditLine(who, tenant, what, target, more);
    }
}
