package org.almagest.io.stac.route;

import org.almagest.model.Json;

/**
 * A parameter of the query that a route takes; what is not declared is refused.
 *
 * @param name its name
 * @param schema its JSON schema, for the description of the API
 * @param description what it does, in a sentence
 * @param empty what an empty value is
 */
public record Parameter(String name, Json schema, String description, Empty empty) {
    /** What {@code name=} is. */
    public enum Empty {
        /** An error. */
        REFUSED,
        /** The same as not naming it. */
        ABSENT,
        /** A value like others. */
        VALUE
    }

    /** Returns a parameter whose value is text of any form. */
    public static Parameter text(String name, String description) {
        return of(name, "{\"type\":\"string\"}", description);
    }

    /** Returns a parameter with this JSON schema. */
    public static Parameter of(String name, String schema, String description) {
        return new Parameter(name, Json.parse(schema), description, Empty.REFUSED);
    }

    /** Returns this parameter with another meaning of an empty value. */
    public Parameter whenEmpty(Empty meaning) {
        return new Parameter(name, schema, description, meaning);
    }
}
