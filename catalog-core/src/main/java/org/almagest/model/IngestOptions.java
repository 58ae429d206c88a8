package org.almagest.model;

/**
 * How one call of ingest treats its rows.
 *
 * @param mode what happens to a datapoint whose id or key is live already
 * @param onInvalid what happens when a row is invalid in itself
 * @param antimeridian how wide edges of geometries are read
 * @param validity what happens to invalid polygons
 */
public record IngestOptions(
        IngestMode mode, OnInvalid onInvalid, AntimeridianRule antimeridian, GeometryValidity validity) {
    /** Skips existing rows, refuses invalid ones, reads wide edges the short way, repairs index forms. */
    public static final IngestOptions DEFAULT = new IngestOptions(
            IngestMode.SKIP_EXISTING, OnInvalid.REFUSE, AntimeridianRule.SHORT_WAY, GeometryValidity.REPAIR_INDEX_FORM);

    /** Returns the default options with this mode. */
    public static IngestOptions of(IngestMode mode) {
        return DEFAULT.with(mode);
    }

    /** Returns these options with another mode. */
    public IngestOptions with(IngestMode other) {
        return new IngestOptions(other, onInvalid, antimeridian, validity);
    }

    /** Returns these options with another treatment of invalid rows. */
    public IngestOptions with(OnInvalid other) {
        return new IngestOptions(mode, other, antimeridian, validity);
    }

    /** Returns these options with another reading of wide edges. */
    public IngestOptions with(AntimeridianRule other) {
        return new IngestOptions(mode, onInvalid, other, validity);
    }

    /** Returns these options with another treatment of invalid polygons. */
    public IngestOptions with(GeometryValidity other) {
        return new IngestOptions(mode, onInvalid, antimeridian, other);
    }
}
