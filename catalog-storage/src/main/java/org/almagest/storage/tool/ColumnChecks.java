package org.almagest.storage.tool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.column.BuiltColumn;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.column.ColumnSet;
import org.almagest.storage.column.ColumnWriter;
import org.almagest.storage.segment.SegmentReader;

/** Builds the columns of one segment again from its rows, and compares their bytes. One thread. */
final class ColumnChecks {
    private final SegmentReader segment;
    private final ColumnSet columns;

    private ColumnChecks(SegmentReader segment, ColumnSet columns) {
        this.segment = segment;
        this.columns = columns;
    }

    /** Prepares to check the columns that the segment has, whether their fields are still queryable or not. */
    static ColumnChecks of(DatasetSchema schema, SegmentReader segment) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            ColumnReader column = segment.column(field.number());
            if (column != null && column.kind() == field.kind()) {
                fields.add(field);
            }
        }
        return new ColumnChecks(segment, ColumnSet.of(schema, fields));
    }

    void add(byte[] body, int offset, int length) throws CorruptSectionException {
        columns.add(body, offset, length);
    }

    /** Returns what does not hold, once every row was added. */
    List<String> findProblems() {
        List<String> problems = new ArrayList<>();
        for (ColumnWriter column : columns.columns()) {
            BuiltColumn built = column.build();
            ByteBuffer expected =
                    ByteBuffer.allocate(built == null ? 0 : built.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (built != null) {
                built.write(expected);
            }
            if (expected.flip().mismatch(segment.columnBody(column.fieldNumber())) >= 0) {
                problems.add("column of field " + column.fieldNumber() + " is not that of its rows");
            }
        }
        return problems;
    }
}
