package org.almagest.io.stac.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import org.almagest.io.stac.exchange.ItemsBody;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacObserver;
import org.almagest.io.stac.exchange.StacObserver.Answered;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.runtime.Stopwatch;

/** A body that counts what is written of it and tells an observer once, at its end. */
final class ObservedBody implements StacBody {
    private final StacBody body;
    private final StacObserver observer;
    private final StacRequest request;
    private final Answered begun;
    private final long startNanos;
    private long bytes;
    private boolean told;

    /** @param begun what is known already: route and status */
    ObservedBody(StacBody body, StacObserver observer, StacRequest request, Answered begun, long startNanos) {
        this.body = body;
        this.observer = observer;
        this.request = request;
        this.begun = begun;
        this.startNanos = startNanos;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public boolean next(OutputStream sink) throws IOException {
        boolean more = body.next(new Counting(sink));
        if (!more) {
            tell();
        }
        return more;
    }

    @Override
    public void close() {
        try {
            body.close();
        } finally {
            tell();
        }
    }

    private void tell() {
        if (told) {
            return;
        }
        told = true;
        Duration taken = Duration.ofNanos(Stopwatch.nanos() - startNanos);
        long items = body instanceof ItemsBody page ? page.items() : 0;
        observer.answered(
                request,
                new Answered(
                        begun.route(),
                        begun.status(),
                        bytes,
                        items,
                        taken,
                        body instanceof ItemsBody page ? page.explain() : begun.explain()));
    }

    private final class Counting extends FilterOutputStream {
        Counting(OutputStream sink) {
            super(sink);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] piece, int from, int count) throws IOException {
            out.write(piece, from, count);
            bytes += count;
        }

        @Override
        public void close() {
            // The sink is the carrier's.
        }
    }
}
