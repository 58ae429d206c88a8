package org.almagest.storage.aggregate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.internal.value.SortValues;
import org.almagest.storage.scan.RunMatches;

/** Counts the distinct values of a field. */
final class DistinctAccumulator implements Accumulator {
    private final FieldReading reading;
    private final BucketBound bound;
    private final Map<Object, Counted> values = new HashMap<>();
    private long bytes;

    /** A value and how many rows have it. */
    private static final class Counted {
        private Object value;
        private long count;

        Counted(Object value) {
            this.value = value;
        }

        void add(Object equalOne, long rows) {
            count += rows;
            if (FieldReading.isBetter(equalOne, value)) {
                value = equalOne;
            }
        }
    }

    DistinctAccumulator(Aggregation.Distinct wanted, BucketBound bound) {
        this.reading = new FieldReading(wanted.field());
        this.bound = bound;
    }

    @Override
    public boolean begin(RunMatches rows) {
        reading.begin(rows);
        return false;
    }

    @Override
    public void add(RunMatches rows) {
        Object value = reading.value(rows);
        if (value != null) {
            add(value, 1);
        }
    }

    private void add(Object value, long rows) {
        Object identity = FieldReading.identity(value);
        Counted counted = values.get(identity);
        if (counted == null) {
            bound.checkRoom(values.size());
            bytes += SortValues.heapBytes(value);
            bound.checkBytes(bytes);
            counted = new Counted(value);
            values.put(identity, counted);
        }
        counted.add(value, rows);
    }

    @Override
    public Aggregate result() {
        List<Counted> all = new ArrayList<>(values.values());
        all.sort((left, right) -> left.count == right.count
                ? SortValues.compare(left.value, right.value)
                : Long.compare(right.count, left.count));
        return new Aggregate.Buckets(all.stream()
                .map(counted -> Bucket.ofValue(counted.value, counted.count))
                .toList());
    }
}
