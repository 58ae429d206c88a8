package org.almagest.storage.page;

/**
 * Where a page lies, with the long values after it.
 *
 * @param start where in the buffer
 * @param bytes how long it is
 * @param firstRow the ordinal of its first row
 * @param rows how many rows it has
 */
public record PageSpan(int start, int bytes, int firstRow, int rows) {
    /** Returns the last bytes of this span, for the same rows. */
    PageSpan last(int lastBytes) {
        return new PageSpan(start + bytes - lastBytes, lastBytes, firstRow, rows);
    }
}
