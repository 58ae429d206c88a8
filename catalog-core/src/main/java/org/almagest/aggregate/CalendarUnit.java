package org.almagest.aggregate;

import java.util.Locale;

/** How long the buckets of a histogram are, by the clock and calendar of a time zone. */
public enum CalendarUnit {
    /** A second. */
    SECOND,
    /** A minute. */
    MINUTE,
    /** An hour by the clock; the hour that a change of clocks repeats counts as two. */
    HOUR,
    /** A day, from its first instant in the zone; 23 or 25 hours where the clocks change. */
    DAY,
    /** An ISO 8601 week, from Monday. */
    WEEK,
    /** A calendar month. */
    MONTH,
    /** Three calendar months, the first of a year from January. */
    QUARTER,
    /** A calendar year. */
    YEAR;

    /** Returns the name in lower case, such as {@code day}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
