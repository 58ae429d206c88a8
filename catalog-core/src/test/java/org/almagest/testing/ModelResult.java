package org.almagest.testing;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Deadline;
import org.jspecify.annotations.Nullable;

/** The answer of a {@link ModelCatalog}: a list, read once. */
final class ModelResult implements QueryResult, Iterator<Datapoint> {
    private final List<Datapoint> page;
    private final @Nullable PageToken next;
    private final long version;
    private final Deadline deadline;
    private boolean begun;
    private boolean closed;
    private int at;

    ModelResult(List<Datapoint> page, @Nullable PageToken next, long version, Deadline deadline) {
        this.page = page;
        this.next = next;
        this.version = version;
        this.deadline = deadline;
    }

    @Override
    public Iterator<Datapoint> iterator() {
        if (begun) {
            throw new IllegalStateException("query result: iterated a second time");
        }
        begun = true;
        return this;
    }

    @Override
    public boolean hasNext() {
        if (closed && at < page.size()) {
            throw new IllegalStateException("query result: closed");
        }
        return at < page.size();
    }

    @Override
    public Datapoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        deadline.check();
        return page.get(at++);
    }

    @Override
    public Optional<PageToken> nextToken() {
        if (at < page.size()) {
            throw new IllegalStateException("query result: rows of this page are unread");
        }
        return Optional.ofNullable(next);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public void close() {
        closed = true;
    }
}
