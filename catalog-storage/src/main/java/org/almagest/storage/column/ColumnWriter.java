package org.almagest.storage.column;

import org.almagest.error.CorruptSectionException;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one queryable field of a segment's rows, in row order, and lays them out as {@link
 * ColumnReader} reads them. Keeps them packed; what is listed has at most 65,536 entries and 4 MiB. One thread.
 */
public final class ColumnWriter {
    private final Field field;
    private final FieldColumn values;

    /** Creates a writer for a field that {@link #takes}. */
    public ColumnWriter(Field field) {
        this.field = field;
        this.values = switch (field.kind()) {
            case BOOL, INT32, INT64, UINT64, FLOAT32, FLOAT64 -> new NumberColumn(field.kind());
            case TIMESTAMP, DURATION -> new TimeColumn(field.kind());
            case STRING, BYTES, UUID, ENUM -> new StringColumn(field.kind(), new EnumNames(field));
            case GEOMETRY, JSON -> throw new IllegalArgumentException("column: field " + field);
        };
    }

    /** Tells whether the values of a field compare, so that they can have a column. */
    public static boolean takes(Field field) {
        return !field.isArray() && field.kind() != TypeKind.GEOMETRY && field.kind() != TypeKind.JSON;
    }

    /** Returns the number of the field. */
    public int fieldNumber() {
        return field.number();
    }

    /**
     * Adds the value of the next row, which stands in {@code bytes[start, end)} of its body.
     *
     * @throws CorruptSectionException if it is no value of the field
     */
    public void add(byte[] bytes, int start, int end) throws CorruptSectionException {
        values.add(bytes, start, end);
    }

    /**
     * Adds the values of the next rows.
     *
     * @param starts where each content stands in {@code bytes}, behind its length where it has one; negative: no value
     * @param ends where each ends
     */
    public void addAll(byte[] bytes, int[] starts, int[] ends, int rows) throws CorruptSectionException {
        values.addAll(bytes, starts, ends, rows);
    }

    /** Adds a row without a value. */
    public void addUnset() {
        values.addUnset();
    }

    /** Returns how many bytes {@link #build} would give now, or more. */
    public long bytesSoFar() {
        return values.bytesSoFar();
    }

    /** Returns the column; null where the values are too many and too long to be listed. Nothing can be added then. */
    public @Nullable BuiltColumn build() {
        return values.build();
    }
}
