package org.almagest.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What is asked of a catalog, dataset or collection. Immutable; says nothing about where it is asked.
 *
 * <p>Time is always stated, as an interval or as all time. Results come by ascending id unless said otherwise.
 */
public final class Query {
    private final Builder parts;

    private Query(Builder parts) {
        this.parts = parts;
    }

    /** Begins a query over the datapoints whose time lies in the interval. */
    public static Builder during(TimeInterval interval) {
        return new Builder(interval);
    }

    /** Begins a query over the datapoints of one millisecond. */
    public static Builder at(Instant instant) {
        return new Builder(TimeInterval.ofInstant(instant));
    }

    /** Begins a query over all datapoints. */
    public static Builder allTime() {
        return new Builder((TimeInterval) null);
    }

    /** Returns the interval; empty where all time is asked. */
    public Optional<TimeInterval> interval() {
        return Optional.ofNullable(parts.interval);
    }

    /** Returns which time of a datapoint the interval is compared with. */
    public TimeMatch timeMatch() {
        return parts.timeMatch;
    }

    /** Returns the condition on the geometry. */
    public Optional<SpatialFilter> spatial() {
        return Optional.ofNullable(parts.spatial);
    }

    /** Returns the condition on the fields. */
    public Optional<Filter> filter() {
        return Optional.ofNullable(parts.filter);
    }

    /**
     * Returns the fields that results carry beside time, id and ingestion time; empty where all.
     *
     * <p>Custom fields and {@code geometry}.
     */
    public Optional<Set<String>> selection() {
        return Optional.ofNullable(parts.selection);
    }

    /** Returns how many datapoints one page holds at most; empty where the result is not paged. */
    public OptionalLong limit() {
        return parts.limit < 0 ? OptionalLong.empty() : OptionalLong.of(parts.limit);
    }

    /** Returns where to go on after an earlier page. */
    public Optional<PageToken> pageToken() {
        return Optional.ofNullable(parts.pageToken);
    }

    /** Returns the direction of the ids, turned around where the query is reversed. */
    public SortOrder order() {
        return isReversed() ? opposite(parts.order) : parts.order;
    }

    private static SortOrder opposite(SortOrder order) {
        return order == SortOrder.ASCENDING ? SortOrder.DESCENDING : SortOrder.ASCENDING;
    }

    /** Tells whether rows come in the exact opposite of the order that is asked for. */
    public boolean isReversed() {
        return parts.reversed;
    }

    /**
     * Returns the fields to sort by before the id, as they were given; usually none.
     *
     * <p>In the order of {@link org.almagest.query.bound.BoundSort}, all turned around where the query is reversed.
     */
    public List<SortKey> sort() {
        return parts.sort;
    }

    /** Returns the version of the catalog that is asked; empty for the newest. */
    public OptionalLong version() {
        return parts.version < 0 ? OptionalLong.empty() : OptionalLong.of(parts.version);
    }

    /** Returns how long the answer may take in all. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(parts.timeout);
    }

    /** Returns what tells whether the caller has cancelled the query. */
    public Optional<BooleanSupplier> cancellation() {
        return Optional.ofNullable(parts.cancellation);
    }

    /** Begins a query that is equal to this one. */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    /** Collects the parts of a query. */
    public static final class Builder {
        private final @Nullable TimeInterval interval;
        private TimeMatch timeMatch = TimeMatch.INSTANT;
        private @Nullable SpatialFilter spatial;
        private @Nullable Filter filter;
        private @Nullable Set<String> selection;
        private long limit = -1;
        private @Nullable PageToken pageToken;
        private SortOrder order = SortOrder.ASCENDING;
        private boolean reversed;
        private List<SortKey> sort = List.of();
        private long version = -1;
        private @Nullable Duration timeout;
        private @Nullable BooleanSupplier cancellation;

        private Builder(@Nullable TimeInterval interval) {
            this.interval = interval;
        }

        private Builder(Builder other) {
            this.interval = other.interval;
            this.timeMatch = other.timeMatch;
            this.spatial = other.spatial;
            this.filter = other.filter;
            this.selection = other.selection;
            this.limit = other.limit;
            this.pageToken = other.pageToken;
            this.order = other.order;
            this.reversed = other.reversed;
            this.sort = other.sort;
            this.version = other.version;
            this.timeout = other.timeout;
            this.cancellation = other.cancellation;
        }

        /** Compares the interval with another time of the datapoints. */
        public Builder match(TimeMatch match) {
            this.timeMatch = match;
            return this;
        }

