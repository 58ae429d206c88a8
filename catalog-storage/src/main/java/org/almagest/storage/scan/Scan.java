package org.almagest.storage.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.runtime.Deadline;
import org.almagest.storage.plan.QueryTrace;
import org.almagest.storage.plan.QueryTrace.Passed;
import org.almagest.storage.plan.RowSpan;
import org.almagest.storage.plan.RunTrace;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Run;
import org.almagest.storage.scan.SourceTests.ByExtent;
import org.jspecify.annotations.Nullable;

/**
 * The matching rows of all runs of a query, merged by id; for one thread.
 *
 * <p>Runs whose ids do not meet the query's are left out before anything of them is read. Reads no further than it is
 * asked.
 */
public final class Scan implements ResultRows {
    /** Fewer runs are all prepared at once. */
    private static final int LATER_MIN = 64;

    /** A longer page reaches so many runs that it does not pay to prepare them one by one. */
    private static final int LATER_ROWS_MAX = 10_000;

    private final RunHeads heads;
    private final LaterRuns later;
    private boolean atHead;

    /** Begins before the first row of scans that go in the same order. */
    Scan(List<RunScan> scans, SortOrder order) {
        heads = new RunHeads(scans, order);
        later = new LaterRuns(order);
    }

    private Scan(LaterRuns later, SortOrder order) {
        heads = new RunHeads(List.of(), order);
        this.later = later;
        later.order();
    }

    /**
     * What bounds a query.
     *
     * @param limits the bounds of sizes
     * @param deadline when to give up
     * @param shortcuts what may be made use of
     * @param trace takes down what is done; null where nobody asks
     * @param place the condition on places, for one query
     */
    public record Bounds(
            Limits limits,
            Deadline deadline,
            Set<Shortcut> shortcuts,
            @Nullable QueryTrace trace,
            PlaceOnce place) {
        /** For a query of which nothing is prepared yet. */
        public Bounds(Limits limits, Deadline deadline, Set<Shortcut> shortcuts, @Nullable QueryTrace trace) {
            this(limits, deadline, shortcuts, trace, new PlaceOnce());
        }
    }

    /** Begins before the first row of the answer. */
    public static Scan of(List<ScanSource> sources, Query query, Bounds bounds) {
        Course course = new Course(query.order(), null);
        boolean isPage = query.limit().orElse(Long.MAX_VALUE) <= LATER_ROWS_MAX && bounds.trace() == null;
        if (!isPage || runCount(sources) < LATER_MIN) {
            return new Scan(scans(sources, query, course, bounds), query.order());
        }
        LaterRuns later = new LaterRuns(query.order());
        forEachRun(sources, query, course, bounds, (live, source, reading) -> {
            if (reading.tests().passes(live.run(), reading.range()) == null) {
                later.add(live, source, reading);
            }
        });
        return new Scan(later, query.order());
    }

    private static int runCount(List<ScanSource> sources) {
        int count = 0;
        for (ScanSource source : sources) {
            count += source.runs().size();
        }
        return count;
    }

    /**
     * How runs are read.
     *
     * @param direction the order of the ids
     * @param fromMillis the time to begin at; null for all
     */
    record Course(SortOrder direction, @Nullable Long fromMillis) {}

    /** Returns scans of the runs that can have matching rows. */
    static List<RunScan> scans(List<ScanSource> sources, Query query, Course course, Bounds bounds) {
        List<RunScan> scans = new ArrayList<>();
        forEachRun(sources, query, course, bounds, (live, source, reading) -> {
            RunScan scan = scan(live, source, reading);
            if (scan != null) {
                scans.add(scan);
            }
        });
        return scans;
    }

    /** Takes a run and how it is read. */
    private interface RunConsumer {
        void accept(LiveRun<?> live, ScanSource source, Reading reading);
    }

    /** Calls back with the runs of all collections that may have matching rows. */
    private static void forEachRun(
            List<ScanSource> sources, Query query, Course course, Bounds bounds, RunConsumer consumer) {
        QueryTests tests = QueryTests.of(query, bounds);
        Reading reading = null;
        for (ScanSource source : sources) {
            // The collections of a dataset share its schema, and there may be thousands of them.
            if (reading == null || reading.tests().schema() != source.schema()) {
                reading = Reading.of(new SourceTests(source.schema(), tests), query, course, bounds);
            }
            boolean mayMatch = reading.tests().mayMatch(source.collectionId());
            for (LiveRun<?> live : source.runs()) {
                bounds.deadline().check(); // A run costs a search, and there may be tens of thousands.
                try {
                    if (mayMatch) {
                        consumer.accept(live, source, reading);
                    } else {
                        passedOver(live, bounds);
                    }
                } catch (InternalError e) {
                    throw live.run().unreadable(e);
                }
            }
        }
    }

    private static void passedOver(LiveRun<?> live, Bounds bounds) {
        QueryTrace trace = bounds.trace();
        if (trace != null) {
            trace.run(live.run().rowCount());
            trace.passedOver(Passed.VALUES);
        }
    }

