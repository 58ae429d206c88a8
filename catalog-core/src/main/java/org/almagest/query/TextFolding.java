package org.almagest.query;

/** What can be made alike in texts before they are compared. */
public enum TextFolding {
    /** Upper and lower case: full case folding by Unicode, so that {@code Straße} is {@code STRASSE}. */
    CASE("casei"),
    /** Diacritics: nonspacing marks are removed from the canonical decomposition, so that {@code é} is {@code e}. */
    ACCENTS("accenti");

    private final String function;

    TextFolding(String function) {
        this.function = function;
    }

    /** Returns the function's name in CQL2, as JSON writes it. */
    public String function() {
        return function;
    }
}
