package org.almagest.io.stac;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.internal.json.JsonObject;
import org.almagest.io.PropertyFields;
import org.almagest.io.SourceOptions;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

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
