package org.almagest.storage.column;

import java.util.Comparator;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** The columns of a segment while its rows arrive: one for every queryable field whose values compare. One thread. */
public final class ColumnSet {
    private final RowReader row;
    private final List<ColumnWriter> columns;

    private ColumnSet(RowReader row, List<ColumnWriter> columns) {
        this.row = row;
        this.columns = columns;
    }

    /** Returns empty columns for the rows of a schema whose fields are numbered. */
    public static ColumnSet of(DatasetSchema schema) {
        return of(schema, schema.fields().stream().filter(Field::isQueryable).toList());
    }

    /** Returns empty columns for some fields of a schema; of these, those whose values compare. */
    public static ColumnSet of(DatasetSchema schema, List<Field> fields) {
        List<ColumnWriter> columns = fields.stream()
                .filter(ColumnWriter::takes)
                .sorted(Comparator.comparingInt(Field::number))
                .map(ColumnWriter::new)
                .toList();
        return new ColumnSet(new RowReader(schema), columns);
    }

    /**
     * Adds the next row.
     *
     * @throws CorruptSectionException if the bytes are no row of the schema
     */
    public void add(byte[] body, int offset, int length) throws CorruptSectionException {
        if (columns.isEmpty()) {
            return;
        }
        row.reset(body, offset, length);
        for (int i = 0; i < columns.size(); i++) {
            ColumnWriter column = columns.get(i);
            int start = row.valueStart(column.fieldNumber());
            if (start < 0) {
                column.addUnset();
            } else {
                column.add(body, start, row.valueEnd(column.fieldNumber()));
            }
        }
    }

    /** Returns the columns, by ascending field number. */
    public List<ColumnWriter> columns() {
        return columns;
    }

    /** Returns how many bytes the columns would have if they were built now, or more. */
    public long bytesSoFar() {
        long bytes = 0;
        for (ColumnWriter column : columns) {
            bytes += column.bytesSoFar();
        }
        return bytes;
    }
}
