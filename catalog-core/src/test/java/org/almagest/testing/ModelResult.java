package org.almagest.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.almagest.batch.RowBatch;
import org.almagest.error.CatalogException;
import org.almagest.geo.Footprint;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.PageToken;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Deadline;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The answer of a {@link ModelCatalog}: a list, read once. */
final class ModelResult implements QueryResult, Iterator<Datapoint> {
    private final List<Shown> page;
    private final @Nullable PageToken next;
    private final long version;
    private final Deadline deadline;
    private final BatchArrays.Shape shape;
    private boolean begun;
    private boolean closed;
    private int at;

    /**
     * A row of the page.
     *
     * @param row as the query selects it
     * @param footprint where it is
     */
    record Shown(Datapoint row, @Nullable Footprint footprint) {}

    ModelResult(List<Shown> page, @Nullable PageToken next, long version, Deadline deadline, BatchArrays.Shape shape) {
        this.page = page;
        this.next = next;
        this.version = version;
        this.deadline = deadline;
        this.shape = shape;
    }

    @Override
    public Iterator<Datapoint> iterator() {
        begin();
        return this;
    }

    private void begin() {
        needFresh();
        begun = true;
    }

    private void needFresh() {
        if (begun) {
            throw new IllegalStateException("query result: iterated a second time");
        }
    }

    @Override
    public Iterable<RowBatch> batches(int rowsMax) {
        needFresh();
        List<Datapoint> rows = new ArrayList<>();
        BatchArrays batch = new BatchArrays(shape, rowsMax, new BatchArrays.Source() {
            @Override
            public @Nullable Geometry geometry(int row) {
                return placeOf(rows.get(row));
            }

            @Override
            public UUID collectionId(int row) {
                return rows.get(row).collectionId().orElseThrow();
            }
        });
        return () -> {
            begin();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return ModelResult.this.hasNext();
                }

                @Override
                public RowBatch next() {
                    batch.clear();
                    rows.clear();
                    do {
                        Shown shown = shownNext();
                        rows.add(shown.row);
                        fill(batch, shown);
                    } while (!batch.isFull() && hasNext());
                    return batch;
                }
            };
        };
    }

    private @Nullable Geometry placeOf(Datapoint row) {
        if (closed) {
            throw new IllegalStateException("query result: closed");
        }
        return row.geometry().orElse(null);
    }

    private static void fill(BatchArrays batch, Shown shown) {
        DatapointId id = shown.row.id().orElseThrow();
        int row = batch.add(id.high(), id.low());
        batch.ingestionMicros()[row] = ChronoUnit.MICROS.between(
                Instant.EPOCH, shown.row.ingestionTime().orElseThrow());
        shown.row.values().forEach((name, value) -> batch.column(name).set(row, value));
        if (batch.hasPlaces() && shown.footprint != null) {
            BoundingBox box = shown.footprint.indexBox();
            batch.setBox(row, (float) box.west(), (float) box.south(), (float) box.east(), (float) box.north());
        }
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
        return shownNext().row;
    }

    private Shown shownNext() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            deadline.check();
        } catch (CatalogException e) {
            closed = true;
            throw e;
        }
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
