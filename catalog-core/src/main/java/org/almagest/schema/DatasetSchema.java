package org.almagest.schema;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a dataset: kind, custom fields, key, version field, extent, geometries. Immutable.
 *
 * <p>The fixed fields {@code time} (1), {@code id} (2), {@code ingestion_time} (3) and, in the spatio-temporal kind,
 * {@code geometry} (4) are not listed among the fields.
 */
public final class DatasetSchema {
    /** The fixed field of the instant, number 1. */
    public static final String TIME = "time";

    /** The fixed field of the id, number 2. */
    public static final String ID = "id";

    /** The fixed field of the commit's time, number 3. */
    public static final String INGESTION_TIME = "ingestion_time";

    /** In filters and sort orders the key of a row, whatever its field is called; no field has this name. */
    public static final String KEY = "$key";

    /** In filters and sort orders the id of the collection of a row; no field has this name. */
    public static final String COLLECTION = "$collection";

    /** The fixed field of the geometry in the spatio-temporal kind, number 4. */
    public static final String GEOMETRY = "geometry";

    /** The number of the geometry in the spatio-temporal kind. */
    public static final int GEOMETRY_NUMBER = 4;

    /** Names that no custom field can have; {@code geometry} only in the spatio-temporal kind. */
    public static final Set<String> FIXED_FIELD_NAMES = Set.of(TIME, ID, INGESTION_TIME, GEOMETRY);

    private static final Set<TypeKind> KEY_KINDS =
            EnumSet.of(TypeKind.STRING, TypeKind.INT64, TypeKind.UINT64, TypeKind.UUID);
    private static final Set<TypeKind> VERSION_KINDS =
            EnumSet.of(TypeKind.TIMESTAMP, TypeKind.INT32, TypeKind.INT64, TypeKind.UINT64);

    private final DatasetKind kind;
    private final List<Field> fields;
    private final Map<String, Field> byName;
    private final @Nullable String key;
    private final @Nullable String version;
    private final @Nullable TimeExtent extent;
    private final Set<GeometryKind> geometryKinds;
    private final boolean geometryRequired;
    private final int nextFieldNumber;

    /** Whether it, or the one that it was made from, has been given its numbers; no part of what it is. */
    private final boolean read;

