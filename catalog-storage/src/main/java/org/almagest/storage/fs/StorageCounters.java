package org.almagest.storage.fs;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a storage has done and holds, counted since it was opened. Live and safe for use by many threads; values read
 * one after the other belong to slightly different moments.
 */
public final class StorageCounters {
    /** The things that are counted. */
    public enum Counter {
        /** Forces of files that succeeded. */
        FILE_FORCES,
        /** Forces of directories that succeeded. */
        DIRECTORY_SYNCS,
        /** Bytes appended, those of failed appends included. */
        BYTES_WRITTEN,
        /** Bytes read through {@link ReadFile}; reads of mapped bytes cannot be counted. */
        BYTES_READ,
        /** Files created. */
        FILES_CREATED,
        /** Names of files removed by {@link Storage#delete}. */
        FILES_DELETED,
        /** Files open now, for reading or appending. */
        OPEN_FILES,
        /** Locks held now. */
        HELD_LOCKS,
        /** Mappings open now. */
        OPEN_MAPPINGS,
        /** Bytes of the mappings open now. */
        MAPPED_BYTES,
        /** Bytes of mappings that were closed but that the JVM has not yet unmapped. */
        RETIRED_BYTES
    }

    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray barriers = new AtomicLongArray(Barrier.values().length);
    private final Runnable beforeRead;

    /** Starts all counters at 0. */
    public StorageCounters() {
        this(() -> {});
    }

    /** As above; {@code beforeRead} brings lazily kept counters up to date. */
    public StorageCounters(Runnable beforeRead) {
        this.beforeRead = beforeRead;
    }

    /** Returns one counter. */
    public long value(Counter counter) {
        beforeRead.run();
        return values.get(counter.ordinal());
    }

    /** Returns how often a force or directory sync succeeded in the name of a rule. */
    public long passed(Barrier barrier) {
        return barriers.get(barrier.ordinal());
    }

    /** Adds to a counter; for implementations of {@link Storage}. */
    public void add(Counter counter, long amount) {
        values.addAndGet(counter.ordinal(), amount);
    }

    /** Counts a force or directory sync that succeeded; for implementations of {@link Storage}. */
    public void pass(Barrier barrier) {
        barriers.incrementAndGet(barrier.ordinal());
        if (barrier.kind() == Barrier.Kind.ORDER) {
            throw new IllegalArgumentException("barrier: kind: " + barrier + " is never forced");
        }
        add(barrier.kind() == Barrier.Kind.FILE ? Counter.FILE_FORCES : Counter.DIRECTORY_SYNCS, 1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Counter counter : Counter.values()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(counter)
                    .append('=')
                    .append(value(counter));
        }
        return text.toString();
    }
}
