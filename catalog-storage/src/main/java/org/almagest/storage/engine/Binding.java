package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.internal.row.BoundRows;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.OnInvalid;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Binds the rows of one call, chunk by chunk, in as many threads as care to help. What comes out does not depend on them.
 */
class Binding {
    /** Enough rows to pay for handing them to another thread, and few, as the last chunk may be waited for by all others. */
    static final int CHUNK_ROWS = 256;

    /** Calls of so many rows are bound before another thread is awake. */
    static final int ALONE_ROWS_MAX = 1024;

    private static final int BYTES_EXPECTED_MAX = 1 << 24;

    private final RowBinder binder;
    private final Datapoint[] datapoints;
    private final OnInvalid onInvalid;
    private final long bytesMax;
    private final @Nullable String keyName;
    private final @Nullable BindChunk[] chunks;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;

    /** The lowest number of a chunk that failed so far. */
    private final AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE);

    /** What kept a chunk from being made; its rows are nowhere, so the call must fail. */
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    /** The size of a row in a chunk that was bound; 0 before. */
    private volatile int rowBytes;

    Binding(List<Datapoint> datapoints, Target target, IngestOptions options, Limits limits) {
        this.binder = new RowBinder(target.schema(), target.id(), limits, options);
        this.datapoints = datapoints.toArray(new Datapoint[0]);
        this.onInvalid = options.onInvalid();
        this.bytesMax = limits.commitBytesMax();
        this.keyName = target.schema().key().map(Field::name).orElse(null);
        this.chunks = new @Nullable BindChunk[(this.datapoints.length + CHUNK_ROWS - 1) / CHUNK_ROWS];
        this.left = new CountDownLatch(chunks.length);
    }

    RowBinder binder() {
        return binder;
    }

    Datapoint datapoint(int position) {
        return datapoints[position];
    }

    void readAhead(BoundRows rows, int from, int to) {
        rows.readAhead(datapoints, from, to);
    }

    OnInvalid onInvalid() {
        return onInvalid;
    }

    long bytesMax() {
        return bytesMax;
    }

    @Nullable
    Object keyOf(Datapoint datapoint) {
        return keyName == null ? null : datapoint.values().get(keyName);
    }

    /** Returns how many bytes some rows may take; 0 where that is not known yet. */
    int bytesExpected(int rows) {
        long expected = (long) rowBytes * rows;
        return (int) Math.min(BYTES_EXPECTED_MAX, expected + expected / 16);
    }

    /** Tells whether there is so much work that it pays to wake other threads for it. */
    boolean isLarge() {
        return datapoints.length > ALONE_ROWS_MAX;
    }

    /** Binds chunks until none is left to begin; call it from any thread. What fails is thrown by {@link #await}. */
    void work() {
        for (int i = next.getAndIncrement(); i < chunks.length; i = next.getAndIncrement()) {
            try {
                if (isNeeded(i)) {
                    chunks[i] = bind(i);
                }
            } catch (RuntimeException | Error e) { // Not those of a row, which its chunk keeps: space for a chunk.
                broken.compareAndSet(null, e);
                firstFailed.accumulateAndGet(i, Math::min);
            } finally {
                left.countDown();
            }
        }
    }

    /** Tells whether no chunk before this one failed. One after it may have: threads do not go in step. */
    boolean isNeeded(int chunk) {
        return chunk < firstFailed.get();
    }

    private BindChunk bind(int number) {
        BindChunk chunk = begin(number);
        chunk.bind();
        if (chunk.hasFailed()) {
            firstFailed.accumulateAndGet(number, Math::min);
        }
        rowBytes = (int) (chunk.encodedBytes() / Math.max(1, chunk.rows().count()));
        return chunk;
    }

    BindChunk begin(int chunk) {
        return new BindChunk(this, chunk * CHUNK_ROWS, Math.min(datapoints.length, (chunk + 1) * CHUNK_ROWS));
    }

    /**
     * Waits for the chunks that others began and returns all up to the first that failed; an interrupt is kept.
     *
     * <p>Throws where one before that could not be made, in whichever thread that was.
     */
    List<BindChunk> await() {
        boolean interrupted = false;
        while (left.getCount() > 0) {
            try {
                left.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<BindChunk> bound = new ArrayList<>(chunks.length);
        for (BindChunk chunk : chunks) {
            if (chunk == null) {
                throw missing();
            }
            bound.add(chunk);
            if (chunk.hasFailed()) {
                break;
            }
        }
        return bound;
    }

    private RuntimeException missing() {
        Throwable cause = broken.get();
        if (cause instanceof Error) {
            throw (Error) cause;
        }
        return cause instanceof RuntimeException
                ? (RuntimeException) cause
                : new IllegalStateException("ingest: a chunk of rows is missing", cause);
    }
}
