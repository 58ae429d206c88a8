package org.almagest.server.keys;

import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Names;

/**
 * Which datasets are meant.
 *
 * @param text the slug of one, a slug and {@code .*} for all below that group, or {@code *} for all
 */
public record SlugPattern(String text) {
    private static final String ALL = "*";
    private static final String BELOW = ".*";

    /**
     * Checks it.
     *
     * @throws InvalidRequestException if it is no pattern
     */
    public SlugPattern {
        if (!text.equals(ALL)) {
            try {
                Names.checkSlug(text.endsWith(BELOW) ? text.substring(0, text.length() - BELOW.length()) : text);
            } catch (CatalogException e) {
                throw new InvalidRequestException(
                        "pattern",
                        Quoted.text(text) + " (expected the slug of a dataset, a group such as stac.*, or *)",
                        e);
            }
        }
    }

    /** Tells whether a dataset of that slug is meant; there need not be one. */
    public boolean matches(String slug) {
        if (text.equals(ALL)) {
            return true;
        }
        return text.endsWith(BELOW) ? slug.regionMatches(0, text, 0, text.length() - 1) : slug.equals(text);
    }
}
