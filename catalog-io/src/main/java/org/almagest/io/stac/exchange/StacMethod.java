package org.almagest.io.stac.exchange;

import java.util.Optional;

/** The methods of HTTP that the API knows. */
public enum StacMethod {
    /** Asks for a representation. */
    GET,
    /** Asks for what GET would answer, without the body. */
    HEAD,
    /** Searches, or stores what is new. */
    POST,
    /** Replaces. */
    PUT,
    /** Corrects by JSON Merge Patch. */
    PATCH,
    /** Deletes. */
    DELETE,
    /** Asks which methods an address has. */
    OPTIONS;

    /** Returns the method of this name, which is in upper case as HTTP has it; empty for others: answer those 501. */
    public static Optional<StacMethod> parse(String name) {
        for (StacMethod method : values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
