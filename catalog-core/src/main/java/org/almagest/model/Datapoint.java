package org.almagest.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.almagest.model.FieldNames.Origin;
import org.almagest.model.FieldNames.StoredGeometry;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One row: a time, an optional geometry and the values of custom fields. Immutable, as long as the caller leaves the
 * geometry alone.
 *
 * <p>A datapoint that was read carries its id and ingestion time as well, and its values have these types: string
 * {@link String}, bytes {@link Bytes}, bool {@link Boolean}, int32 {@link Integer}, int64 {@link Long}, uint64
 * {@link Uint64}, float32 {@link Float}, float64 {@link Double}, enum {@link EnumValue}, duration
 * {@link java.time.Duration}, timestamp {@link Instant}, uuid {@link java.util.UUID}, geometry {@link Geometry}, json
 * {@link Json}; an array is a {@link java.util.List} of these. Unset fields are absent.
 *
 * <p>Ingest also accepts any integer type where it fits, integers for floats when exact, {@code byte[]} for bytes,
 * {@link java.math.BigInteger} for integers, names and numbers for enum values, WKT, WKB or GeoJSON for geometries,
 * and Java arrays or any {@link java.util.Collection} for arrays. Nothing is converted from text to a number.
 */
public final class Datapoint {
    private static final AntimeridianRule[] RULES = AntimeridianRule.values();

    private final @Nullable Instant time;
    private final @Nullable DatapointId id;
    private final @Nullable Instant ingestionTime;
    // A geometry, one of the forms that ingest takes, or a supplier that a reader left for the first who asks. Two
    // threads may both resolve it: a geometry is safely published as its fields are final or set before the write.
    private volatile @Nullable Object geometry;
    private final @Nullable DatapointId expectedId;
    private final Map<String, Object> values;
    private final @Nullable Origin origin;

    // From 0 the flags of a row's footprint, as it was stored; below, -1 - ordinal of the rule it is to be read with.
    private final int geometryFlags;

    /** Makes a stored row; see {@link FieldNames#datapoint}. */
    Datapoint(
            DatapointId id,
            Instant ingestionTime,
            @Nullable Origin origin,
            @Nullable StoredGeometry geometry,
            Map<String, Object> values) {
        this.time = Instant.ofEpochMilli(id.timeMillis());
        this.id = id;
        this.ingestionTime = ingestionTime;
        this.geometry = geometry;
        this.geometryFlags = geometry == null ? 0 : geometry.flags();
        this.expectedId = null;
        this.values = values;
        this.origin = origin;
    }

    private Datapoint(Builder builder) {
        this.time = builder.time;
        this.id = builder.id;
        this.ingestionTime = builder.ingestionTime;
        this.geometry = builder.geometry;
        this.expectedId = builder.expectedId;
        this.values = builder.copyOfValues();
        this.origin = null;
        this.geometryFlags = builder.rule == null ? 0 : -1 - builder.rule.ordinal();
    }

    /** Begins a datapoint at {@code time}; ingest floors it to the millisecond. */
    public static Builder at(Instant time) {
        return new Builder().time(time);
    }

    /** Begins a datapoint at the time that {@code text} names, as {@link TimeText#parseInstant} reads it. */
    public static Builder at(String text) {
        return at(TimeText.parseInstant(text));
    }

    /** Begins a datapoint without anything; ingest refuses one without a time. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the time.
     *
     * @throws IllegalStateException if none was given, which only a datapoint that was not read can be
     */
    public Instant time() {
        if (time == null) {
            throw new IllegalStateException("datapoint: time: unset");
        }
        return time;
    }

    /** Tells whether a time was given. */
    public boolean hasTime() {
        return time != null;
    }

