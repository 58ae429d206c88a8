package org.almagest.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.io.stac.exchange.StacBody;

/** A body of so many pieces of 64 KiB, that says how many were pulled and when it was closed. */
class PulledBody implements StacBody {
    static final int PIECE = 64 << 10;

    final AtomicInteger pulled = new AtomicInteger();
    private final AtomicInteger all;
    final CountDownLatch closed = new CountDownLatch(1);
    private final int pieces;

    PulledBody(int pieces) {
        this(pieces, new AtomicInteger());
    }

    /** @param all counts the pieces of many bodies */
    PulledBody(int pieces, AtomicInteger all) {
        this.pieces = pieces;
        this.all = all;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean next(OutputStream sink) throws IOException {
        int piece = pulled.getAndIncrement();
        all.incrementAndGet();
        byte[] bytes = new byte[PIECE];
        Arrays.fill(bytes, (byte) ('a' + piece % 26));
        sink.write(bytes);
        return piece + 1 < pieces;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Waits until it was closed; only a failing test waits long. */
    boolean wasClosed() throws InterruptedException {
        return closed.await(60, TimeUnit.SECONDS);
    }
}
