package org.almagest.storage.aggregate;

import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.AggregationScope;
import org.almagest.model.Limits;

/**
 * How many buckets an answer may have.
 *
 * @param wanted the aggregation, which a refusal names
 * @param limits the bounds
 */
record BucketBound(Aggregation wanted, Limits limits) {
    /** Refuses one more bucket where there are as many as there may be. */
    void checkRoom(int buckets) {
        if (buckets >= limits.bucketsMax()) {
            throw AggregationScope.tooManyBuckets(wanted, limits.bucketsMax());
        }
    }

    /** Refuses values that take more memory than they may. */
    void checkBytes(long bytes) {
        Limits.check("aggregate: " + wanted + ": bytes", "bucketBytesMax", bytes, limits.bucketBytesMax());
    }
}
