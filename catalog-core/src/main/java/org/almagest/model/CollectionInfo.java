package org.almagest.model;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exact size and temporal extent of a collection at one version. */
public final class CollectionInfo {
    private final String name;
    private final long count;
    private final @Nullable Instant first;
    private final @Nullable Instant last;

    private CollectionInfo(String name, long count, @Nullable Instant first, @Nullable Instant last) {
        this.name = name;
        this.count = count;
        this.first = first;
        this.last = last;
    }

    /** Returns the info of a collection with {@code count} datapoints, the earliest at first, the latest at last. */
    public static CollectionInfo of(String name, long count, Instant first, Instant last) {
        return count == 0 ? empty(name) : new CollectionInfo(name, count, first, last);
    }

    /** Returns the info of a collection without datapoints. */
    public static CollectionInfo empty(String name) {
        return new CollectionInfo(name, 0, null, null);
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

    /** Returns {@code NAME: [first, last] (n data points)} or {@code NAME: <no data> (0 data points)}. */
    @Override
    public String toString() {
        if (first == null || last == null) {
            return name + ": <no data> (0 data points)";
        }
        return name + ": [" + TimeText.format(first) + ", " + TimeText.format(last) + "] (" + count + " data points)";
    }
}
