package org.almagest.storage.engine;

import org.almagest.error.CorruptSectionException;
import org.almagest.error.Quoted;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Writes the key of a row for a message. */
final class KeyText {
    private KeyText() {}

    static String of(DatasetSchema schema, byte[] body) {
        RowReader reader = new RowReader(schema);
        try {
            reader.reset(body, 0, body.length);
            Object value = schema.key().isEmpty()
                    ? null
                    : reader.value(schema.key().get().name());
            return value instanceof String ? Quoted.text((String) value) : String.valueOf(value);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    static String of(@Nullable Object key) {
        return key instanceof String ? Quoted.text((String) key) : String.valueOf(key);
    }
}
