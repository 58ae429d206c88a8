package org.almagest.aggregate;

import java.time.ZoneId;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Geohash;
import org.almagest.schema.DatasetSchema;

/**
 * What is asked of all datapoints that match a query together. Immutable.
 *
 * <p>Values have the order of sorting ({@link org.almagest.query.SortKey}): numbers of all types together by exact
 * value, NaN above all others; text and names of enum values by code point. Where datasets have values of a field that
 * do not compare, all numbers come before all text, then bool, timestamps, durations, UUIDs, bytes.
 */
public sealed interface Aggregation
        permits Aggregation.Count,
                Aggregation.Range,
                Aggregation.Histogram,
                Aggregation.GeohashGrid,
                Aggregation.Distinct {
    /** Calls the method of {@code visitor} for this kind of aggregation. */
    <R> R accept(Visitor<R> visitor);

    /** Asks how many datapoints there are: {@link Aggregate.Total}. */
    static Aggregation count() {
        return new Count();
    }

    /**
     * Asks for the lowest and the highest value of a field: {@link Aggregate.Extremes}.
     *
     * @param field a custom field, {@code time}, {@code ingestion_time} or {@code id}; no array, geometry or json
     */
    static Aggregation range(String field) {
        return new Range(field);
    }

    /**
     * Asks how many datapoints there are in each unit of {@code time}: {@link Aggregate.Buckets}, ascending.
     *
     * <p>A bucket reaches from its start to the next start. Seconds, minutes and hours start where the clock of the
     * zone shows whole ones, and where it is changed; days where their date begins, the first time if it begins twice.
     * Empty buckets between others are there too, with count 0.
     */
    static Aggregation histogram(CalendarUnit unit, ZoneId zone) {
        return new Histogram(unit, zone);
    }

    /**
     * Asks how many datapoints have their centroid in each geohash cell: {@link Aggregate.Buckets}, ascending.
     *
     * <p>Cells without one are left out, and so are datapoints without a geometry.
     *
     * @param precision characters of a cell, 1 to 12
     */
    static Aggregation geohashGrid(int precision) {
        return geohashGrid(precision, GridRule.CENTROID);
    }

    /** Asks how many datapoints each geohash cell has by a rule; else as {@link #geohashGrid(int)}. */
    static Aggregation geohashGrid(int precision, GridRule rule) {
        return new GeohashGrid(precision, rule);
    }

    /**
     * Asks how many datapoints have each value of a field: {@link Aggregate.Buckets}, the most frequent first.
     *
     * <p>Values as frequent come in their order. Equal numbers of different types are one value, and so is NaN;
     * datapoints where the field is unset are left out.
     *
     * @param field as in {@link #range}
     */
    static Aggregation distinct(String field) {
        return new Distinct(field);
    }

    /**
     * Asks how many datapoints each collection has: {@link Aggregate.Buckets}, the most frequent first.
     *
     * <p>The value of a bucket is the collection's id, a {@link java.util.UUID}; collections without a datapoint are left
     * out. Cost: by time alone, that of a count.
     */
    static Aggregation byCollection() {
        return new Distinct(DatasetSchema.COLLECTION);
    }

    /** See {@link #count()}. */
    record Count() implements Aggregation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.count(this);
        }

        @Override
        public String toString() {
            return "count";
        }
    }

    /**
     * See {@link #range}.
     *
     * @param field the name of the field
     */
    record Range(String field) implements Aggregation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.range(this);
        }

        @Override
        public String toString() {
            return "range of " + Quoted.text(field);
        }
    }

    /**
     * See {@link #histogram}.
     *
     * @param unit how long the buckets are
     * @param zone whose clock and calendar count
     */
    record Histogram(CalendarUnit unit, ZoneId zone) implements Aggregation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.histogram(this);
        }

        @Override
        public String toString() {
            return "histogram by " + unit.text() + " in " + zone;
        }
    }

    /**
     * See {@link #geohashGrid(int)}.
     *
     * @param precision characters of a cell, 1 to 12
     * @param rule in which cells a datapoint is counted
     */
    record GeohashGrid(int precision, GridRule rule) implements Aggregation {
        /**
         * Checks the precision.
         *
         * @throws InvalidRequestException if it is out of range
         */
        public GeohashGrid {
            if (precision < 1 || precision > Geohash.PRECISION_MAX) {
                throw new InvalidRequestException(
                        "aggregate: geohash grid: precision",
                        precision + " (expected 1 to " + Geohash.PRECISION_MAX + ")");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.geohashGrid(this);
        }

        @Override
        public String toString() {
            return "geohash grid of precision " + precision
                    + (rule == GridRule.CENTROID ? " by centroid" : " by intersection");
        }
    }

    /**
     * See {@link #distinct}.
     *
     * @param field the name of the field
     */
    record Distinct(String field) implements Aggregation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.distinct(this);
        }

        @Override
        public String toString() {
            return "distinct values of " + Quoted.text(field);
        }
    }

    /**
     * One method for each kind of aggregation.
     *
     * @param <R> what the methods return
     */
    interface Visitor<R> {
        /** Visits a count. */
        R count(Count wanted);

        /** Visits a range. */
        R range(Range wanted);

        /** Visits a histogram. */
        R histogram(Histogram wanted);

        /** Visits a grid. */
        R geohashGrid(GeohashGrid wanted);

        /** Visits distinct values. */
        R distinct(Distinct wanted);
    }
}
