package org.almagest.storage.run;

import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads the fields of rows of a run, each only when it is asked for; for one thread.
 *
 * <p>What cannot be read is refused with {@link org.almagest.error.CorruptStoreException}. Before the first {@link #seek}
 * there is no row to ask about.
 */
public interface FieldCursor {
    /** Moves to a row; reads nothing yet. */
    void seek(int ordinal);

    /**
     * Says which rows are read next, so that memory is asked for all of them at once instead of for each in turn.
     *
     * @param count how many entries of {@code ordinals} count
     */
    default void expect(int[] ordinals, int count) {}

    /** Returns the value of a custom field; null where it is unset or not in the schema. */
    @Nullable
    Object value(String field);

    /** Returns the datapoint's place as it was given; null where it has none. */
    @Nullable
    Geometry geometry();

    /** Returns the {@code Footprint.flags()} that the geometry had when it was stored; mostly 0. */
    int geometryFlags();

    /**
     * Fills in the positions of the datapoint's place, without making a geometry of them.
     *
     * @return false where the place is neither a point nor a polygon that was at most cut at the antimeridian, or is not
     *     at hand this way; then {@link #geometry()} tells
     */
    default boolean outline(Outline into) {
        return false;
    }

    /**
     * Returns the row with the fields of a selection, which was made for the schema of this cursor.
     *
     * @param id the id of the row
     * @param origin where the row is from
     */
    Datapoint datapoint(DatapointId id, Origin origin, RowSelection selection);

    /**
     * Reads the selected fields, and the ingestion times, of rows into a batch; moves to one of them.
     *
     * @param rows all of them are read; the window is changed
     * @param check run before the first row and at least once per 256 rows; ends the reading by what it throws
     */
    void fill(RowPlaces rows, BatchSlots slots, Runnable check);
}