    /** Returns the id; empty for a datapoint that was not read. */
    public Optional<DatapointId> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Returns the id of the collection that it was read from; empty where it was not read.
     *
     * <p>No part of {@link #equals}, and not taken along by {@link #toBuilder}.
     */
    public Optional<UUID> collectionId() {
        return origin == null ? Optional.empty() : Optional.of(origin.collectionId());
    }

    /**
     * Returns the index box of the geometry, west above east where it crosses the antimeridian.
     *
     * <p>Sides are float32 values rounded outwards, and latitudes cover great circles between the positions, so the
     * geometry lies inside. Computed anew from the geometry with each call. Empty where there is no geometry, where the
     * query did not select it, and for a datapoint that was not read; no part of {@link #equals}, and not taken along by
     * {@link #toBuilder}.
     */
    public Optional<BoundingBox> box() {
        Object known = origin == null ? null : resolved();
        return origin == null || known == null
                ? Optional.empty()
                : Optional.of(origin.box((Geometry) known, geometryFlags));
    }

    /** Returns the time of the commit that stored it, in microseconds; empty where it was not read. */
    public Optional<Instant> ingestionTime() {
        return Optional.ofNullable(ingestionTime);
    }

    /**
     * Returns the geometry as it was given; empty where there is none.
     *
     * @throws IllegalStateException if the geometry was given as WKB, WKT or GeoJSON and not parsed yet, which only a
     *     datapoint that was not read can be
     */
    public Optional<Geometry> geometry() {
        Object known = resolved();
        if (known != null && !(known instanceof Geometry)) {
            throw new IllegalStateException("datapoint: geometry: not parsed");
        }
        return Optional.ofNullable((Geometry) known);
    }

    /** Returns the geometry in the form in which it was given: {@link Geometry}, {@link Bytes}, text or {@link Json}. */
    public Optional<Object> rawGeometry() {
        return Optional.ofNullable(resolved());
    }

    private @Nullable Object resolved() {
        Object known = geometry;
        if (known instanceof Supplier) {
            known = ((Supplier<?>) known).get();
            geometry = known;
        }
        return known;
    }

    /** Returns the id that this datapoint is to replace; see {@link Builder#expecting}. */
    public Optional<DatapointId> expectedId() {
        return Optional.ofNullable(expectedId);
    }

    /** Returns how ingest reads wide edges of the geometry; empty where the options of the call say so. */
    public Optional<AntimeridianRule> antimeridian() {
        return geometryFlags >= 0 ? Optional.empty() : Optional.of(RULES[-1 - geometryFlags]);
    }

    /** Returns the fields that are set, by name; unmodifiable, in the order of setting or of the schema. */
    public Map<String, Object> values() {
        return values;
    }

    /** Returns the value of a field; empty where it is unset or no such field exists. */
    public Optional<Object> value(String field) {
        return Optional.ofNullable(values.get(field));
    }

    /** Begins a datapoint that is equal to this one. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.time = time;
        builder.id = id;
        builder.ingestionTime = ingestionTime;
        builder.geometry = resolved();
        builder.expectedId = expectedId;
        builder.rule = antimeridian().orElse(null);
        values.forEach(builder::set);
        return builder;
    }

    /** Tells whether both have the same time, id, ingestion time, geometry and values; geometries also in z. */
    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof Datapoint)) {
            return false;
        }
        Datapoint other = (Datapoint) object;
        return Objects.equals(time, other.time)
                && Objects.equals(id, other.id)
                && Objects.equals(ingestionTime, other.ingestionTime)
                && ExactGeometry.equal(resolved(), other.resolved())
                && equalValues(values, other.values);
    }

    private static boolean equalValues(Map<String, Object> values, Map<String, Object> others) {
        if (!values.keySet().equals(others.keySet())) {
            return false;
        }
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!ExactGeometry.equal(entry.getValue(), others.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Objects.hash(time, id, values.keySet());
    }

    @Override
    public String toString() {
        return "Datapoint[time=" + time + (id == null ? "" : ", id=" + id) + ", " + values + "]";
    }

    /** Collects the parts of a datapoint. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable Instant time;
        private @Nullable DatapointId id;
        private @Nullable Instant ingestionTime;
        private @Nullable Object geometry;
        private @Nullable DatapointId expectedId;
        private @Nullable AntimeridianRule rule;
        private final FewFields few = new FewFields();
        private @Nullable Map<String, Object> many; // in place of the few, once there are too many

        private Builder() {}

        /** Sets the time. */
        public Builder time(Instant value) {
            this.time = value;
            return this;
        }

        /** Sets what the engine generated; ingest ignores both. */
        public Builder stored(DatapointId storedId, Instant storedAt) {
            this.id = storedId;
            this.ingestionTime = storedAt;
            return this;
        }

        /**
         * States which id the live datapoint of the same key has.
         *
         * <p>Ingest in mode {@code REPLACE} then fails unless it has that id; other modes refuse it.
         *
         * <p>A datapoint that is live with the very content of this one counts as existing, so a repeated call succeeds.
         */
        public Builder expecting(@Nullable DatapointId replaced) {
            this.expectedId = replaced;
            return this;
        }

        /** Sets the geometry; longitude and latitude in degrees, WGS 84. */
        public Builder geometry(@Nullable Geometry value) {
            this.geometry = value;
            return this;
        }

        /** Sets the geometry from WKT, or from GeoJSON where the text begins with a brace; ingest parses it. */
        public Builder geometry(String text) {
            this.geometry = text;
            return this;
        }

        /** Sets the geometry from GeoJSON; ingest parses it. */
        public Builder geometry(Json geoJson) {
            this.geometry = geoJson;
            return this;
        }

        /** Sets the geometry from WKB; ingest parses it. */
        public Builder geometry(Bytes wkb) {
            this.geometry = wkb;
            return this;
        }

        /**
         * Says how ingest reads wide edges of the geometry; null leaves it to the options of the call.
         *
         * <p>Items of one STAC document may need different rules, since the {@code bbox} of each decides.
         */
        public Builder reading(@Nullable AntimeridianRule wideEdges) {
            this.rule = wideEdges;
            return this;
        }

        /** Sets a field; null leaves it unset. A second value for the same field takes the place of the first. */
        public Builder set(String field, @Nullable Object value) {
            Objects.requireNonNull(field);
            if (many != null) {
                setOneOfMany(many, field, value);
            } else if (value == null) {
                few.unset(field);
            } else if (!few.set(field, value)) {
                many = new LinkedHashMap<>(few);
                many.put(field, value);
            }
            return this;
        }

        private static void setOneOfMany(Map<String, Object> many, String field, @Nullable Object value) {
            if (value == null) {
                many.remove(field);
            } else {
                many.put(field, value);
            }
        }

        private Map<String, Object> copyOfValues() {
            return many == null ? few.copy() : Collections.unmodifiableMap(new LinkedHashMap<>(many));
        }

        /** Returns the datapoint. */
        public Datapoint build() {
            return new Datapoint(this);
        }
    }
}
