package org.almagest.internal.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almagest.model.FieldNames;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** Which fields of a schema a query returns, worked out once for all of its rows. Immutable. */
public final class RowSelection {
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final List<Field> fields;
    private final FieldNames names;
    private final boolean withGeometry;

    private RowSelection(List<Field> fields, boolean withGeometry) {
        this.fields = List.copyOf(fields);
        List<String> names = new ArrayList<>(fields.size());
        for (Field field : fields) {
            names.add(field.name());
        }
        this.names = FieldNames.of(names);
        this.withGeometry = withGeometry;
    }

    /**
     * Selects fields by name; other names are passed over.
     *
     * @param selection names of custom fields, and {@code geometry}; null for all
     */
    public static RowSelection of(DatasetSchema schema, @Nullable Set<String> selection) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (selection == null || selection.contains(field.name())) {
                fields.add(field);
            }
        }
        boolean withGeometry = schema.isSpatial() && (selection == null || selection.contains(DatasetSchema.GEOMETRY));
        return new RowSelection(fields, withGeometry);
    }

    /** Returns the selected custom fields, in the order of the schema; unmodifiable. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the names of {@link #fields}. */
    public FieldNames names() {
        return names;
    }

    /** Tells whether the place of the datapoint is selected. */
    public boolean withGeometry() {
        return withGeometry;
    }

    /** Returns the instant of some microseconds since 1970. */
    public static Instant instantOfMicros(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * (long) NANOS_PER_MICRO);
    }
}
