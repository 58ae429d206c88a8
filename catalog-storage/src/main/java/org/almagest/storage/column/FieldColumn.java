package org.almagest.storage.column;

import org.almagest.error.CorruptSectionException;
import org.jspecify.annotations.Nullable;

/** Collects the values of one field, row by row. One thread. */
interface FieldColumn {
    /** Adds the value that stands in {@code bytes[start, end)} of a row's body. */
    void add(byte[] bytes, int start, int end) throws CorruptSectionException;

    /** Adds a row without a value. */
    void addUnset();

    /** Adds some rows: what stands in {@code bytes[starts[i], ends[i])}, without a length before it; negative: unset. */
    default void addAll(byte[] bytes, int[] starts, int[] ends, int rows) throws CorruptSectionException {
        for (int row = 0; row < rows; row++) {
            if (starts[row] < 0) {
                addUnset();
            } else {
                addContent(bytes, starts[row], ends[row]);
            }
        }
    }

    /** Adds a value as {@link #add} does, which stands there without a length before it. */
    default void addContent(byte[] bytes, int start, int end) throws CorruptSectionException {
        add(bytes, start, end);
    }

    /** Returns how many bytes the column would have if it were built now, or more. */
    long bytesSoFar();

    /** Returns the column; null where its values are not worth one. Nothing can be added any more. */
    @Nullable
    BuiltColumn build();
}
