package org.almagest.storage.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.tombstone.Tombstones;

/** Decides how long deleted rows stay readable in earlier versions. */
public final class History {
    /** Longer than the store can be old. */
    private static final Duration FOR_EVER = Duration.ofDays(3_660_000);

    private History() {}

    /** Returns the same content without rows that were deleted longer ago than history is kept. */
    public static Snapshot settled(Snapshot snapshot, StoreParts parts) {
        return snapshot.settled(floor(snapshot, parts));
    }

    private static long floor(Snapshot snapshot, StoreParts parts) {
        Duration kept = parts.historyRetention();
        if (kept.isZero()) {
            return snapshot.version();
        }
        if (kept.compareTo(FOR_EVER) >= 0) {
            return snapshot.historyFloor();
        }
        long horizon =
                ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().now().minus(kept));
        long[] floor = {snapshot.historyFloor()};
        snapshot.forEachRun(run -> floor[0] = Math.max(floor[0], lastBefore(run, horizon)));
        return floor[0];
    }

    private static long lastBefore(LiveRun<?> run, long horizonMicros) {
        long last = 0;
        for (Tombstones.Deletion deletion : run.dead().deletions()) {
            if (deletion.ingestionMicros() <= horizonMicros) {
                last = Math.max(last, deletion.sequence());
            }
        }
        return last;
    }
}
