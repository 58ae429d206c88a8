package org.almagest.io.schema;

import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** Brings the fields that a file needs into the schema of a dataset that others change too. */
public final class SchemaGrowth {
    private SchemaGrowth() {}

    /** Returns a schema with what {@code needed} has added to {@code before} or changed of it; what else there is stays. */
    public static DatasetSchema grown(DatasetSchema now, DatasetSchema before, DatasetSchema needed) {
        DatasetSchema.Builder grown = now.toBuilder();
        for (Field field : needed.fields()) {
            Field present = now.field(field.name()).orElse(null);
            boolean changed = !field.equals(before.field(field.name()).orElse(null));
            if (present == null) {
                grown.field(field.numbered(Field.UNNUMBERED));
            } else if (changed && field.type().equals(present.type()) && field.isArray() == present.isArray()) {
                grown.replaceField(field.numbered(present.number()));
            }
        }
        return grown.build();
    }
}
