package org.almagest.storage.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.ConflictException;
import org.almagest.model.DatapointId;
import org.almagest.model.Retention;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/** Ends what has had its time: datapoints by retention, deleted datasets for good, leases. For one thread. */
final class Expiry {
    /** How long a deleted dataset can be restored. */
    private static final Duration RESTORABLE = Duration.ofDays(7);

    /** A clock further ahead of the last commit than this is taken for wrong, and expires nothing. */
    private static final Duration CLOCK_JUMP_MAX = Duration.ofDays(366);

    private static final long NANOS_PER_MICRO_LESS_ONE = 999;
    private static final long NANOS_PER_MILLI_LESS_ONE = 999_999;

    private final Engine engine;
    private final Instant now;

    Expiry(Engine engine) {
        this.engine = engine;
        this.now = engine.now();
    }

    static Instant deletedAt(DatasetEntry dataset) {
        return Instant.EPOCH.plus(dataset.deletedMicros().orElseThrow(), ChronoUnit.MICROS);
    }

    static Instant restorableUntil(DatasetEntry dataset) {
        return deletedAt(dataset).plus(RESTORABLE);
    }

    /** Tells whether a deleted dataset can no longer be restored. */
    static boolean isOver(DatasetEntry deleted, Instant now) {
        return !now.isBefore(restorableUntil(deleted));
    }

    /**
     * Ends everything whose time is over; returns how many datapoints retention deleted.
     *
     * @throws ConflictException if a collection has a retention and the clock seems to be wrong
     */
    long run() {
        engine.versions().dropEnded(now);
        for (DatasetEntry dataset : engine.snapshot().metadata().deletedDatasets()) {
            purge(dataset.slug());
        }
        List<CollectionEntry> retaining = new ArrayList<>();
        for (CollectionEntry collection : engine.snapshot().metadata().collections()) {
            if (collection.retention().isPresent()) {
                retaining.add(collection);
            }
        }
        if (retaining.isEmpty()) {
            return 0;
        }
        checkClock();
        long deleted = 0;
        for (CollectionEntry collection : retaining) {
            deleted += retain(collection, collection.retention().orElseThrow());
        }
        return deleted;
    }

    private void checkClock() {
        long lastMicros = engine.snapshot().lastIngestionMicros();
        Instant last = Instant.EPOCH.plus(lastMicros, ChronoUnit.MICROS);
        if (lastMicros > 0 && now.isAfter(last.plus(CLOCK_JUMP_MAX))) {
            throw new ConflictException("retention: clock " + now + ": last commit " + last + " (expected at most "
                    + CLOCK_JUMP_MAX.toDays() + " days before)");
        }
    }

    /** Ends a dataset for good if it was deleted and can no longer be restored. */
    void purge(String slug) {
        if (engine.snapshot().metadata().reserved(slug).filter(this::isDue).isEmpty()) {
            return;
        }
        engine.commit(new MetadataEdit<>(
                before -> before.metadata()
                        .reserved(slug)
                        .filter(this::isDue)
                        .map(dataset -> new MetadataChange.DatasetPurged(dataset.incarnation()))
                        .orElse(null),
                after -> true));
    }

    private boolean isDue(DatasetEntry dataset) {
        return dataset.isDeleted() && isOver(dataset, now);
    }

    private long retain(CollectionEntry collection, Retention retention) {
        Instant cutoff = now.minus(retention.age());
        DeleteChange.Selection old = retention.basis() == Retention.Basis.TIME
                ? beforeTime(collection, cutoff)
                : storedBefore(collection, cutoff);
        return old == null ? 0 : engine.commit(new DeleteChange(collection.incarnation(), collection.name(), old));
    }

    private DeleteChange.@Nullable Selection beforeTime(CollectionEntry collection, Instant cutoff) {
        long end = cutoff.plusNanos(NANOS_PER_MILLI_LESS_ONE).toEpochMilli();
        if (end <= DatapointId.TIME_MILLIS_MIN) {
            return null;
        }
        DatapointId first = DatapointId.lowest(end);
        boolean any = engine.read(snapshot -> snapshot.runs(collection.incarnation()).all().stream()
                .anyMatch(run -> run.firstLive() < run.run().lowerBound(first.high(), first.low())));
        return any ? new DeleteChange.Span(DatapointId.TIME_MILLIS_MIN, end, Long.MAX_VALUE) : null;
    }

    private DeleteChange.@Nullable Selection storedBefore(CollectionEntry collection, Instant cutoff) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, cutoff.plusNanos(NANOS_PER_MICRO_LESS_ONE));
        long last = engine.read(snapshot -> lastStoredBefore(snapshot, collection, micros));
        return last == 0
                ? null
                : new DeleteChange.Span(DatapointId.TIME_MILLIS_MIN, DatapointId.TIME_MILLIS_MAX + 1, last);
    }

    /** Returns the last commit before a time; commits and their times ascend together. */
    private static long lastStoredBefore(Snapshot snapshot, CollectionEntry collection, long micros) {
        long last = 0;
        for (LiveRun<?> run : snapshot.runs(collection.incarnation()).all()) {
            if (run.liveCount() > 0) {
                last = Math.max(last, run.run().lastSequenceBefore(micros));
            }
        }
        return last;
    }
}