    /** Returns the scan of a run; null where it surely has no matching row. */
    static @Nullable RunScan scan(LiveRun<?> live, ScanSource source, Reading reading) {
        Run run = live.run();
        SourceTests tests = reading.tests();
        QueryTrace trace = reading.bounds().trace();
        Passed why = tests.passes(run, reading.range());
        ByExtent byExtent = why == null ? tests.byExtent(run) : ByExtent.EACH;
        IdRange range = byExtent == ByExtent.ONLY_TIMES ? reading.ofTimes() : reading.range();
        RowSpan span = why == null ? range.of(run, reading.direction()) : null;
        VisibleRows visible = null;
        if (span != null && span.isEmpty()) {
            why = Passed.TIME;
        } else if (why == null) {
            visible = VisibleRows.of(live, source.version());
            why = visible == null ? Passed.VERSION : null;
        }
        if (trace != null) {
            trace.run(run.rowCount());
            if (why != null) {
                trace.passedOver(why);
            }
        }
        if (visible == null || span == null) {
            return null;
        }
        RunTrace runTrace = trace == null ? null : trace.begin(run.name(), span.rows());
        Deadline deadline = reading.bounds().deadline();
        RowTest rows = new RowTest(run, source.collectionId(), visible, tests, runTrace);
        if (byExtent != ByExtent.EACH) {
            rows.ignoreExtents();
        }
        return new RunScan(run, rows, span, deadline);
    }

    /** How the runs of one dataset are read. */
    record Reading(SourceTests tests, IdRange range, IdRange ofTimes, SortOrder direction, Bounds bounds) {
        static Reading of(SourceTests tests, Query query, Course course, Bounds bounds) {
            IdRange range =
                    tests.within(IdRange.of(query, tests.schema())).from(course.fromMillis(), course.direction());
            IdRange ofTimes = tests.extent() == null
                    ? range
                    : tests.within(IdRange.ofTimes(query)).from(course.fromMillis(), course.direction());
            return new Reading(tests, range, ofTimes, course.direction(), bounds);
        }
    }

    /** Returns how many rows match; page token and limit of the query are its caller's business. */
    public static long count(List<ScanSource> sources, Query query, Bounds bounds) {
        if (query.spatial().isEmpty() && query.filter().isEmpty() && !isByExtent(sources, query)) {
            return countRange(sources, query, bounds.deadline());
        }
        long count = 0;
        for (RunScan scan : scans(sources, query, new Course(SortOrder.ASCENDING, null), bounds)) {
            count += scan.count();
        }
        return count;
    }

    private static boolean isByExtent(List<ScanSource> sources, Query query) {
        return query.timeMatch() == TimeMatch.EXTENT
                && query.interval().isPresent()
                && sources.stream().anyMatch(source -> source.schema().extent().isPresent());
    }

    private static long countRange(List<ScanSource> sources, Query query, Deadline deadline) {
        long count = 0;
        for (ScanSource source : sources) {
            IdRange range = IdRange.of(query, source.schema());
            for (LiveRun<?> live : source.runs()) {
                deadline.check();
                try {
                    RowSpan span = range.of(live.run(), SortOrder.ASCENDING);
                    VisibleRows visible = span.isEmpty() ? null : VisibleRows.of(live, source.version());
                    count += visible == null ? 0 : visible.count(span.first(), span.end(), deadline);
                } catch (InternalError e) {
                    throw live.run().unreadable(e);
                }
            }
        }
        return count;
    }

    @Override
    public boolean advance() {
        if (atHead) {
            settle(heads.first().step());
        }
        begin();
        // A run is searched for a match only once its lowest remaining id leads, so a page reads no run beyond its end.
        while (!heads.isEmpty() && !heads.first().isSettled()) {
            settle(heads.first().settle());
            begin();
        }
        atHead = !heads.isEmpty();
        return atHead;
    }

    /** Begins with the runs that may have a row before that of the first one. */
    private void begin() {
        while (!later.isEmpty()
                && (heads.isEmpty() || later.mayComeBefore(heads.first().idHigh()))) {
            RunScan scan = later.next();
            if (scan != null) {
                heads.add(scan);
            }
        }
    }

    private boolean isFirstStill() {
        return heads.isFirstStill() && !later.mayComeBefore(heads.first().idHigh());
    }

    /** Puts the first run where it belongs after it moved. */
    private void settle(boolean hasRow) {
        if (hasRow) {
            heads.moved();
        } else {
            heads.removeFirst();
        }
    }

    @Override
    public boolean follows() {
        return advance();
    }

    /** Returns the scan of the run whose row {@link #advance} moved to. */
    RunScan head() {
        return heads.first();
    }

    /** Returns the id of the row that {@link #advance} moved to. */
    public DatapointId id() {
        RunScan scan = heads.first();
        return new DatapointId(scan.idHigh(), scan.idLow());
    }

    @Override
    public PageToken token() {
        return new PageToken(id());
    }

    @Override
    public Datapoint datapoint() {
        return heads.first().datapoint();
    }

    /** Takes rows of the run at hand until another run has the next one. */
    @Override
    public long take(BatchFill into, long rowsMax) {
        RunScan scan = heads.first();
        RowTest test = scan.test();
        long taken = 0;
        while (true) {
            into.add(test, test.ordinal());
            taken++;
            if (taken == rowsMax || into.isFull()) {
                return taken; // what comes next is looked for only when somebody wants it
            }
            boolean left = scan.step();
            if (left && isFirstStill()) {
                left = scan.settle();
            }
            if (!left || !scan.isSettled() || !isFirstStill()) {
                atHead = false;
                settle(left);
                return taken;
            }
        }
    }
}
