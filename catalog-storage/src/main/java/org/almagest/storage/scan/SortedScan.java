package org.almagest.storage.scan;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.scan.SortedChunk.Room;
import org.jspecify.annotations.Nullable;

/**
 * The matching rows of a query that sorts by fields; for one thread.
 *
 * <p>Looks at every row that matches and keeps those that come next, with the values they are sorted by; once they are
 * returned it looks again for those after them. So memory is bounded, nothing is written, and an answer of n rows is
 * looked through n / (rows kept) times. Where time or id leads the sort, rows are looked at in that order and a pass ends
 * where its rows do.
 */
final class SortedScan implements ResultRows {
    /** What the first pass keeps, so that the first rows of a long answer come soon; later ones keep four times more. */
    private static final long FIRST_ROWS = 1 << 16;

    private static final int GROWTH = 4;
    private static final long BYTES_MAX = 32 << 20;
    private static final int HEAP_PARTS = 32;
    private static final long MILLIS = 1_000;

    private final List<ScanSource> sources;
    private final Query query;
    private final Scan.Bounds bounds;
    private final Comparator<SortedRow> order;
    private final boolean ledByTime;
    private final SortOrder direction;
    private final long bytesMax;
    private @Nullable List<RunScan> prepared;
    private @Nullable SortedRow current;
    private List<SortedRow> chunk = List.of();
    private int next;
    private long chunkRows = FIRST_ROWS;
    private long wanted;
    private boolean more = true;

    SortedScan(List<ScanSource> sources, Query query, Scan.Bounds bounds) {
        this(sources, query, bounds, Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_PARTS));
    }

    SortedScan(List<ScanSource> sources, Query query, Scan.Bounds bounds, long bytesMax) {
        this.sources = sources;
        this.query = query;
        this.bounds = bounds;
        this.order = SortedRow.order(query);
        this.bytesMax = bytesMax;
        String leader = query.sort().get(0).field();
        this.ledByTime = leader.equals(DatasetSchema.TIME) || leader.equals(DatasetSchema.ID);
        boolean up = (query.sort().get(0).order() == SortOrder.ASCENDING) != query.isReversed();
        this.direction = !ledByTime || up ? SortOrder.ASCENDING : SortOrder.DESCENDING;
        this.wanted = query.limit().orElse(Long.MAX_VALUE);
        this.current = query.pageToken().map(SortedRow::of).orElse(null);
        this.prepared = scans(); // refuses what cannot be asked at once, not when the first row is read
    }

    private List<RunScan> scans() {
        return Scan.scans(sources, query, new Scan.Course(direction, ledByTime ? leaderMillis() : null), bounds);
    }

    /** Returns the time that no further row lies before in the direction of the sort; null where there is none. */
    private @Nullable Long leaderMillis() {
        Object leader = current == null ? null : current.values()[0];
        long millis;
        if (leader instanceof DatapointId id) {
            millis = id.timeMillis();
        } else if (leader instanceof Instant time) {
            // A token can name any instant.
            long seconds = DatapointId.TIME_MILLIS_MAX / MILLIS;
            long within = Math.max(-seconds, Math.min(time.getEpochSecond(), seconds));
            millis = within == time.getEpochSecond() ? time.toEpochMilli() : within * MILLIS;
        } else {
            return null;
        }
        return millis;
    }

    @Override
    public boolean advance() {
        bounds.deadline().check();
        if (next == chunk.size()) {
            if (!more) {
                return false;
            }
            collect();
        }
        if (next == chunk.size()) {
            return false;
        }
        current = chunk.get(next++);
        return true;
    }

    /** Makes the rows that come after the current one the chunk. */
    private void collect() {
        List<RunScan> scans = prepared == null ? scans() : prepared;
        prepared = null;
        chunk = List.of();
        SortedChunk found = new SortedChunk(order, current, new Room(Math.min(wanted, chunkRows), bytesMax));
        if (ledByTime) {
            collectInOrder(new Scan(scans, direction), found);
        } else {
            for (RunScan scan : scans) {
                for (boolean left = true; left && scan.settle(); left = scan.step()) {
                    found.offer(scan.sortedRow());
                }
            }
        }
        chunk = found.rows();
        next = 0;
        more = found.leastDropped() != null;
        wanted -= chunk.size();
        chunkRows *= GROWTH;
    }

    /** Ends after the rows of the millisecond of the first one that is left for the next chunk. */
    private void collectInOrder(Scan scan, SortedChunk found) {
        while (scan.advance()) {
            SortedRow dropped = found.leastDropped();
            if (dropped != null) {
                int later = Long.compare(
                        scan.head().idHigh() >> Short.SIZE, dropped.id().timeMillis());
                if (direction == SortOrder.ASCENDING ? later > 0 : later < 0) {
                    return;
                }
            }
            found.offer(scan.head().sortedRow());
        }
    }

    @Override
    public boolean follows() {
        return next < chunk.size() || more;
    }

    private SortedRow row() {
        SortedRow row = current;
        assert row != null && row.test() != null : "not at a row";
        return row;
    }

    @Override
    public PageToken token() {
        return row().token();
    }

    @Override
    public Datapoint datapoint() {
        return test().datapoint(row().ordinal());
    }

    @Override
    public long take(BatchFill into, long rowsMax) {
        into.add(test(), row().ordinal());
        return 1;
    }

    private RowTest test() {
        RowTest test = row().test();
        assert test != null : "a row that was found";
        return test;
    }
}
