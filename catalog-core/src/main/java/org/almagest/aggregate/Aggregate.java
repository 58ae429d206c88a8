package org.almagest.aggregate;

import java.util.List;
import java.util.Optional;

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

    /**
     * The lowest and the highest value of a field.
     *
     * @param min the lowest; empty where no datapoint that matches has a value
     * @param max the highest; empty where the lowest is
     */
    record Extremes(Optional<Object> min, Optional<Object> max) implements Aggregate {}

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
