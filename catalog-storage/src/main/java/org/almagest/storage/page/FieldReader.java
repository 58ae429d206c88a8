package org.almagest.storage.page;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.ColumnArrays;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.PageBytes;

/** Reads the values that a column of a page has for the rows in which its field is set. One thread. */
abstract class FieldReader {
    /** Opens what stands after the encoding at an index of the buffer and returns the index after it. */
    abstract int open(PageBytes page, int at) throws CorruptSectionException;

    /** Returns the value of a row that has one. */
    abstract Object value(int row) throws CorruptSectionException;

    /** Puts the values of rows that have one into a column of a batch. */
    void fill(RowPlaces rows, ColumnArrays into) throws CorruptSectionException {
        for (int i = 0; i < rows.count(); i++) {
            into.set(rows.place(i), value(rows.row(i)));
        }
    }

    /** Appends the value of a row that has one as it stands in a row body. */
    abstract void put(int row, ByteSink body) throws CorruptSectionException;
}
