package org.almagest.io.stac.names;

import java.util.UUID;

/**
 * One collection and the id under which the STAC API shows it.
 *
 * @param slug the slug of its dataset
 * @param name its name in the dataset
 * @param collectionId its id in the catalog, the same as long as it exists
 * @param stacId its STAC id, unique in the catalog at one time
 */
public record Place(String slug, String name, UUID collectionId, String stacId) {
    /** What stands between slug and name in the full form; no slug has it. */
    static final char SEPARATOR = '~';

    /** Returns the full form {@code <slug>~<name>}, which means this collection whatever its STAC id is. */
    public String fullForm() {
        return slug + SEPARATOR + name;
    }

    /** Tells whether a STAC id given by a client means this collection. */
    public boolean isNamed(String id) {
        return id.equals(stacId) || id.equals(fullForm());
    }
}
