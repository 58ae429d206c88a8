package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
final class Binding {
    /** Enough rows to pay for handing them to another thread. */
    static final int CHUNK_ROWS = 1_024;

    private static final int BYTES_EXPECTED_MAX = 1 << 24;

    private final RowBinder binder;
    private final Datapoint[] datapoints;
    private final OnInvalid onInvalid;
    private final long bytesMax;
    private final @Nullable String keyName;
    private final @Nullable BindChunk[] chunks;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private volatile boolean failed;

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

    /** Tells whether there is work for more than one thread. */
    boolean isLarge() {
        return chunks.length > 1;
    }

    /** Binds chunks until none is left to begin; call it from any thread. */
    void work() {
        for (int i = next.getAndIncrement(); i < chunks.length; i = next.getAndIncrement()) {
            try {
                if (!failed) { // chunks are begun in order, so the first that fails is among those that were
                    BindChunk chunk =
                            new BindChunk(this, i * CHUNK_ROWS, Math.min(datapoints.length, (i + 1) * CHUNK_ROWS));
                    chunk.bind();
                    chunks[i] = chunk;
                    failed |= chunk.hasFailed();
                    rowBytes = (int)
                            (chunk.encodedBytes() / Math.max(1, chunk.rows().count()));
                }
            } finally {
                left.countDown();
            }
        }
    }

    /** Waits for the chunks that others began and returns all up to the first that failed; an interrupt is kept. */
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
                break;
            }
            bound.add(chunk);
            if (chunk.hasFailed()) {
                break;
            }
        }
        return bound;
    }
}
