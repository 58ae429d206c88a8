package org.almagest.io.stac;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.io.PropertyFields;
import org.almagest.io.SourceOptions;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Turns STAC items into rows, one after the other; {@code docs/format/stac-mapping.md} is its specification. One thread.
 *
 * <p>Properties without a field become new fields of {@link #schema}, which the dataset must be given before the rows
 * are stored, or are kept beside the fields.
 */
public final class StacRows {
    private final DatasetSchema before;
    private final StacMapping mapping;

    private StacRows(DatasetSchema schema, StacMapping mapping) {
        this.before = schema;
        this.mapping = mapping;
    }

    /**
     * Makes rows whose new properties become fields.
     *
     * @throws org.almagest.error.InvalidRequestException if the schema has no geometry
     */
    public static StacRows growing(DatasetSchema schema, Limits limits) {
        return new StacRows(
                schema,
                new StacMapping(schema, SourceOptions.builder().limits(limits).build()));
    }

    /**
     * Makes rows as a file of items does that is read with these options.
     *
     * @param schema what the rows are to fit, or null to begin with the schema of a new dataset of items
     */
    public static StacRows of(@Nullable DatasetSchema schema, SourceOptions options) {
        DatasetSchema begun = schema == null ? StacTypes.begin() : schema;
        return new StacRows(begun, new StacMapping(begun, options));
    }

    /** Makes rows whose new properties are kept in {@code other_properties}; else as {@link #growing}. */
    public static StacRows keepingAside(DatasetSchema schema, Limits limits) {
        SourceOptions options = SourceOptions.builder().limits(limits).build();
        return new StacRows(schema, new StacMapping(schema, options, new Aside()));
    }

    /** Tells whether items can be stored in datasets with this schema: their key is the id of the item. */
    public static boolean takes(DatasetSchema schema) {
        return schema.isSpatial()
                && !schema.isGeometryRequired()
                && schema.key()
                        .filter(key -> key.name().equals(StacTypes.ITEM_ID))
                        .isPresent()
                && schema.field(PropertyFields.OTHER).isPresent();
    }

    /**
     * Returns the row of an item.
     *
     * @param line where it stands, for notices
     * @throws org.almagest.error.InvalidRequestException if it is no valid item
     * @throws org.almagest.error.LimitExceededException if a value is too large
     */
    public Datapoint row(JsonObject item, long line) {
        return mapping.map(item, line);
    }

    /** Returns the row of an item the geometry of which came beside it, in another form; else as the other one. */
    public Datapoint row(JsonObject item, @Nullable Geometry geometry, long line) {
        return mapping.map(item, geometry, line);
    }

    /** Returns how wide edges of the last item are meant. */
    public AntimeridianRule antimeridian() {
        return mapping.antimeridian();
    }

    /** Returns the schema that all rows so far fit. */
    public DatasetSchema schema() {
        return mapping.schema();
    }

    /** Returns the fields of {@link #schema} that the schema at the beginning lacks. */
    public List<Field> added() {
        List<Field> added = new ArrayList<>();
        for (Field field : schema().fields()) {
            if (before.field(field.name()).isEmpty()) {
                added.add(field);
            }
        }
        return added;
    }

    /** Returns what a person should know about the rows so far, one sentence each. */
    public List<String> notices() {
        return mapping.notices();
    }

    /** Returns how wide edges are meant by an item with this box: west, south, east, north. */
    public static AntimeridianRule rule(double[] box, Geometry geometry) {
        List<JsonValue> bounds = new ArrayList<>();
        for (double bound : box) {
            bounds.add(new JsonNumber(ShortestDecimal.of(bound)));
        }
        return StacBoxes.rule(new JsonArray(bounds), geometry);
    }

    /** Returns where the values of a field stand in an item, as a JSON pointer. */
    public static String pointer(Field field) {
        return StacTypes.pointer(field);
    }

    /** Makes a field of nothing that is not one already. */
    private static final class Aside implements PropertyFields.Naming {
        @Override
        public Optional<Field> known(String pointer) {
            return Optional.empty();
        }

        @Override
        public Optional<String> fieldName(String member) {
            return Optional.empty();
        }

        @Override
        public Optional<String> reservedFor(String fieldName) {
            return StacMapping.NAMING.reservedFor(fieldName);
        }

        @Override
        public String pointer(Field field) {
            return StacMapping.NAMING.pointer(field);
        }
    }
}
