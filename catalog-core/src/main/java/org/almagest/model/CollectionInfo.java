package org.almagest.model;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The exact size and temporal extent of a collection at one version, and what its datapoints cover. */
public final class CollectionInfo {
    private static final Reach NOWHERE = new Reach(null, null, null);

    private final String name;
    private final long count;
    private final @Nullable Instant first;
    private final @Nullable Instant last;

    // Found out when it is first asked for, as most callers want the count; two threads may both do it.
    private final Supplier<Reach> reach;
    private volatile @Nullable Reach found;

    /**
     * What all datapoints together cover.
     *
     * @param bounds a box around all geometries; null where there are none
     * @param extentFirst the earliest start of a time extent; null where there are no datapoints
     * @param extentLast the latest end of a time extent; null where there are no datapoints
     */
    public record Reach(
            @Nullable BoundingBox bounds,
            @Nullable Instant extentFirst,
            @Nullable Instant extentLast) {}

    private CollectionInfo(
            String name, long count, @Nullable Instant first, @Nullable Instant last, Supplier<Reach> reach) {
        this.name = name;
        this.count = count;
        this.first = first;
        this.last = last;
        this.reach = reach;
    }

    /** Returns the info of a collection with {@code count} datapoints, the earliest at first, the latest at last. */
    public static CollectionInfo of(String name, long count, Instant first, Instant last) {
        return of(name, count, first, last, () -> new Reach(null, first, last));
    }

    /**
     * Returns the info of a collection of which also is known what it covers.
     *
     * @param reach tells, when it is first asked for, perhaps more than once where threads race
     */
    public static CollectionInfo of(String name, long count, Instant first, Instant last, Supplier<Reach> reach) {
        return count == 0 ? empty(name) : new CollectionInfo(name, count, first, last, reach);
    }

    /** Returns the info of a collection without datapoints. */
    public static CollectionInfo empty(String name) {
        return new CollectionInfo(name, 0, null, null, () -> NOWHERE);
    }

    /** Returns the name of the collection. */
    public String name() {
        return name;
    }

    /** Returns the exact number of live datapoints. */
    public long count() {
        return count;
    }

    /** Returns the earliest time; empty where there are no datapoints. */
    public Optional<Instant> first() {
        return Optional.ofNullable(first);
    }

    /** Returns the latest time, a time that occurs; empty where there are no datapoints. */
    public Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    private Reach reach() {
        Reach known = found;
        if (known == null) {
            known = reach.get();
            found = known;
        }
        return known;
    }

    /**
     * Returns a box around the index boxes of all datapoints; empty where none has a place.
     *
     * <p>The smallest there is; west is above east where it crosses the antimeridian. After deletions it may be larger than needed, until the
     * rows are compacted. Cost: the first call looks at each segment's box, and at each row in memory.
     */
    public Optional<BoundingBox> bounds() {
        return Optional.ofNullable(reach().bounds());
    }

    /**
     * Returns the earliest start of a time extent; where none is declared or set, {@link #first}.
     *
     * <p>Rounded down to the millisecond; after deletions it may be earlier than needed, until the rows are compacted.
     * Empty where there are no datapoints. Cost as {@link #bounds}.
     */
    public Optional<Instant> extentFirst() {
        return Optional.ofNullable(reach().extentFirst());
    }

    /** Returns the latest end of a time extent, rounded up; else as {@link #extentFirst}. */
    public Optional<Instant> extentLast() {
        return Optional.ofNullable(reach().extentLast());
    }

    /** Returns {@code NAME: [first, last] (n data points)} or {@code NAME: <no data> (0 data points)}. */
    @Override
    public String toString() {
        if (first == null || last == null) {
            return name + ": <no data> (0 data points)";
        }
        return name + ": [" + TimeText.format(first) + ", " + TimeText.format(last) + "] (" + count + " data points)";
    }
}
