package org.almagest.storage.page;

import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Varint;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.ValueCodec;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.encoding.Slices;

/** Takes row bodies apart into the values of their fields. One thread. */
final class BodyParts {
    private static final int NO_COLUMN = -1;
    private static final int FLAGS_BYTES = 2;
    private static final int FLAGS_NUMBER = 0;

    private static final int LENGTH_FIRST = -1;
    private static final int ARRAY = -2;

    private final Field[] fields;
    private final int[] columnByNumber;
    // By column: the bytes of a value, or one of the constants.
    private final int[] widths;
    private final int geometryColumn;
    // By column: where the content of each row's value begins and ends.
    private final int[][] starts;
    private final int[][] ends;
    private final int[] setCount;

    /** Takes apart the bodies of a schema. */
    BodyParts(DatasetSchema schema) {
        List<Field> ordered = RowReader.fieldsInOrder(schema);
        fields = ordered.toArray(new Field[0]);
        columnByNumber =
                new int[1 + ordered.stream().mapToInt(Field::number).max().orElse(0)];
        Arrays.fill(columnByNumber, NO_COLUMN);
        for (int column = 0; column < fields.length; column++) {
            columnByNumber[fields[column].number()] = column;
        }
        widths = ordered.stream().mapToInt(BodyParts::width).toArray();
        geometryColumn = DatasetSchema.GEOMETRY_NUMBER < columnByNumber.length
                ? columnByNumber[DatasetSchema.GEOMETRY_NUMBER]
                : NO_COLUMN;
        starts = new int[fields.length][PageFormat.ROWS_MAX];
        ends = new int[fields.length][PageFormat.ROWS_MAX];
        setCount = new int[fields.length];
        clear();
    }

    private static int width(Field field) {
        return field.isArray() ? ARRAY : Math.max(LENGTH_FIRST, ValueCodec.width(field.kind()));
    }

    int columnCount() {
        return fields.length;
    }

    Field field(int column) {
        return fields[column];
    }

    /** Returns in how many rows a column is set. */
    int setCount(int column) {
        return setCount[column];
    }

    /** Returns the column of a field; the schema has it. */
    int columnOf(int fieldNumber) {
        return columnByNumber[fieldNumber];
    }

    Slices slices(int column, byte[] bytes, int rows) {
        return new Slices(bytes, starts[column], ends[column], rows);
    }

    void clear() {
        for (int[] column : starts) {
            Arrays.fill(column, Slices.UNSET);
        }
        Arrays.fill(setCount, 0);
    }

    /**
     * Takes a body apart; a negative result says that it is not exactly fields of the schema in order, and is to be kept
     * whole. Otherwise the result is the flags of its geometry.
     */
    int add(byte[] bytes, int start, int end, int row) {
        int flags = 0;
        int at = start;
        if (end - start >= FLAGS_BYTES && bytes[start] == FLAGS_NUMBER) {
            flags = bytes[start + 1] & 0xFF;
            at += FLAGS_BYTES;
            if (flags == 0) {
                return -1;
            }
        }
        int previous = NO_COLUMN;
        try {
            while (at < end) {
                int column = columnAt(bytes, at, end);
                if (column <= previous) {
                    return undo(row, previous);
                }
                at += bytes[at] >= 0 ? 1 : Varint.length(fields[column].number());
                int next = endOf(column, bytes, at, end);
                starts[column][row] = widths[column] == LENGTH_FIRST ? at + Integer.BYTES : at;
                ends[column][row] = next;
                setCount[column]++;
                previous = column;
                at = next;
            }
        } catch (CorruptSectionException e) {
            return undo(row, previous);
        }
        return flags != 0 && (geometryColumn < 0 || starts[geometryColumn][row] < 0) ? undo(row, previous) : flags;
    }

    /** Returns where a value ends, as {@link ValueCodec#endOf} does. */
    private int endOf(int column, byte[] bytes, int at, int end) throws CorruptSectionException {
        int width = widths[column];
        if (width >= 0 && width <= end - at) {
            return at + width;
        }
        if (width == LENGTH_FIRST && end - at >= Integer.BYTES) {
            int length = ByteSink.get32(bytes, at);
            if (length >= 0 && length <= end - at - Integer.BYTES) {
                return at + Integer.BYTES + length;
            }
        }
        return ValueCodec.endOf(fields[column], bytes, at, end);
    }

    private int columnAt(byte[] bytes, int at, int end) {
        int number = bytes[at];
        if (number < 0) {
            number = 0;
            int next = at;
            for (int shift = 0; shift < Integer.SIZE - Byte.SIZE && next < end; shift += 7) {
                int part = bytes[next++];
                number |= (part & 0x7F) << shift;
                if (part >= 0) {
                    break;
                }
            }
            if (Varint.length(number) != next - at || bytes[next - 1] < 0) {
                return NO_COLUMN;
            }
        }
        return number < columnByNumber.length ? columnByNumber[number] : NO_COLUMN;
    }

    private int undo(int row, int last) {
        for (int column = 0; column <= last; column++) {
            if (starts[column][row] >= 0) {
                starts[column][row] = Slices.UNSET;
                setCount[column]--;
            }
        }
        return -1;
    }
}
