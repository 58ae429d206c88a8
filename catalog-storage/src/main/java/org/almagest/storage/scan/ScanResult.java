package org.almagest.storage.scan;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Deadline;
import org.jspecify.annotations.Nullable;

/** The answer to a query, read as it is asked for; looks beyond a full page only when asked for the next one. */
public final class ScanResult implements QueryResult, Iterator<Datapoint> {
    private static final int ROWS_PER_AGE_CHECK = 1_024;

    private final ResultRows rows;
    private final long version;
    private final long limit;
    private final Hold hold;
    private long returned;
    private @Nullable PageToken last;
    private State state = State.FRESH;
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
     * @param age passes when it has been kept too long
     */
    public record Hold(Runnable release, Deadline age) {}

    /**
     * Begins the answer.
     *
     * @param version the version of the catalog that the rows show
     * @param hold what it holds on to
     */
    public ScanResult(ResultRows rows, Query query, long version, Hold hold) {
        this.rows = rows;
        this.version = version;
        this.limit = query.limit().orElse(Long.MAX_VALUE);
        this.hold = hold;
    }

    @Override
    public Iterator<Datapoint> iterator() {
        if (state != State.FRESH) {
            throw new IllegalStateException("query result: iterated a second time");
        }
        state = State.BETWEEN;
        return this;
    }

    @Override
    public boolean hasNext() {
        if (closed && (state == State.AT_ROW || state == State.BETWEEN)) {
            throw new IllegalStateException("query result: closed");
        }
        if (state == State.BETWEEN) {
            move();
        }
        return state == State.AT_ROW;
    }

    private void move() {
        if (returned == limit) {
            state = State.FULL;
        } else if (rows.advance()) {
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
        Datapoint row = rows.datapoint();
        returned++;
        if (returned % ROWS_PER_AGE_CHECK == 0) {
            hold.age().check();
        }
        if (returned == limit) {
            last = rows.token();
        }
        state = State.BETWEEN;
        return row;
    }

    @Override
    public Optional<PageToken> nextToken() {
        if (state == State.FRESH || hasNext()) {
            throw new IllegalStateException("query result: rows of this page are unread");
        }
        if (state == State.FULL && last != null && !closed) {
            state = rows.follows() ? State.CONTINUED : State.ENDED;
            close();
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
