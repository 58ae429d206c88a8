package org.almagest.internal.batch;

import java.util.Arrays;

/**
 * Rows by their ordinals, and the rows of a batch that they go to. For one thread; used again for others.
 *
 * <p>A window on some of them, one after the other, is what readers see: all of them at first.
 */
public final class RowPlaces {
    private static final int FIRST_ROWS = 16;

    private int[] rows = new int[FIRST_ROWS];
    private int[] places = new int[FIRST_ROWS];
    private int size;
    private int first;
    private int end;
    private int base;

    /** Creates it without rows. */
    public RowPlaces() {}

    /** Takes all rows out. */
    public void clear() {
        size = 0;
        window(0, 0, 0);
    }

    /** Adds a row, to the window as well. */
    public void add(int row, int place) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        rows[size] = row;
        places[size++] = place;
        end = size;
    }

    /** Returns how many rows there are in all. */
    public int size() {
        return size;
    }

    /** Returns the ordinal of one of all rows. */
    public int ordinal(int index) {
        return rows[index];
    }

    /**
     * Makes a part the window.
     *
     * @param from the index of the first row of the window among all rows
     * @param to the index after the last one
     * @param ordinalBase what {@link #row} counts from
     */
    public void window(int from, int to, int ordinalBase) {
        first = from;
        end = to;
        base = ordinalBase;
    }

    /** Returns how many rows the window has. */
    public int count() {
        return end - first;
    }

    /** Returns a row of the window, counted from the base. */
    public int row(int index) {
        return rows[first + index] - base;
    }

    /** Returns the row of the batch that a row of the window goes to. */
    public int place(int index) {
        return places[first + index];
    }
}
