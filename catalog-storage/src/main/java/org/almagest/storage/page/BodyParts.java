package org.almagest.storage.page;

import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Varint;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.ValueCodec;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.encoding.Slices;

/** Takes row bodies apart into the values of their fields. One thread. */
final class BodyParts {
    private static final int NO_COLUMN = -1;
    private static final int FLAGS_BYTES = 2;
    private static final int FLAGS_NUMBER = 0;

    private final Field[] fields;
    private final int[] columnByNumber;
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
        starts = new int[fields.length][PageFormat.ROWS_MAX];
        ends = new int[fields.length][PageFormat.ROWS_MAX];
        setCount = new int[fields.length];
        clear();
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
                at += Varint.length(fields[column].number());
                int next = ValueCodec.endOf(fields[column], bytes, at, end);
                boolean prefixed = !fields[column].isArray() && ValueCodec.width(fields[column].kind()) < 0;
                starts[column][row] = prefixed ? at + Integer.BYTES : at;
                ends[column][row] = next;
                setCount[column]++;
                previous = column;
                at = next;
            }
        } catch (CorruptSectionException e) {
            return undo(row, previous);
        }
        return flags;
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
