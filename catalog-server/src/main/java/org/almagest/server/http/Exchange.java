package org.almagest.server.http;

import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.server.http.door.Guest;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.http.door.Route;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Exchanged.End;
import org.jspecify.annotations.Nullable;

/**
 * One request from its headers to the end of its answer: who asks, how long it has been worked on, why it ended.
 *
 * <p>At work in one thread at a time; what other threads read is volatile.
 */
final class Exchange {
    private static final int CLOCK_EVERY = 16;

    private final Lobby lobby;
    private final Asked asked;
    private final Instant at;
    private final long startNanos;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile BooleanSupplier cancelled = () -> false;
    private volatile BooleanSupplier stalled = () -> false;
    private volatile @Nullable Guest guest;
    private volatile @Nullable End end;
    private volatile String problem = "";
    private volatile LongSupplier bytesIn = () -> 0;
    private volatile long queuedNanos;
    private volatile long waitNanos;
    private volatile long workNanos;
    private volatile long turnNanos;
    private volatile boolean atWork;
    /** Whether something for the client is ready, and it is its turn to read. */
    private volatile boolean sending = true;

    private volatile long sendingNanos;
    private volatile long sendingBytes;
    /** Breaks the answer off; of the sweep alone, as the next. */
    private volatile Runnable breaker = () -> {};

    private boolean broken;
    private volatile long items;
    private int asks;

    /** What was asked; all text as it came, to be escaped by whoever writes it. */
    record Asked(String id, String method, Route route, String target, String traceParent, InetAddress address) {}

    Exchange(Lobby lobby, Asked asked) {
        this.lobby = lobby;
        this.asked = asked;
        this.at = lobby.clock().now();
        this.startNanos = lobby.now();
        this.sendingNanos = startNanos;
    }

    String id() {
        return asked.id();
    }

    Asked asked() {
        return asked;
    }

    /**
     * Sets what tells that nobody waits any more.
     *
     * @param because tells whether that is so as the client stopped reading
     */
    void cancelledWhen(BooleanSupplier condition, BooleanSupplier because) {
        stalled = because;
        cancelled = condition;
    }

    void enter(Guest who) {
        guest = who;
    }

    Guest guest() {
        Guest who = guest;
        if (who == null) {
            throw new IllegalStateException("exchange: nobody was let in");
        }
        return who;
    }

    /** Sets what tells how many bytes of its body came, whatever became of them. */
    void took(LongSupplier bytes) {
        bytesIn = bytes;
    }

    void counted(long count) {
        items = count;
    }

    /** Sets what breaks the answer off where it is read too slowly. */
    void brokenOffBy(Runnable how) {
        breaker = how;
    }

    /** Waits for its body from now on. */
    void collecting() {
        sending = false;
    }

    /** Is for the client to read from now on, with so many bytes that are ready. */
    void sending(long bytes) {
        sendingNanos = lobby.now();
        sendingBytes = bytes;
        sending = true;
    }

    /**
     * Breaks the answer off where its client reads too slowly, or where nobody may wait for it; asked by the sweep.
     *
     * <p>Over HTTP/2 what a client does not take waits above the socket, where a connection looks idle. What is ready
     * must be taken within the time of a stall and what its bytes take at the least rate of bodies.
     *
     * @return whether it had been broken off before and is still there, so that its connection must be closed
     */
    boolean stuck(long now) {
        if (broken) {
            return true;
        }
        if (!sending) {
            return false;
        }
        HttpLimits limits = lobby.limits();
        long most = limits.stallMillisMax() + sendingBytes * 1_000 / limits.bodyBytesPerSecondMin();
        if ((now - sendingNanos) / 1_000_000 > most) {
            endsAs(End.STALLED);
        } else if (end != null || !overNow()) { // an answer that tells of an end is read to its own
            return false;
        }
        broken = true;
        breaker.run();
        return false;
    }

    /** Waits for a worker from now on. */
    void queued() {
        sending = false;
        queuedNanos = lobby.now();
    }

    /** Is worked on from now on, by the calling thread. */
    void resumed() {
        turnNanos = lobby.now();
        waitNanos = waitNanos + (turnNanos - queuedNanos);
        atWork = true;
    }

    /** Is worked on no more, and read by the client; called before anything is handed over that may resume it. */
    void paused(long bytes) {
        workNanos = workNanos + (lobby.now() - turnNanos);
        atWork = false;
        sending(bytes);
    }

    /** Names the end, unless it has one. */
    void endsAs(End how) {
        if (end == null) {
            end = how;
        }
    }

    void failed(Throwable failure) {
        endsAs(End.FAILED);
        problem = failure.toString();
    }

    @Nullable
    End end() {
        return end;
    }

    /**
     * Tells whether nobody waits for the answer any more, or it has taken longer than it may.
     *
     * <p>Asked by the engine at least once for a thousand rows. Work counts only while a worker is at it: a slow reader
     * does not use up the time of its query, and a costly query cannot hide behind one.
     */
    boolean over() {
        return ended() || asks++ % CLOCK_EVERY == 0 && late();
    }

    /** Tells the same by the clock of this moment; may be asked while another thread is at work. */
    boolean overNow() {
        return ended() || late();
    }

    private boolean ended() {
        if (end != null) {
            return true;
        }
        if (cancelled.getAsBoolean()) {
            endsAs(stalled.getAsBoolean() ? End.STALLED : End.GONE);
            return true;
        }
        Guest who = guest;
        if (who != null && !who.live()) {
            endsAs(End.REVOKED);
            return true;
        }
        if (lobby.stopping()) {
            endsAs(End.CANCELLED);
            return true;
        }
        return false;
    }

    /** Returns what is answered where the work was given up before the answer began. */
    Problem givenUp() {
        End how = end;
        if (how == End.TIMEOUT) {
            return Problem.of(504, "DEADLINE_EXCEEDED", "request: took longer than it may");
        }
        if (how == End.REVOKED) {
            return Problem.of(401, "UNAUTHENTICATED", "key: revoked");
        }
        if (how == End.CANCELLED) {
            return Problem.of(503, "DRAINING", "server: about to stop (repeating the request is safe)");
        }
        return Problem.of(Problems.CLIENT_GONE, "CANCELLED", "request: cancelled");
    }

    private boolean late() {
        long now = lobby.now();
        long worked = workNanos + (atWork ? now - turnNanos : 0);
        HttpLimits limits = lobby.limits();
        if (worked / 1_000_000 > limits.workMillisMax()
                || (now - startNanos) / 1_000_000 > limits.responseMillisMax()) {
            endsAs(End.TIMEOUT);
            return true;
        }
        return false;
    }

    /** The last byte was sent, or none will be any more; the first call counts. */
    void finish(int status, long bytesOut) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        Guest who = guest;
        if (who != null) {
            who.leave(bytesIn.getAsLong(), bytesOut);
        }
        End how = end;
        lobby.left(new Exchanged(
                new Exchanged.Asked(
                        asked.id(), asked.method(), asked.route().label(), asked.target(), asked.traceParent()),
                from(who),
                new Exchanged.Ended(status, how == null ? End.DONE : how, problem),
                new Exchanged.Took(at, lobby.now() - startNanos, waitNanos, workNanos),
                new Exchanged.Moved(bytesIn.getAsLong(), bytesOut, items)));
    }

    private Exchanged.From from(@Nullable Guest who) {
        String address = asked.address().getHostAddress();
        if (who == null) {
            return Exchanged.From.address(address);
        }
        return new Exchanged.From(who.caller().name(), who.caller().tenant(), address);
    }
}