        /** Asks for datapoints that share a position with the geometry. */
        public Builder intersecting(Geometry geometry) {
            return spatial(SpatialFilter.of(SpatialPredicate.INTERSECTS, geometry));
        }

        /** Asks for datapoints that share a position with the box. */
        public Builder intersecting(BoundingBox box) {
            return spatial(SpatialFilter.of(SpatialPredicate.INTERSECTS, box));
        }

        /** Asks for datapoints inside the geometry. */
        public Builder within(Geometry geometry) {
            return spatial(SpatialFilter.of(SpatialPredicate.WITHIN, geometry));
        }

        /** Asks for datapoints that the geometry lies inside of. */
        public Builder containing(Geometry geometry) {
            return spatial(SpatialFilter.of(SpatialPredicate.CONTAINS, geometry));
        }

        /** Asks for datapoints that share no position with the geometry. */
        public Builder disjointFrom(Geometry geometry) {
            return spatial(SpatialFilter.of(SpatialPredicate.DISJOINT, geometry));
        }

        /** Sets the condition on the geometry; a second one takes the place of the first. */
        public Builder spatial(SpatialFilter condition) {
            this.spatial = condition;
            return this;
        }

        /** Adds a condition on the fields; conditions given one after the other must all hold. */
        public Builder where(Filter condition) {
            this.filter = filter == null ? condition : filter.and(condition);
            return this;
        }

        /** Returns only these fields beside time, id and ingestion time; {@code geometry} is one of them. */
        public Builder select(String... fields) {
            return select(List.of(fields));
        }

        /** Returns only these fields beside time, id and ingestion time. */
        public Builder select(Iterable<String> fields) {
            Set<String> names = new LinkedHashSet<>();
            fields.forEach(names::add);
            this.selection = Collections.unmodifiableSet(names);
            return this;
        }

        /** Returns only time, id and ingestion time. */
        public Builder skipData() {
            return select(List.of());
        }

        /**
         * Ends the page after this many datapoints.
         *
         * @throws InvalidRequestException if {@code rows} is negative
         */
        public Builder limit(long rows) {
            if (rows < 0) {
                throw new InvalidRequestException("query: limit", rows + " (at least 0)");
            }
            this.limit = rows;
            return this;
        }

        /** Goes on after an earlier page. */
        public Builder after(PageToken token) {
            this.pageToken = token;
            return this;
        }

        /** Goes on after this datapoint, in the order of the query; for a query without a sort. */
        public Builder after(DatapointId id) {
            return after(new PageToken(id));
        }

        /** Sets the direction of the ids. */
        public Builder order(SortOrder direction) {
            this.order = direction;
            return this;
        }

        /**
         * Turns the order of the query around, so that the last row comes first.
         *
         * <p>Rows where a field is unset come before all others then. With the page token of a row it goes on with the row before, so that pages can be read backwards. Calling it
         * again turns it around again.
         */
        public Builder reversed() {
            this.reversed = !reversed;
            return this;
        }

        /** Sorts by fields before the id, as {@link org.almagest.query.bound.BoundSort} says; none sorts by id alone. */
        public Builder sort(SortKey... keys) {
            return sort(List.of(keys));
        }

        /** Sorts by fields before the id. */
        public Builder sort(List<SortKey> keys) {
            this.sort = List.copyOf(keys);
            return this;
        }

        /** Asks an earlier version of the catalog. */
        public Builder version(long pinned) {
            if (pinned < 0) {
                throw new InvalidRequestException("query: version", pinned + " (at least 0)");
            }
            this.version = pinned;
            return this;
        }

        /** Bounds how long the answer may take in all. */
        public Builder timeout(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new InvalidRequestException("query: timeout", duration + " (more than 0)");
            }
            this.timeout = duration;
            return this;
        }

        /**
         * Gives up once a condition holds: with {@link org.almagest.error.CancelledException}, and nothing done.
         *
         * <p>For another thread to end a query, count, aggregation or deletion: {@code flag::get} of an
         * {@link java.util.concurrent.atomic.AtomicBoolean}, or {@code Thread.currentThread()::isInterrupted} where an
         * interrupt shall end it, which otherwise does nothing. The interrupt status is left as it is. Where rows of an
         * answer are still to be read, reading on fails and the answer is closed. Once a deletion has found its
         * datapoints it is no longer given up.
         *
         * @param condition asked before the first row and at least once per thousand rows that are looked at, in the
         *     thread that reads; must be quick
         */
        public Builder cancelledWhen(BooleanSupplier condition) {
            this.cancellation = condition;
            return this;
        }

        /** Returns the query. */
        public Query build() {
            return new Query(new Builder(this));
        }
    }
}
