package org.almagest.query.bound;

import org.almagest.geo.Footprint;
import org.jspecify.annotations.Nullable;

/** The values of one row, by the name of the field. */
@FunctionalInterface
public interface FieldValues {
    /**
     * Returns the value of a field, or null where it is unset.
     *
     * <p>Values have the types of {@link org.almagest.model.Datapoint#values()}; {@code time} and
     * {@code ingestion_time} are {@link java.time.Instant}, {@code id} and the one of {@code Property.COLLECTION} are
     * {@link java.util.UUID}, and {@code geometry}
     * is anything but null where the row has one.
     *
     * @param field the name that the schema has for the field, or the name of a fixed field
     */
    @Nullable
    Object value(String field);

    /**
     * Returns the footprint of the row's geometry or of a field of geometries; null where it is unset.
     *
     * <p>Where this is not overridden, {@link #value} must return a JTS geometry or a footprint; of anything else the
     * footprint is unset. Cutting costs O(n log n), so a row that has kept how its geometry was cut should say.
     *
     * @param field the name that the schema has for the field, or {@code geometry}
     */
    default @Nullable Footprint footprint(String field) {
        return RowShapes.footprint(value(field));
    }
}
