package org.almagest.storage.column;

import org.almagest.error.CorruptSectionException;
import org.jspecify.annotations.Nullable;

/** Collects the values of one field, row by row. One thread. */
interface FieldColumn {
    /** Adds the value that stands in {@code bytes[start, end)} of a row's body. */
    void add(byte[] bytes, int start, int end) throws CorruptSectionException;

    /** Adds a row without a value. */
    void addUnset();

    /** Returns how many bytes the column would have if it were built now, or more. */
    long bytesSoFar();

    /** Returns the column; null where its values are not worth one. Nothing can be added any more. */
    @Nullable
    BuiltColumn build();
}
