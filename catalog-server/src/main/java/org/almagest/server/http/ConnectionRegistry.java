package org.almagest.server.http;

import io.netty.channel.ChannelPipeline;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.almagest.server.http.ConnectionGuard.State;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Observer;

/**
 * All connections, by the address of their other end: which may come, and which have taken too long.
 *
 * <p>Safe for use by several threads. The address and port of the other end name a connection: Armeria gives services
 * those and no channel.
 */
final class ConnectionRegistry {
    private static final int PREFIX_BYTES = 8; // of IPv6: a /64 is what one customer has

    private final HttpLimits limits;
    private final LongSupplier ticker;
    private final Observer observer;
    private final Map<SocketAddress, ConnectionGuard> guards = new ConcurrentHashMap<>();
    private final Map<String, Integer> perAddress = new HashMap<>();

    ConnectionRegistry(HttpLimits limits, LongSupplier ticker, Observer observer) {
        this.limits = limits;
        this.ticker = ticker;
        this.observer = observer;
    }

    /** Puts a guard in front of a new connection. */
    void guard(ChannelPipeline pipeline) {
        pipeline.addFirst("almagest-guard", new ConnectionGuard(this, pipeline.channel()));
    }

    long now() {
        return ticker.getAsLong();
    }

    HttpLimits limits() {
        return limits;
    }

    Optional<ConnectionGuard> of(SocketAddress remote) {
        return Optional.ofNullable(guards.get(remote));
    }

    /** Takes a new connection, or closes it, or makes room for it by closing the one that has done nothing longest. */
    void add(ConnectionGuard guard) {
        Optional<ConnectionGuard> loser = Optional.empty();
        Closing why = Closing.TOO_MANY;
        synchronized (perAddress) {
            String from = sourceOf(guard);
            if (perAddress.getOrDefault(from, 0) >= limits.connectionsPerAddressMax()) {
                loser = Optional.of(guard);
                why = Closing.PER_ADDRESS;
            } else if (guards.size() >= limits.connectionsMax()) {
                loser = longestWithoutRequest().or(() -> Optional.of(guard));
            }
            if (loser.isEmpty() || loser.get() != guard) {
                guards.put(guard.channel().remoteAddress(), guard);
                perAddress.merge(from, 1, Integer::sum);
            }
        }
        if (loser.isPresent()) {
            close(loser.get(), why);
        }
    }

    private Optional<ConnectionGuard> longestWithoutRequest() {
        return guards.values().stream()
                .filter(one -> one.state() != State.BUSY)
                .min(Comparator.comparingLong(ConnectionGuard::since));
    }

    /** The other end has closed the connection, or we have. */
    void left(ConnectionGuard guard) {
        if (remove(guard)) {
            observer.closed(Closing.GONE);
        }
    }

    /** Closes a connection at once: what waits to be sent on it is dropped. */
    void close(ConnectionGuard guard, Closing why) {
        boolean known = remove(guard);
        boolean refused = !known && !guard.gone();
        guard.close(why);
        if (known || refused) {
            observer.closed(why);
        }
    }

    private boolean remove(ConnectionGuard guard) {
        synchronized (perAddress) {
            if (!guards.remove(guard.channel().remoteAddress(), guard)) {
                return false;
            }
            perAddress.computeIfPresent(sourceOf(guard), (from, count) -> count == 1 ? null : count - 1);
            return true;
        }
    }

    /** Closes every connection that has taken longer than it may. */
    void sweep() {
        long now = now();
        for (ConnectionGuard guard : guards.values()) {
            guard.overdue(now).ifPresent(why -> close(guard, why));
            guard.giveUpBodies();
        }
    }

    /** Returns how many connections there are, by what they are at. */
    Map<State, Integer> counts() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        guards.values().forEach(guard -> counts.merge(guard.state(), 1, Integer::sum));
        return counts;
    }

    int size() {
        return guards.size();
    }

    private static String sourceOf(ConnectionGuard guard) {
        SocketAddress remote = guard.channel().remoteAddress();
        return remote instanceof InetSocketAddress socket ? sourceOf(socket.getAddress()) : String.valueOf(remote);
    }

    /** Returns what counts as one client: an address, or a /64 of IPv6. */
    static String sourceOf(InetAddress address) {
        if (address instanceof Inet6Address) {
            return Arrays.toString(Arrays.copyOf(address.getAddress(), PREFIX_BYTES));
        }
        return address.getHostAddress();
    }
}
