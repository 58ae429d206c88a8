package org.almagest.storage.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.runtime.Deadline;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Run;

/**
 * The matching rows of all runs of a query, merged by id; for one thread.
 *
 * <p>Runs whose ids do not meet the query's are left out before anything of them is read. Reads no further than it is
 * asked.
 */
public final class Scan {
    private final PriorityQueue<RunScan> heads;
    private boolean atHead;

    private Scan(List<RunScan> scans, SortOrder order) {
        Comparator<RunScan> ascending = RunScan::compareAscending;
        heads = new PriorityQueue<>(
                Math.max(1, scans.size()), order == SortOrder.ASCENDING ? ascending : ascending.reversed());
        heads.addAll(scans);
    }

    /**
     * What bounds a query.
     *
     * @param limits the bounds of sizes
     * @param deadline when to give up
     */
    public record Bounds(Limits limits, Deadline deadline) {}

    /** Begins before the first row of the answer. */
    public static Scan of(List<ScanSource> sources, Query query, Bounds bounds) {
        return new Scan(scans(sources, query, bounds), query.order());
    }

    private static List<RunScan> scans(List<ScanSource> sources, Query query, Bounds bounds) {
        List<RunScan> scans = new ArrayList<>();
        IdRange range = IdRange.of(query);
        if (range.isEmpty()) {
            return scans;
        }
        QueryTests tests = QueryTests.of(query, bounds.limits());
        for (ScanSource source : sources) {
            for (LiveRun<?> live : source.runs()) {
                Run run = live.run();
                RunScan.Ordinals ordinals = new RunScan.Ordinals(range.firstOrdinal(run), range.endOrdinal(run));
                VisibleRows visible = ordinals.isEmpty() ? null : VisibleRows.of(live, source.version());
                if (visible != null) {
                    RowTest test = new RowTest(run, visible, source.schema(), tests);
                    scans.add(new RunScan(run, test, ordinals, query.order(), bounds.deadline()));
                }
            }
        }
        return scans;
    }

    /** Returns how many rows match; page token and limit of the query are its caller's business. */
    public static long count(List<ScanSource> sources, Query query, Bounds bounds) {
        IdRange range = IdRange.of(query);
        if (query.spatial().isEmpty() && query.filter().isEmpty()) {
            return range.isEmpty() ? 0 : countRange(sources, range);
        }
        long count = 0;
        for (RunScan scan : scans(sources, query, bounds)) {
            for (boolean left = true; left && scan.settle(); left = scan.step()) {
                count++;
            }
        }
        return count;
    }

    private static long countRange(List<ScanSource> sources, IdRange range) {
        long count = 0;
        for (ScanSource source : sources) {
            for (LiveRun<?> live : source.runs()) {
                int first = range.firstOrdinal(live.run());
                int end = range.endOrdinal(live.run());
                VisibleRows visible = first < end ? VisibleRows.of(live, source.version()) : null;
                count += visible == null ? 0 : visible.count(first, end);
            }
        }
        return count;
    }

    /** Moves to the next row; false where none is left. */
    public boolean advance() {
        if (atHead) {
            RunScan scan = heads.remove();
            if (scan.step()) {
                heads.add(scan);
            }
        }
        // A run is searched for a match only once its lowest remaining id leads, so a page reads no run beyond its end.
        while (!heads.isEmpty() && !heads.element().isSettled()) {
            RunScan scan = heads.remove();
            if (scan.settle()) {
                heads.add(scan);
            }
        }
        atHead = !heads.isEmpty();
        return atHead;
    }

    /** Returns the id of the row that {@link #advance} moved to. */
    public DatapointId id() {
        RunScan scan = heads.element();
        return new DatapointId(scan.idHigh(), scan.idLow());
    }

    /** Returns the row that {@link #advance} moved to. */
    public Datapoint datapoint() {
        return heads.element().datapoint();
    }
}
