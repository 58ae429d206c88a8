package org.almagest.server.http;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.ClientAddressSource;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.almagest.error.InvalidRequestException;
import org.almagest.server.http.door.HttpLimits;

/**
 * A server of HTTP/1.1 and HTTP/2 on one port. It knows nothing of keys, stores and STAC: those are given to it.
 *
 * <p>Safe for use by several threads.
 */
public final class HttpServer implements AutoCloseable {
    private static final int LINE_SLACK = 64; // method, protocol and spaces of the first line
    private static final int FRAME_BYTES = 16 << 10;
    private static final int STREAM_WINDOW_BYTES = 256 << 10;
    private static final int CONNECTION_WINDOW_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 8 << 10;
    private static final int LOOPS_MIN = 2;
    /** The library goes on serving while its quiet period lasts; ours is over before it begins. */
    private static final Duration QUIET = Duration.ofMillis(1);

    private final House house;
    private final Server server;
    private final EventLoopGroup loops;

    private HttpServer(House house, Server server, EventLoopGroup loops) {
        this.house = house;
        this.server = server;
        this.loops = loops;
    }

    /**
     * Binds the address and serves; returns when it listens.
     *
     * @throws InvalidRequestException if the address cannot be bound
     */
    public static HttpServer start(HttpOptions options) {
        Workers workers = Objects.requireNonNull(options.workers(), "options: workers");
        House house = House.of(options, workers);
        int processors = Runtime.getRuntime().availableProcessors();
        EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(Math.max(LOOPS_MIN, processors), "almagest-io", true);
        Server server = builder(options, house, loops).build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidRequestException("listen: " + options.address(), "not bound: " + cause.getMessage(), e);
        }
        if (options.sweeping() == HttpOptions.Sweeping.EACH_SECOND) {
            loops.next().scheduleAtFixedRate(house.registry()::sweep, 1, 1, TimeUnit.SECONDS);
        }
        return new HttpServer(house, server, loops);
    }

    private static ServerBuilder builder(HttpOptions options, House house, EventLoopGroup loops) {
        ServerBuilder builder = Server.builder();
        SessionProtocol protocol = options.tls() == null ? SessionProtocol.HTTP : SessionProtocol.HTTPS;
        builder.port(options.address(), protocol)
                .workerGroup(loops, false)
                .bossGroupFactory(BossLoops::new)
                .blockingTaskExecutor(1) // Armeria's own needs; requests go to Workers
                .requestTimeoutMillis(0)
                .pingIntervalMillis(0)
                .maxNumRequestsPerConnection(0)
                .gracefulShutdownTimeout(QUIET, QUIET)
                .childChannelPipelineCustomizer(house.registry()::guard)
                .errorHandler(new ProblemErrors(house))
                .disableServerHeader()
                .verboseResponses(false)
                .accessLogWriter(AccessLogWriter.disabled(), false)
                .meterRegistry(NoopMeterRegistry.get()) // Armeria's meters have labels without bound
                .serviceUnder("/", new FrontService(house));
        bound(builder, options.limits());
        if (options.tls() != null) {
            TlsIdentities.apply(builder, options.tls());
        }
        if (options.trustedProxies() != null) {
            builder.clientAddressSources(ClientAddressSource.ofHeader("x-forwarded-for"))
                    .clientAddressTrustedProxyFilter(options.trustedProxies());
        } else {
            builder.clientAddressMapper(proxied -> proxied.sourceAddress());
        }
        return builder;
    }

    /** Armeria's own limits lie above ours, where ours can answer exactly. */
    private static void bound(ServerBuilder builder, HttpLimits limits) {
        int url = (int) limits.urlBytesMax();
        int headers = (int) limits.headerBytesMax();
        builder.maxNumConnections((int) limits.connectionsMax() + 64) // the registry makes room before
                .idleTimeoutMillis(limits.idleMillisMax())
                .maxRequestLength(limits.bodyBytesMax() + (1 << 20))
                .http1MaxInitialLineLength(url + LINE_SLACK)
                .http1MaxHeaderSize(2 * headers)
                .http1MaxChunkSize(CHUNK_BYTES)
                .http2MaxHeaderListSize(url + 2L * headers)
                .http2MaxStreamsPerConnection(limits.streamsPerConnectionMax())
                .http2MaxFrameSize(FRAME_BYTES)
                .http2InitialStreamWindowSize(STREAM_WINDOW_BYTES)
                .http2InitialConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .http2MaxResetFramesPerWindow((int) limits.resetsPerMinuteMax(), 60);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.activeLocalPort();
    }

    /** Returns the address and port it listens on. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(server.activePort(), "server: not listening")
                .localAddress();
    }

    /** Closes connections that have taken longer than they may. Called each second by itself. */
    void sweep() {
        house.registry().sweep();
    }

    /** Returns how many connections there are by state: {@code await}, {@code busy}, {@code idle}. */
    public Map<String, Integer> connections() {
        return house.registry().counts().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
    }

    /** Returns how many requests are being answered. */
    public int inFlight() {
        return house.lobby().inside();
    }

    /** Returns how many bytes of request bodies are in memory. */
    public long bodiesBytes() {
        return house.bodies().bytes();
    }

    /**
     * Lets nobody in from now on, and waits until those who are in have been answered.
     *
     * <p>The health says so; new requests are answered 503 and their connections closed.
     *
     * @return whether all were answered within this time
     */
    public boolean drain(Duration most) throws InterruptedException {
        house.lobby().drain();
        return house.lobby().awaitEmpty(most);
    }

    /**
     * Stops listening, gives up what is still being answered and closes all connections.
     *
     * <p>What a request has stored and was told to its client is stored. Closing again does nothing.
     */
    @Override
    public void close() {
        house.lobby().stop();
        server.stop().join();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
