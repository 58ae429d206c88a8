package org.almagest.storage.compact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.PartitionWindow.Kind;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.SegmentRun;

/**
 * How finely one collection is cut in time: by year, and finer where the rows of a window exceed a bound. Immutable.
 *
 * <p>Rows are counted by their segments; a segment that reaches over the edge of a window counts there in proportion to
 * the time it has in it. Everything written at one time uses one of these, flushes and compaction alike.
 */
public final class PartitionKinds {
    private static final PartitionKinds YEARLY = new PartitionKinds(Set.of());

    // Windows that are cut into those of the next finer kind.
    private final Set<PartitionWindow> split;

    private PartitionKinds(Set<PartitionWindow> split) {
        this.split = split;
    }

    /** Returns the kinds of a collection with these segments; at once when it has no more rows than one window may. */
    public static PartitionKinds of(List<SegmentFacts> segments, long partitionRowsMax) {
        long rows = 0;
        for (SegmentFacts segment : segments) {
            rows += segment.rows();
        }
        if (rows <= partitionRowsMax) {
            return YEARLY;
        }
        Set<PartitionWindow> split = new HashSet<>();
        byWindow(Kind.YEAR, segments, Long.MIN_VALUE, Long.MAX_VALUE)
                .forEach((year, within) -> splitIfFull(year, within, partitionRowsMax, split));
        return split.isEmpty() ? YEARLY : new PartitionKinds(Set.copyOf(split));
    }

    /** As {@link #of}, whatever is deleted. */
    static PartitionKinds ofRuns(List<LiveRun<SegmentRun>> segments, long partitionRowsMax) {
        long rows = 0;
        for (LiveRun<SegmentRun> segment : segments) {
            rows += segment.run().rowCount();
        }
        if (rows <= partitionRowsMax) {
            return YEARLY;
        }
        return of(
                segments.stream()
                        .map(segment -> new SegmentFacts(segment.run().entry(), 0))
                        .toList(),
                partitionRowsMax);
    }

    private static void splitIfFull(
            PartitionWindow window, List<SegmentFacts> segments, long rowsMax, Set<PartitionWindow> split) {
        double rows = 0;
        for (SegmentFacts segment : segments) {
            rows += segment.rowsWithin(window.startMillis(), window.endMillis());
        }
        if (rows <= rowsMax || window.kind() == Kind.HOUR) {
            return;
        }
        split.add(window);
        byWindow(finer(window.kind()), segments, window.startMillis(), window.endMillis())
                .forEach((narrower, within) -> splitIfFull(narrower, within, rowsMax, split));
    }

    /** Groups segments by every window between two times that they reach into. */
    private static Map<PartitionWindow, List<SegmentFacts>> byWindow(
            Kind kind, List<SegmentFacts> segments, long startMillis, long endMillis) {
        Map<PartitionWindow, List<SegmentFacts>> windows = new HashMap<>();
        for (SegmentFacts segment : segments) {
            long last = Math.min(segment.maxMillis(), endMillis - 1);
            PartitionWindow window = PartitionWindow.of(kind, Math.max(segment.minMillis(), startMillis));
            while (window.startMillis() <= last) {
                windows.computeIfAbsent(window, key -> new ArrayList<>()).add(segment);
                window = PartitionWindow.of(kind, window.endMillis());
            }
        }
        return windows;
    }

    private static Kind finer(Kind kind) {
        return Kind.values()[kind.ordinal() + 1];
    }

    /** Returns the window that a row at this time, in Unix milliseconds, is written to. */
    public PartitionWindow windowOf(long millis) {
        return windowOf(millis, millis);
    }

    /** Returns the narrowest window that rows are written to and that holds both times, or a wider one cut further. */
    PartitionWindow windowOf(long minMillis, long maxMillis) {
        PartitionWindow window = PartitionWindow.of(Kind.YEAR, minMillis);
        while (split.contains(window)) {
            PartitionWindow narrower = PartitionWindow.of(finer(window.kind()), minMillis);
            if (!narrower.contains(maxMillis)) {
                return window;
            }
            window = narrower;
        }
        return window;
    }

    /** Tells whether rows of a segment belong to different windows. */
    boolean isStraddling(SegmentFacts segment) {
        return !split.isEmpty() && split.contains(windowOf(segment.minMillis(), segment.maxMillis()));
    }
}
