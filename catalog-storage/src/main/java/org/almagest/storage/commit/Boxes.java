package org.almagest.storage.commit;

import org.almagest.geo.Footprint;
import org.almagest.model.BoundingBox;
import org.almagest.storage.segment.Box;
import org.jspecify.annotations.Nullable;

/** Turns boxes of one layer into those of another. */
public final class Boxes {
    private Boxes() {}

    /** Returns the index box of a footprint, or {@link Box#NONE} for null. */
    public static Box of(@Nullable Footprint footprint) {
        if (footprint == null) {
            return Box.NONE;
        }
        BoundingBox box = footprint.indexBox();
        // The sides of an index box are float32 values already, rounded outwards.
        return new Box((float) box.west(), (float) box.south(), (float) box.east(), (float) box.north());
    }
}
