package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Observer;
import org.almagest.server.log.Refusal;

/** Keeps what a server tells, for a test to take one by one. */
final class Heard implements Observer {
    private final BlockingQueue<Exchanged> finished = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closing> closed = new LinkedBlockingQueue<>();

    @Override
    public void finished(Exchanged exchange) {
        finished.add(exchange);
    }

    @Override
    public void refused(Refusal why) {
        refused.add(why);
    }

    @Override
    public void closed(Closing why) {
        closed.add(why);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(HttpTestServer.LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(next, "nothing was told");
        return next;
    }

    /** Waits for the next end of a request. */
    Exchanged exchange() throws InterruptedException {
        return next(finished);
    }

    Refusal.Reason refusal() throws InterruptedException {
        return next(refused).reason();
    }

    Closing closing() throws InterruptedException {
        return next(closed);
    }
}
