package org.almagest.storage.scan;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.jspecify.annotations.Nullable;

/** The answer to a query, read from a scan as it is asked for. */
public final class ScanResult implements QueryResult, Iterator<Datapoint> {
    private final Scan scan;
    private final long version;
    private final long limit;
    private final Runnable release;
    private long returned;
    private @Nullable PageToken last;
    private State state = State.FRESH;
    private boolean more;
    private boolean closed;

    private enum State {
        FRESH,
        /** The scan stands at a row that was not returned. */
        AT_ROW,
        /** The row before was returned; the scan must move. */
        BETWEEN,
        /** No row is left, or the page is full. */
        ENDED
    }

    /**
     * Begins the answer.
     *
     * @param version the version of the catalog that the scan shows
     * @param release called once when the result is closed
     */
    public ScanResult(Scan scan, Query query, long version, Runnable release) {
        this.scan = scan;
        this.version = version;
        this.limit = query.limit().orElse(Long.MAX_VALUE);
        this.release = release;
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
        if (closed && state != State.ENDED) {
            throw new IllegalStateException("query result: closed");
        }
        if (state == State.BETWEEN) {
            more = scan.advance();
            state = more && returned < limit ? State.AT_ROW : State.ENDED;
            if (state == State.ENDED) {
                close();
            }
        }
        return state == State.AT_ROW;
    }

    @Override
    public Datapoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Datapoint row = scan.datapoint();
        last = new PageToken(scan.id());
        returned++;
        state = State.BETWEEN;
        return row;
    }

    @Override
    public Optional<PageToken> nextToken() {
        if (state != State.ENDED && (state == State.FRESH || hasNext())) {
            throw new IllegalStateException("query result: rows of this page are unread");
        }
        return returned == limit && more ? Optional.ofNullable(last) : Optional.empty();
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
