package org.almagest.model;

import java.time.Duration;
import org.almagest.error.InvalidRequestException;

/**
 * How long the datapoints of a collection are kept.
 *
 * @param age datapoints older than this are deleted; at least a millisecond
 * @param basis the time whose age counts
 */
public record Retention(Duration age, Basis basis) {
    private static final Duration AGE_MAX = Duration.ofDays(3_660_000);

    /** Checks the age. */
    public Retention {
        if (age.compareTo(Duration.ofMillis(1)) < 0 || age.compareTo(AGE_MAX) > 0) {
            throw new InvalidRequestException(
                    "retention: age", age + " (expected PT0.001S to " + AGE_MAX.toDays() + " days)");
        }
    }

    /** Which time of a datapoint tells its age. */
    public enum Basis {
        /** The datapoint's own time. */
        TIME,
        /** The time of the commit that stored it. */
        INGESTION_TIME
    }

    /** Returns the retention that deletes datapoints whose time is longer ago than {@code age}. */
    public static Retention ofTime(Duration age) {
        return new Retention(age, Basis.TIME);
    }

    /** Returns the retention that deletes datapoints that were stored longer ago than {@code age}. */
    public static Retention ofIngestionTime(Duration age) {
        return new Retention(age, Basis.INGESTION_TIME);
    }
}
