package org.almagest.bench.data;

import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param kind its class
 * @param number which of its class, from 0
 * @param time when; all time where the class does not restrict it
 * @param area where; null where the class does not restrict it
 * @param row the row to find; null unless the class finds one
 */
public record Question(
        QuestionKind kind,
        int number,
        TimeSpan time,
        @Nullable Area area,
        @Nullable Granule row) {
    /** Returns where the question asks. */
    public Area place() {
        if (area == null) {
            throw new IllegalStateException(kind + " asks everywhere");
        }
        return area;
    }

    /** Returns the row to find. */
    public Granule wanted() {
        if (row == null) {
            throw new IllegalStateException(kind + " finds no single row");
        }
        return row;
    }
}
