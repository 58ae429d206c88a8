package org.almagest.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.log.Closing;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection, at the end of the pipeline next to the socket: below TLS, so it sees bytes.
 *
 * <p>It decides nothing and has no timer: {@link ConnectionRegistry#sweep} looks at all of them. Fields are written in
 * the event loop of the connection, but for the count of requests, and read by the sweep.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    /** What a connection is at. */
    enum State {
        /** No request is complete: the handshake or the headers of one are awaited. */
        AWAIT,
        /** At least one request is being answered. */
        BUSY,
        /** Nothing is asked. */
        IDLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ConnectionRegistry registry;
    private final Channel channel;
    private final Map<BodyCollector, Exchange> bodies = new ConcurrentHashMap<>();
    private final Set<Exchange> answering = ConcurrentHashMap.newKeySet();
    private volatile State state = State.AWAIT;
    private volatile long since;
    private volatile boolean multiplexed;
    private volatile boolean gone;
    private volatile boolean stalled;
    private volatile int pendingWrites;
    private volatile long pendingBytes;
    private volatile long progressAt;
    private volatile @Nullable ChannelHandlerContext context;
    private int requests;

    ConnectionGuard(ConnectionRegistry registry, Channel channel) {
        this.registry = registry;
        this.channel = channel;
        this.since = registry.now();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        registry.add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        gone = true;
        registry.left(this);
        super.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        // Over HTTP/2 an idle client still acknowledges and pings; there the limit on idle time is all.
        if (state == State.IDLE && !multiplexed) {
            enter(State.AWAIT);
        }
        super.channelRead(ctx, message);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (gone) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        long bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        if (pendingWrites == 0) {
            progressAt = registry.now();
        }
        pendingWrites = pendingWrites + 1;
        pendingBytes = pendingBytes + bytes;
        ChannelPromise seen = promise.unvoid();
        seen.addListener(done -> {
            pendingWrites = pendingWrites - 1;
            pendingBytes = pendingBytes - bytes;
            progressAt = registry.now();
        });
        super.write(ctx, message, seen);
        HttpLimits limits = registry.limits();
        if (pendingBytes > limits.pendingBytesMax() || pendingWrites > limits.pendingWritesMax()) {
            registry.close(this, Closing.PENDING_BYTES);
        }
    }

    private void enter(State next) {
        since = registry.now();
        state = next;
    }

    /** A request has come whole, but for its body. Returns how many are being answered, this one included. */
    synchronized int begin(boolean manyAtOnce, Exchange exchange) {
        answering.add(exchange);
        multiplexed = manyAtOnce;
        requests++;
        enter(State.BUSY);
        return requests;
    }

    /** A request has been answered, or given up. */
    synchronized void end(Exchange exchange) {
        answering.remove(exchange);
        requests--;
        if (requests == 0) {
            enter(State.IDLE);
        }
    }

    void collecting(BodyCollector body, Exchange exchange) {
        bodies.put(body, exchange);
    }

    void collected(BodyCollector body) {
        bodies.remove(body);
    }

    /** Returns why the connection must be closed now, if it must; answers that are read too slowly are broken off. */
    Optional<Closing> overdue(long now) {
        HttpLimits limits = registry.limits();
        if (state == State.AWAIT && millis(now - since) > limits.headerMillisMax()) {
            return Optional.of(Closing.SLOW_HEADERS);
        }
        if (pendingWrites > 0 && millis(now - progressAt) > limits.stallMillisMax()) {
            return Optional.of(Closing.STALLED);
        }
        boolean stuck = false;
        for (Exchange exchange : answering) {
            stuck |= exchange.stuck(now);
        }
        if (stuck) {
            return Optional.of(Closing.STALLED);
        }
        if (bodies.keySet().stream().anyMatch(body -> body.tooSlow(now))) {
            return Optional.of(Closing.SLOW_BODY);
        }
        if (state == State.IDLE && millis(now - since) > limits.idleMillisMax()) {
            return Optional.of(Closing.IDLE);
        }
        return Optional.empty();
    }

    /** Gives up the bodies whose key was revoked, whose time is up, or that come while the server stops. */
    void giveUpBodies() {
        bodies.forEach((body, exchange) -> {
            if (exchange.overNow()) {
                channel.eventLoop().execute(body::giveUp);
            }
        });
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }

    State state() {
        return state;
    }

    long since() {
        return since;
    }

    /** Tells whether the client has left, or was sent away; true the moment the socket is closed. */
    boolean gone() {
        return gone;
    }

    Channel channel() {
        return channel;
    }

    /** Tells whether it was closed because its client read nothing for too long. */
    boolean stalled() {
        return stalled;
    }

    /** Closes the socket from here: from the other end of the pipeline HTTP/2 and TLS would first say goodbye. */
    void close(Closing why) {
        stalled = why == Closing.STALLED;
        gone = true;
        ChannelHandlerContext here = context;
        if (here != null) {
            here.close();
        }
    }
}
