package org.almagest.internal.geo;

import org.almagest.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Where in a geometry something is, for messages: {@code geometry: polygon 0: ring 1: position 3}. */
public final class Place {
    /** The geometry itself. */
    public static final Place GEOMETRY = new Place(null, "geometry", -1);

    private final @Nullable Place parent;
    private final String word;
    private final int index;

    private Place(@Nullable Place parent, String word, int index) {
        this.parent = parent;
        this.word = word;
        this.index = index;
    }

    /** Returns the place of a numbered part of this one. */
    public Place at(String part, int partIndex) {
        return new Place(this, part, partIndex);
    }

    /** Returns the refusal of what is here. */
    public InvalidRequestException refused(String problem) {
        return new InvalidRequestException(toString(), problem);
    }

    @Override
    public String toString() {
        String own = index < 0 ? word : word + " " + index;
        return parent == null ? own : parent + ": " + own;
    }
}
