package org.almagest.query.cql2;

import org.almagest.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Where in a JSON text something is (RFC 6901), written out only for messages. */
final class JsonPointer {
    static final JsonPointer ROOT = new JsonPointer(null, "");

    private final @Nullable JsonPointer parent;
    private final String segment;

    private JsonPointer(@Nullable JsonPointer parent, String segment) {
        this.parent = parent;
        this.segment = segment;
    }

    JsonPointer at(String member) {
        return new JsonPointer(this, member.replace("~", "~0").replace("/", "~1"));
    }

    JsonPointer at(int index) {
        return new JsonPointer(this, Integer.toString(index));
    }

    InvalidRequestException refused(String problem) {
        return new InvalidRequestException(parent == null ? "filter" : "filter: " + this, problem);
    }

    @Override
    public String toString() {
        return parent == null ? "" : parent + "/" + segment;
    }
}
