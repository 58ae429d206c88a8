package org.almagest.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.server.log.Exchanged.End;

/**
 * Sends a long answer piece by piece: the next is made in a worker when the one before has gone into the socket.
 *
 * <p>So an answer takes one piece of memory here and one in the socket, and a slow reader holds no thread. The pieces
 * are separate tasks: between them others have their turn.
 */
final class BodyPump implements Runnable {
    private static final int PIECE = 64 << 10;

    private final Workers workers;
    private final Exchange exchange;
    private final HttpResponseWriter out;
    private final StacBody body;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    BodyPump(Workers workers, Exchange exchange, HttpResponseWriter out, StacBody body, Runnable release) {
        this.workers = workers;
        this.exchange = exchange;
        this.out = out;
        this.body = body;
        this.release = release;
    }

    /** Sends a piece, after which more follow. The turn of the caller is over: the next may begin before this returns. */
    void send(Work.Piece piece) {
        exchange.paused(piece.size());
        if (!out.tryWrite(HttpData.wrap(piece.buffer(), 0, piece.size()))) {
            gone();
            return;
        }
        out.whenConsumed().whenComplete((sent, cause) -> {
            exchange.queued();
            if (cause != null) {
                exchange.endsAs(End.GONE);
            }
            workers.resume(exchange.guest().queue(), this);
        });
    }

    @Override
    public void run() {
        exchange.resumed();
        try {
            step();
        } catch (IOException | RuntimeException | Error e) {
            exchange.failed(e);
            exchange.paused(0);
            breakOff();
        }
    }

    private void step() throws IOException {
        if (exchange.over()) {
            exchange.paused(0);
            breakOff();
            return;
        }
        Work.Piece piece = new Work.Piece();
        boolean more = true;
        while (more && piece.size() < PIECE && !exchange.over()) {
            more = body.next(piece);
        }
        if (exchange.over()) { // what ended because it was given up is not whole
            exchange.paused(0);
            breakOff();
            return;
        }
        if (more) {
            send(piece);
            return;
        }
        release();
        exchange.paused(piece.size());
        if (piece.size() > 0 && !out.tryWrite(HttpData.wrap(piece.buffer(), 0, piece.size()))) {
            exchange.endsAs(End.GONE);
        }
        out.close();
    }

    private void gone() {
        exchange.endsAs(End.GONE);
        release();
    }

    /** The client must not take what it has for all: the stream is reset, or the connection closed without an end. */
    private void breakOff() {
        try {
            release();
        } finally {
            out.close(AbortedStreamException.get()); // the library says nothing of this one; the exchange does
        }
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
