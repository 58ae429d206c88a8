package org.almagest;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Names;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;

/** What a new dataset shall be: its slug, schema and description. Immutable. */
public final class DatasetSpec {
    private final String slug;
    private final DatasetSchema schema;
    private final String description;
    private final @Nullable UUID id;

    private DatasetSpec(String slug, DatasetSchema schema, String description, @Nullable UUID id) {
        Names.checkSlug(slug);
        this.slug = slug;
        this.schema = schema;
        this.description = description;
        this.id = id;
    }

    /** Begins a dataset whose datapoints have a time. */
    public static Builder temporal(String slug) {
        return new Builder(slug, DatasetSchema.temporal());
    }

    /** Begins a dataset whose datapoints have a time and a geometry. */
    public static Builder spatioTemporal(String slug) {
        return new Builder(slug, DatasetSchema.spatioTemporal());
    }

    /**
     * Returns a dataset with this schema.
     *
     * @throws InvalidRequestException if the slug is not parts of {@code [a-z][a-z0-9_]*} joined by dots
     */
    public static DatasetSpec of(String slug, DatasetSchema schema) {
        return new DatasetSpec(slug, schema, "", null);
    }

    /** Returns the slug. */
    public String slug() {
        return slug;
    }

    /** Returns the schema. */
    public DatasetSchema schema() {
        return schema;
    }

    /** Returns the description; may be empty. */
    public String description() {
        return description;
    }

    /** Returns the id that the caller supplies in the place of the one made from slug and namespace. */
    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }

    /** Returns this specification with a description. */
    public DatasetSpec describedAs(String text) {
        return new DatasetSpec(slug, schema, text, id);
    }

    /** Returns this specification with an id of the caller's. */
    public DatasetSpec withId(UUID supplied) {
        return new DatasetSpec(slug, schema, description, supplied);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof DatasetSpec
                && slug.equals(((DatasetSpec) object).slug)
                && schema.equals(((DatasetSpec) object).schema)
                && description.equals(((DatasetSpec) object).description)
                && Objects.equals(id, ((DatasetSpec) object).id);
    }

    @Override
    public int hashCode() {
        return slug.hashCode();
    }

    @Override
    public String toString() {
        return slug + " " + schema;
    }

    /** Collects the parts of a dataset. */
    public static final class Builder {
        private final String slug;
        private final DatasetSchema.Builder schema;
        private String description = "";

        private Builder(String slug, DatasetSchema.Builder schema) {
            this.slug = slug;
            this.schema = schema;
        }

        /** Adds a field. */
        public Builder field(Field field) {
            schema.field(field);
            return this;
        }

        /** Declares the key: a scalar string, int64, uint64 or uuid field. */
        public Builder key(String fieldName) {
            schema.key(fieldName);
            return this;
        }

        /** Declares the version: a scalar timestamp or integer field of a keyed dataset. */
        public Builder version(String fieldName) {
            schema.version(fieldName);
            return this;
        }

        /** Declares the temporal extent: two scalar timestamp fields. */
        public Builder extent(String startField, String endField) {
            schema.extent(startField, endField);
            return this;
        }

        /** Declares which geometry types rows may have. */
        public Builder geometryKinds(Set<GeometryKind> kinds) {
            schema.geometryKinds(kinds);
            return this;
        }

        /** Lets rows have no geometry. */
        public Builder geometryOptional() {
            schema.geometryOptional();
            return this;
        }

        /** Sets the description. */
        public Builder describedAs(String text) {
            this.description = text;
            return this;
        }

        /** Returns the specification. */
        public DatasetSpec build() {
            return new DatasetSpec(slug, schema.build(), description, null);
        }
    }
}