    private DatasetSchema(Builder builder) {
        this.kind = builder.kind;
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(builder.fields));
        this.fields = List.copyOf(byName.values());
        this.key = builder.key;
        this.version = builder.version;
        this.extent = builder.extent;
        this.geometryKinds = Collections.unmodifiableSet(EnumSet.copyOf(builder.geometryKinds));
        this.geometryRequired = builder.geometryRequired && kind == DatasetKind.SPATIOTEMPORAL;
        int next = Math.max(kind.firstCustomFieldNumber(), builder.nextFieldNumber);
        for (Field field : fields) {
            next = Math.max(next, field.number() + 1);
        }
        this.nextFieldNumber = next;
        this.read = builder.nextFieldNumber > 0 || next > kind.firstCustomFieldNumber();
        checkFields();
    }

    private void checkFields() {
        Set<Integer> numbers = new HashSet<>();
        for (Field field : fields) {
            int number = field.number();
            if (number != Field.UNNUMBERED && (number < kind.firstCustomFieldNumber() || !numbers.add(number))) {
                throw new InvalidRequestException(
                        "field " + Quoted.text(field.name()),
                        "number " + number + " (expected one of its own, at least " + kind.firstCustomFieldNumber()
                                + ")");
            }
            if (kind == DatasetKind.SPATIOTEMPORAL && field.name().equals(GEOMETRY)) {
                throw new InvalidRequestException("field \"geometry\"", "name is reserved for a fixed field");
            }
        }
        checkRole("key", key, KEY_KINDS);
        checkRole("version", version, VERSION_KINDS);
        if (extent != null) {
            checkRole("extent", extent.startField(), EnumSet.of(TypeKind.TIMESTAMP));
            checkRole("extent", extent.endField(), EnumSet.of(TypeKind.TIMESTAMP));
        }
        if (version != null && key == null) {
            throw new InvalidRequestException("schema: version", "declared without a key");
        }
    }

    private void checkRole(String role, @Nullable String name, Set<TypeKind> kinds) {
        if (name == null) {
            return;
        }
        Field field = byName.get(name);
        if (field == null) {
            throw new InvalidRequestException("schema: " + role, "no field " + Quoted.text(name));
        }
        if (field.isArray() || !kinds.contains(field.kind())) {
            throw new InvalidRequestException(
                    "schema: " + role,
                    "field " + Quoted.text(name) + " is " + field.typeText() + " (expected a scalar "
                            + String.join(
                                    ", ", kinds.stream().map(TypeKind::text).toList()) + ")");
        }
    }

    /** Begins a schema of datapoints without a place. */
    public static Builder temporal() {
        return new Builder(DatasetKind.TEMPORAL);
    }

    /** Begins a schema of datapoints that need a geometry: Point, MultiPoint, Polygon or MultiPolygon. */
    public static Builder spatioTemporal() {
        return new Builder(DatasetKind.SPATIOTEMPORAL);
    }

    /** Returns whether datapoints have a place. */
    public DatasetKind kind() {
        return kind;
    }

    /** Tells whether datapoints can have a geometry. */
    public boolean isSpatial() {
        return kind == DatasetKind.SPATIOTEMPORAL;
    }

    /** Returns the custom fields in the order in which they were added. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the custom field with this name. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the key field; required in every row and unique among the live rows of a collection. */
    public Optional<Field> key() {
        return key == null ? Optional.empty() : Optional.ofNullable(byName.get(key));
    }

    /** Returns the field that tells which of two datapoints of a key is newer. */
    public Optional<Field> version() {
        return version == null ? Optional.empty() : Optional.ofNullable(byName.get(version));
    }

    /** Returns the fields of the temporal extent. */
    public Optional<TimeExtent> extent() {
        return Optional.ofNullable(extent);
    }

    /** Returns the geometry types that rows may have; meaningful in the spatio-temporal kind only. */
    public Set<GeometryKind> geometryKinds() {
        return geometryKinds;
    }

    /** Tells whether every row needs a geometry. */
    public boolean isGeometryRequired() {
        return geometryRequired;
    }

    /** Returns the number that the next added field gets; numbers of removed fields stay unused. */
    public int nextFieldNumber() {
        return nextFieldNumber;
    }

    /** Tells whether it was made from the schema that a dataset had; {@link #nextFieldNumber} is the one it had then. */
    boolean isRead() {
        return read;
    }

    /** Returns this schema with a number for every field that has none, in the order of the fields. */
    public DatasetSchema numbered() {
        Builder builder = toBuilder().nextFieldNumber(nextFieldNumber);
        int next = nextFieldNumber;
        for (Field field : fields) {
            if (field.number() == Field.UNNUMBERED) {
                builder.fields.put(field.name(), field.numbered(next++));
            }
        }
        return builder.build();
    }

    /** Begins a schema that is equal to this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind);
        builder.fields.putAll(byName);
        builder.key = key;
        builder.version = version;
        builder.extent = extent;
        builder.geometryKinds = EnumSet.copyOf(geometryKinds);
        builder.geometryRequired = geometryRequired;
        builder.nextFieldNumber = read ? nextFieldNumber : 0;
        return builder;
    }

    /** Tells whether both are equal in everything, field numbers and notes included. */
    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof DatasetSchema)) {
            return false;
        }
        DatasetSchema other = (DatasetSchema) object;
        return kind == other.kind
                && fields.equals(other.fields)
                && Objects.equals(key, other.key)
                && Objects.equals(version, other.version)
                && Objects.equals(extent, other.extent)
                && geometryKinds.equals(other.geometryKinds)
                && geometryRequired == other.geometryRequired
                && nextFieldNumber == other.nextFieldNumber;
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + fields + (key == null ? "" : " key " + key);
    }

    /** Collects the parts of a schema. */
    public static final class Builder {
        private final DatasetKind kind;
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private @Nullable String key;
        private @Nullable String version;
        private @Nullable TimeExtent extent;
        private Set<GeometryKind> geometryKinds = EnumSet.of(
                GeometryKind.POINT, GeometryKind.MULTI_POINT, GeometryKind.POLYGON, GeometryKind.MULTI_POLYGON);
        private boolean geometryRequired = true;
        private int nextFieldNumber; // 0 where the schema is made without reading that of a dataset

        private Builder(DatasetKind kind) {
            this.kind = kind;
        }

        /**
         * Adds a field.
         *
         * @throws InvalidRequestException if a field of that name was added already
         */
        public Builder field(Field field) {
            if (fields.putIfAbsent(field.name(), field) != null) {
                throw new InvalidRequestException("field " + Quoted.text(field.name()), "given twice");
            }
            return this;
        }

        /** Adds fields, in order. */
        public Builder fields(Iterable<Field> added) {
            added.forEach(this::field);
            return this;
        }

        /** Puts a field in the place of the one of the same name, or adds it. */
        public Builder replaceField(Field field) {
            fields.put(field.name(), field);
            return this;
        }

        /** Removes a field; its number is never used again. */
        public Builder removeField(String name) {
            fields.remove(name);
            return this;
        }

        /** Declares the key: a scalar string, int64, uint64 or uuid field. */
        public Builder key(String fieldName) {
            this.key = fieldName;
            return this;
        }

        /** Declares the version: a scalar timestamp or integer field of a keyed dataset. */
        public Builder version(String fieldName) {
            this.version = fieldName;
            return this;
        }

        /** Declares the temporal extent: two scalar timestamp fields. */
        public Builder extent(String startField, String endField) {
            this.extent = new TimeExtent(startField, endField);
            return this;
        }

        /** Declares which geometry types rows may have. */
        public Builder geometryKinds(Set<GeometryKind> kinds) {
            if (kinds.isEmpty()) {
                throw new InvalidRequestException("schema: geometry types", "none given (expected at least 1)");
            }
            this.geometryKinds = EnumSet.copyOf(kinds);
            return this;
        }

        /** Lets rows have no geometry. */
        public Builder geometryOptional() {
            this.geometryRequired = false;
            return this;
        }

        /** Keeps numbers below {@code number} from being given to new fields. */
        public Builder nextFieldNumber(int number) {
            this.nextFieldNumber = number;
            return this;
        }

        /**
         * Returns the schema.
         *
         * @throws InvalidRequestException if key, version or extent name a field that is absent or of another type
         */
        public DatasetSchema build() {
            return new DatasetSchema(this);
        }
    }
}
