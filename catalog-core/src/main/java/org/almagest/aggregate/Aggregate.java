package org.almagest.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link Aggregation}, exact. Immutable.
 *
 * <p>Values of fields are in one form for each value, whatever type they were stored with: integers are {@code Long},
 * or {@link org.almagest.model.Uint64} above all of these; floats are {@code Double} and -0.0 is 0.0; where equal
 * integers and floats meet, it is the integer. Enum values are their names, an id is a
 * {@link org.almagest.model.DatapointId}, all else is as {@link org.almagest.model.Datapoint#values()} has it.
 */
public sealed interface Aggregate permits Aggregate.Total, Aggregate.Extremes, Aggregate.Buckets {
    /**
     * How many datapoints match.
     *
     * @param count at least 0
     */
    record Total(long count) implements Aggregate {}

    /** The lowest and the highest value of a field; neither where no datapoint that matches has a value. */
    final class Extremes implements Aggregate {
        private static final Extremes NONE = new Extremes(null, null);

        private final @Nullable Object min;
        private final @Nullable Object max;

        private Extremes(@Nullable Object min, @Nullable Object max) {
            this.min = min;
            this.max = max;
        }

        /**
         * Returns two values, which may be the same.
         *
         * @param min the lowest
         * @param max the highest
         */
        public static Extremes of(Object min, Object max) {
            return new Extremes(Objects.requireNonNull(min, "min"), Objects.requireNonNull(max, "max"));
        }

        /** Returns the answer where there is no value. */
        public static Extremes none() {
            return NONE;
        }

        /** Returns the lowest value; empty where there is none. */
        public Optional<Object> min() {
            return Optional.ofNullable(min);
        }

        /** Returns the highest value; empty where there is none. */
        public Optional<Object> max() {
            return Optional.ofNullable(max);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Extremes extremes
                    && Objects.equals(min, extremes.min)
                    && Objects.equals(max, extremes.max);
        }

        @Override
        public int hashCode() {
            return Objects.hash(min, max);
        }

        /** Returns both values, or {@code none}. */
        @Override
        public String toString() {
            return min == null ? "none" : min + " to " + max;
        }
    }

    /**
     * Counts by time, place or value, in the order that the aggregation states.
     *
     * @param buckets the buckets; none where nothing matches
     */
    record Buckets(List<Bucket> buckets) implements Aggregate {
        /** Copies the buckets. */
        public Buckets {
            buckets = List.copyOf(buckets);
        }
    }
}
