package org.almagest.server.cli.query;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.jspecify.annotations.Nullable;

/** The datapoints of several datasets in the order of one query. One thread. */
final class MergedResult implements QueryResult {
    private final List<QueryResult> parts;
    private final PriorityQueue<Head> heads;
    private long left;
    private boolean iterated;
    private @Nullable DatapointId last;

    /** The next datapoint of one part. */
    private static final class Head {
        private final Iterator<Datapoint> rest;
        private Datapoint row;

        private Head(Iterator<Datapoint> rest) {
            this.rest = rest;
            this.row = rest.next();
        }

        private DatapointId id() {
            return row.id().orElseThrow();
        }
    }

    MergedResult(Query query, List<QueryResult> parts) {
        this.parts = List.copyOf(parts);
        this.left = query.limit().orElse(Long.MAX_VALUE);
        Comparator<Head> order = Comparator.comparing(Head::id);
        this.heads = new PriorityQueue<>(query.order() == SortOrder.DESCENDING ? order.reversed() : order);
    }

    @Override
    public Iterator<Datapoint> iterator() {
        if (iterated) {
            throw new IllegalStateException("query result: iterated a second time");
        }
        iterated = true;
        for (QueryResult part : parts) {
            Iterator<Datapoint> rows = part.iterator();
            if (rows.hasNext()) {
                heads.add(new Head(rows));
            }
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left > 0 && !heads.isEmpty();
            }

            @Override
            public Datapoint next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return advance();
            }
        };
    }

    private Datapoint advance() {
        Head head = heads.remove();
        Datapoint row = head.row;
        last = head.id();
        left--;
        if (head.rest.hasNext()) {
            head.row = head.rest.next();
            heads.add(head);
        }
        return row;
    }

    /** A part that ended at the limit shows no further row, but then the rows of the page are its own. */
    @Override
    public Optional<PageToken> nextToken() {
        boolean more = !heads.isEmpty()
                || last != null
                        && left == 0
                        && parts.stream().anyMatch(part -> part.nextToken().isPresent());
        return more && last != null ? Optional.of(new PageToken(last)) : Optional.empty();
    }

    @Override
    public long version() {
        return parts.stream().mapToLong(QueryResult::version).max().orElse(0);
    }

    @Override
    public void close() {
        parts.forEach(QueryResult::close);
    }
}
