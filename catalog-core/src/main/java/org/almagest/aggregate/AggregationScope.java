package org.almagest.aggregate;

import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.model.Limits;
import org.almagest.query.SortKey;
import org.almagest.query.bound.BoundSort;
import org.almagest.schema.DatasetSchema;

/** Checks that aggregations make sense where they are asked. */
public final class AggregationScope {
    private final List<DatasetSchema> schemas;
    private final Limits limits;

    private AggregationScope(List<DatasetSchema> schemas, Limits limits) {
        this.schemas = schemas;
        this.limits = limits;
    }

    /**
     * Checks aggregations against the datasets that are asked.
     *
     * @throws LimitExceededException if there are more than {@code aggregationsMax}
     * @throws InvalidRequestException if no schema has a field, or has it with a type that has an order; or none has
     *     places and a grid is wanted
     */
    public static void check(List<Aggregation> wanted, List<DatasetSchema> schemas, Limits limits) {
        Limits.check("aggregate: aggregations", "aggregationsMax", wanted.size(), limits.aggregationsMax());
        AggregationScope scope = new AggregationScope(schemas, limits);
        wanted.forEach(one -> one.accept(scope.new Check()));
    }

    /**
     * Returns the refusal of an answer with too many buckets.
     *
     * @param limit the largest number allowed
     */
    public static LimitExceededException tooManyBuckets(Aggregation wanted, long limit) {
        return new LimitExceededException("aggregate: " + wanted + ": buckets", "bucketsMax", limit + 1, limit);
    }

    private final class Check implements Aggregation.Visitor<Boolean> {
        @Override
        public Boolean count(Aggregation.Count wanted) {
            return true;
        }

        @Override
        public Boolean range(Aggregation.Range wanted) {
            return hasOrder("range", wanted.field());
        }

        @Override
        public Boolean histogram(Aggregation.Histogram wanted) {
            return true;
        }

        @Override
        public Boolean geohashGrid(Aggregation.GeohashGrid wanted) {
            if (schemas.stream().noneMatch(DatasetSchema::isSpatial)) {
                throw new InvalidRequestException("aggregate: geohash grid", "no dataset in scope is spatio-temporal");
            }
            return true;
        }

        @Override
        public Boolean distinct(Aggregation.Distinct wanted) {
            return hasOrder("distinct", wanted.field());
        }

        private boolean hasOrder(String kind, String field) {
            try {
                BoundSort.check(List.of(SortKey.ascending(field)), schemas, limits);
            } catch (InvalidRequestException e) {
                throw new InvalidRequestException(
                        "aggregate: " + kind + ": field " + Quoted.text(field), e.problem(), e);
            }
            return true;
        }
    }
}
