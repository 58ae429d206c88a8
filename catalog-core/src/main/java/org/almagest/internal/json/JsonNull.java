package org.almagest.internal.json;

/** The JSON {@code null}. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String kindName() {
        return "null";
    }
}
