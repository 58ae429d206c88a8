package org.almagest.storage.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.Quoted;
import org.almagest.internal.row.RowReader;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** Checks that the rows of a collection can have a key that is declared after they were stored. */
final class KeyDeclaration {
    private KeyDeclaration() {}

    /**
     * Checks that every row has a key of its own; reads all rows.
     *
     * @throws ConflictException naming the first row without a key, or the first two with the same
     */
    static void check(DatasetSchema schema, String collection, List<Run> runs) {
        String key = schema.key().orElseThrow().name();
        String subject = "schema: key " + Quoted.text(key) + ": ";
        String place = " [collection " + Quoted.text(collection) + "]";
        Map<Object, DatapointId> seen = new HashMap<>();
        RowReader reader = new RowReader(schema);
        for (Run run : runs) {
            RowCursor cursor = run.cursor();
            for (int row = 0; row < run.rowCount(); row++) {
                DatapointId id = new DatapointId(run.idHigh(row), run.idLow(row));
                Object value = value(reader, cursor, row, key);
                if (value == null) {
                    throw new ConflictException(subject + "unset in datapoint " + id + " (expected a value)" + place);
                }
                DatapointId other = seen.putIfAbsent(value, id);
                if (other != null) {
                    DatapointId first = other.compareTo(id) < 0 ? other : id;
                    throw new ConflictException(subject + KeyText.of(value) + " is live under ids " + first + " and "
                            + (first == id ? other : id) + " (expected one datapoint per key)" + place);
                }
            }
        }
    }

    private static @Nullable Object value(RowReader reader, RowCursor cursor, int row, String key) {
        cursor.seek(row);
        try {
            reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
            return reader.value(key);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }
}
