package org.almagest.storage.scan;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.almagest.batch.RowBatch;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** The answer to a query, read as it is asked for; looks beyond a full page only when asked for the next one. */
public final class ScanResult implements QueryResult, Iterator<Datapoint> {
    private static final int ROWS_PER_AGE_CHECK = 1_024;

    private final ResultRows rows;
    private final long version;
    private final long limit;
    private final Hold hold;
    private final BatchArrays.Shape shape;
    private long returned;
    private @Nullable PageToken last;
    private State state = State.FRESH;
    private boolean exhausted;
    private boolean closed;

    private enum State {
        FRESH,
        /** The rows stand at one that was not returned. */
        AT_ROW,
        /** The row before was returned; the rows must move on. */
        BETWEEN,
        /** The page is full, and nobody asked yet whether a row follows. */
        FULL,
        /** The page is full and a row follows. */
        CONTINUED,
        /** No row follows. */
        ENDED
    }

    /**
     * What an open answer keeps from going.
     *
     * @param release lets it go; called once when the result is closed
     * @param deadline when to give up on the query
     * @param age passes when it has been kept too long
     * @param limits the bounds of sizes
     */
    public record Hold(Runnable release, Deadline deadline, Deadline age, Limits limits) {
        private void check() {
            deadline.check();
            age.check();
        }
    }

    /**
     * Begins the answer.
     *
     * @param version the version of the catalog that the rows show
     * @param hold what it holds on to
     * @param schemas of the datasets that are asked
     */
    public ScanResult(ResultRows rows, Query query, long version, Hold hold, List<DatasetSchema> schemas) {
        this.rows = rows;
        this.version = version;
        this.limit = query.limit().orElse(Long.MAX_VALUE);
        this.hold = hold;
        this.shape = new BatchArrays.Shape(schemas, query.selection().orElse(null), hold.limits());
    }

    @Override
    public Iterator<Datapoint> iterator() {
        begin();
        return this;
    }

    private void begin() {
        needFresh();
        state = State.BETWEEN;
    }

    private void needFresh() {
        if (state != State.FRESH) {
            throw new IllegalStateException("query result: iterated a second time");
        }
    }

    @Override
    public Iterable<RowBatch> batches(int rowsMax) {
        needFresh();
        BatchFill fill = new BatchFill(shape, rowsMax, () -> closed, hold::check);
        return () -> {
            begin();
            return new Batches(fill);
        };
    }

    /** The rest of the page in batches. The result stays open while the last batch is at hand. */
    private final class Batches implements Iterator<RowBatch> {
        private final BatchFill fill;

        Batches(BatchFill fill) {
            this.fill = fill;
        }

        @Override
        public boolean hasNext() {
            return ScanResult.this.hasNext();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            fill.clear();
            try {
                do {
                    pass(rows.take(fill, limit - returned));
                } while (!fill.isFull() && returned < limit && find());
                fill.read();
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
            return fill.batch();
        }

        /** Moves to the next row; what ends here is closed only once the batch has been used. */
        private boolean find() {
            boolean found = rows.advance();
            if (found) {
                state = State.AT_ROW;
            }
            exhausted = !found;
            return found;
        }
    }

    @Override
    public boolean hasNext() {
        if (closed && (state == State.AT_ROW || state == State.BETWEEN)) {
            throw new IllegalStateException("query result: closed");
        }
        if (state == State.BETWEEN) {
            try {
                move();
            } catch (RuntimeException | Error e) { // the condition of a query may throw anything
                close();
                throw e;
            }
        }
        return state == State.AT_ROW;
    }

    private void move() {
        if (returned == limit) {
            state = State.FULL;
        } else if (!exhausted && rows.advance()) {
            state = State.AT_ROW;
        } else {
            state = State.ENDED;
            close();
        }
    }

    @Override
    public Datapoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            Datapoint row = rows.datapoint();
            pass(1);
            return row;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Counts rows as returned, up to the one at hand. */
    private void pass(long count) {
        long before = returned;
        returned += count;
        if (before / ROWS_PER_AGE_CHECK != returned / ROWS_PER_AGE_CHECK) {
            hold.age().check();
        }
        if (returned == limit) {
            last = rows.token();
        }
        state = State.BETWEEN;
    }

    @Override
    public Optional<PageToken> nextToken() {
        if (state == State.FRESH || hasNext()) {
            throw new IllegalStateException("query result: rows of this page are unread");
        }
        if (state == State.FULL && last != null && !closed) {
            try {
                state = rows.follows() ? State.CONTINUED : State.ENDED;
            } finally {
                close();
            }
        }
        return state == State.ENDED ? Optional.empty() : Optional.ofNullable(last);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hold.release().run();
        }
    }
}
