package org.almagest.server.http;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import java.util.Arrays;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.server.http.body.BodyBudget;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.http.door.Route;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.log.Refusal;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects a request body into one array, in the event loop: no thread waits for a slow client.
 *
 * <p>Room is made as bytes come, so what a client announces costs nothing.
 */
final class BodyCollector implements Subscriber<HttpObject> {
    /** What becomes of the body; exactly one of the methods is called, once. */
    interface Sink {
        /** The body is whole. */
        void whole(byte[] body);

        /** The body is refused. */
        void refused(Verdict.Refused why);

        /** Nobody may or will wait for the answer: a key was revoked, time is up, the server stops. */
        void givenUp();

        /** The client has left, or was sent away. */
        void broken(Throwable cause);
    }

    private static final int ROOM_MIN = 8 << 10;
    private static final long GRACE_NANOS = 10_000_000_000L;
    /** Read and dropped before a stream of HTTP/2 is cancelled: dropped later, the bytes would stay off its window. */
    private static final int DROPPED_MAX = 256 << 10;

    private final Route route;
    private final BodyBudget.Lease lease;
    private final HttpLimits limits;
    private final boolean multiplexed;
    private final Sink sink;

    private byte[] bytes = new byte[0];
    private volatile int count;
    private volatile long came;
    private int dropped;
    private volatile boolean over;
    private volatile boolean done;
    private @Nullable Subscription subscription;
    /** Where the window began in which the rate is looked at; of the sweep alone, as the next. */
    private long windowNanos;

    private int windowCount;

    BodyCollector(Route route, BodyBudget.Lease lease, Lobby lobby, Protocol protocol, Sink sink) {
        this.route = route;
        this.lease = lease;
        this.limits = lobby.limits();
        this.multiplexed = protocol == Protocol.HTTP_2;
        this.sink = sink;
        this.windowNanos = lobby.now();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(HttpObject object) {
        if (object instanceof HttpData data) {
            came = came + data.length();
            if (over) {
                drop(data.length());
            } else {
                append(data);
            }
        }
        if (!done && subscription != null) {
            subscription.request(1);
        }
    }

    private void append(HttpData data) {
        int more = data.length();
        if (count + (long) more > route.bodyBytesMax()) {
            refuse(tooLarge(route));
        } else if (!makeRoom(count + more)) {
            refuse(refused(Refusal.Reason.BUSY, BodyBudget.noRoom()));
        } else {
            System.arraycopy(data.array(), 0, bytes, count, more);
            count = count + more;
        }
    }

    private boolean makeRoom(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        long doubled = Math.max(2L * bytes.length, Math.max(ROOM_MIN, needed));
        int room = (int) Math.max(needed, Math.min(doubled, route.bodyBytesMax()));
        if (!lease.grow(room - bytes.length)) {
            if (!lease.grow(needed - bytes.length)) {
                return false;
            }
            room = needed;
        }
        bytes = Arrays.copyOf(bytes, room);
        return true;
    }

    /** Refuses the body, now or before any of it has come. */
    void refuse(Verdict.Refused why) {
        end();
        sink.refused(why);
        if (!multiplexed) {
            stop();
        }
    }

    private void end() {
        over = true;
        bytes = new byte[0];
        lease.close();
    }

    private void drop(int more) {
        dropped += more;
        if (dropped > DROPPED_MAX) {
            stop();
        }
    }

    private void stop() {
        done = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onComplete() {
        done = true;
        if (!over) {
            over = true;
            sink.whole(bytes.length == count ? bytes : Arrays.copyOf(bytes, count));
        }
    }

    @Override
    public void onError(Throwable cause) {
        done = true;
        if (over) {
            return;
        }
        end();
        if (cause instanceof ContentTooLargeException) {
            sink.refused(tooLarge(route));
        } else {
            sink.broken(cause);
        }
    }

    /**
     * Tells whether the body has come too slowly since it was last looked at; asked by one thread at a time.
     *
     * <p>What came fast is no credit for silence later, so each ten seconds are looked at alone.
     */
    boolean tooSlow(long now) {
        long elapsed = now - windowNanos;
        if (done || over || elapsed <= GRACE_NANOS) {
            return false;
        }
        int came = count;
        boolean slow = came - windowCount < limits.bodyBytesPerSecondMin() * (elapsed / 1_000_000_000L);
        windowNanos = now;
        windowCount = came;
        return slow;
    }

    /** Takes no more of the body, as nobody may or will wait for its answer; in the event loop. */
    void giveUp() {
        if (done || over) {
            return;
        }
        end();
        sink.givenUp();
        if (!multiplexed) {
            stop();
        }
    }

    /** Returns how many bytes came, those of a body that was refused or broke off as well. */
    long bytesSoFar() {
        return came;
    }

    /** Which HTTP a request came by. */
    enum Protocol {
        HTTP_1,
        HTTP_2
    }

    static Verdict.Refused tooLarge(Route route) {
        String detail = "body: more than " + route.bodyBytesMax() + " bytes";
        return refused(Refusal.Reason.SIZE, Problem.of(413, "LIMIT_EXCEEDED", detail));
    }

    private static Verdict.Refused refused(Refusal.Reason reason, Problem problem) {
        return (Verdict.Refused) Verdict.refused(reason, problem);
    }
}
