package org.almagest.io.stac.search;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.almagest.error.CatalogException;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.ItemsBody;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * A page that is written while it is read. One thread at a time.
 *
 * <p>The first piece is made before the status is sent, so that most failures are answers; what is short is known whole
 * then, and has a length.
 */
final class PageBody implements ItemsBody {
    private static final int PIECE = 1 << 16;

    private final PageRows rows;
    private final ItemPageWriter writer;
    private final ByteSink sink;
    private final PageEnds ends;
    private final Iterator<Datapoint> iterator;
    private long items;
    private boolean isRead;
    private boolean isEnded;
    private boolean isClosed;
    private @Nullable OptionalLong matched;

    /** Tells what stands at the end of a page. */
    interface PageEnds {
        /** Returns counts and links; {@code next} is where the next page begins. */
        ItemFormat.PageEnd end(long items, OptionalLong matched, Optional<PageToken> next);
    }

    PageBody(PageRows rows, ItemPageWriter writer, ByteSink sink, PageEnds ends) {
        this.rows = rows;
        this.writer = writer;
        this.sink = sink;
        this.ends = ends;
        this.iterator = rows.iterator();
    }

    /**
     * Makes the first piece, without the end of the page.
     *
     * @throws CatalogException if the rows cannot be read
     */
    void begin() {
        try {
            read();
        } catch (IOException e) {
            throw new IllegalStateException(e); // formats fail by what they append to, which is memory
        }
    }

    /** Tells whether all items were read. */
    boolean isRead() {
        return isRead;
    }

    /** Tells whether another page follows; known once all items were read. */
    boolean hasNext() {
        return isRead && rows.nextToken().isPresent();
    }

    /** Says how many items match in all, and ends the page if all of it was read. */
    void matched(OptionalLong count) {
        matched = count;
        try {
            endIfRead();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() throws IOException {
        while (!isRead && sink.size() < PIECE) {
            Datapoint row = rows.work().run(() -> iterator.hasNext() ? iterator.next() : null);
            Place place = row == null ? null : rows.place(row);
            if (row == null) {
                isRead = true;
            } else if (place != null) {
                writer.item(row, place);
                items++;
            }
        }
    }

    private void endIfRead() throws IOException {
        OptionalLong count = matched;
        if (isRead && !isEnded && count != null) {
            writer.end(ends.end(items, count, rows.nextToken()));
            isEnded = true;
            rows.done();
            writer.close();
        }
    }

    @Override
    public OptionalLong length() {
        return isEnded && !isClosed ? OptionalLong.of(sink.size()) : OptionalLong.empty();
    }

    @Override
    public boolean next(OutputStream out) throws IOException {
        if (isClosed) {
            return false;
        }
        try {
            sink.drainTo(out);
            if (isEnded) {
                close();
                return false;
            }
            read();
            endIfRead();
            return true;
        } catch (CatalogException e) {
            close();
            throw new IOException("page: broken off: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public long items() {
        return items;
    }

    @Override
    public Optional<Supplier<String>> explain() {
        return Optional.of(rows::explain);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            rows.close();
            writer.close();
        }
    }
}
