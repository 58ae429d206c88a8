package org.almagest.testing;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Deadline;

/** The answer of a {@link ModelCatalog}: a list, read once. */
final class ModelResult implements QueryResult, Iterator<Datapoint> {
    private final List<Datapoint> page;
    private final boolean more;
    private final long version;
    private final Deadline deadline;
    private boolean begun;
    private boolean closed;
    private int next;

    ModelResult(List<Datapoint> page, boolean more, long version, Deadline deadline) {
        this.page = page;
        this.more = more;
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
        if (closed && next < page.size()) {
            throw new IllegalStateException("query result: closed");
        }
        return next < page.size();
    }

    @Override
    public Datapoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        deadline.check();
        return page.get(next++);
    }

    @Override
    public Optional<PageToken> nextToken() {
        if (next < page.size()) {
            throw new IllegalStateException("query result: rows of this page are unread");
        }
        return more && !page.isEmpty() ? page.get(page.size() - 1).id().map(PageToken::new) : Optional.empty();
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
