package org.almagest.server.http.door;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.error.InvalidRequestException;

/**
 * Bounds of the server, beside those of the engine and of the API. A value at its bound is taken, one past it refused.
 *
 * @param connectionsMax connections at a time; one more pushes out the one that has been idle longest
 * @param connectionsPerAddressMax connections of one address, or of one /64 of IPv6
 * @param streamsPerConnectionMax requests at a time on one connection
 * @param urlBytesMax bytes of path and query
 * @param headerBytesMax bytes of all other header fields together, names and values
 * @param bodyBytesMax bytes of a request body, as it comes and unpacked; a route may take less
 * @param bodiesBytesMax bytes of all request bodies in memory
 * @param inflateRatioMax bytes that one byte of a compressed body may become, once it became more than 1 MiB
 * @param headerMillisMax milliseconds for handshake and headers together
 * @param bodyBytesPerSecondMin bytes a second that a body comes with at least, after the first ten seconds
 * @param stallMillisMax milliseconds in which a client reads nothing of what is sent
 * @param idleMillisMax milliseconds after which a connection without a request is closed
 * @param pendingBytesMax bytes that may wait to be sent on one connection
 * @param pendingWritesMax pieces, acknowledgements among them, that may wait to be sent on one connection
 * @param resetsPerMinuteMax streams of HTTP/2 that a client may open and reset in a minute
 * @param workMillisMax milliseconds in workers for one request, however slowly its answer is read
 * @param responseMillisMax milliseconds from the headers of a request to the end of its answer
 */
public record HttpLimits(
        long connectionsMax,
        long connectionsPerAddressMax,
        long streamsPerConnectionMax,
        long urlBytesMax,
        long headerBytesMax,
        long bodyBytesMax,
        long bodiesBytesMax,
        long inflateRatioMax,
        long headerMillisMax,
        long bodyBytesPerSecondMin,
        long stallMillisMax,
        long idleMillisMax,
        long pendingBytesMax,
        long pendingWritesMax,
        long resetsPerMinuteMax,
        long workMillisMax,
        long responseMillisMax) {
    private static final long KIB = 1_024;
    private static final long MIB = KIB * KIB;
    private static final HttpLimits DEFAULTS = new HttpLimits(
            1_000, 100, 128, 8 * KIB, 8 * KIB, 64 * MIB, 256 * MIB, 100, 10_000, KIB, 30_000, 300_000, 16 * MIB, 10_000,
            400, 30_000, 600_000);

    /** Checks that every bound is at least 1, and that those the protocol counts in 32 bits fit. */
    public HttpLimits {
        Map<String, Long> all = Map.of("urlBytesMax", urlBytesMax, "headerBytesMax", headerBytesMax);
        requireWithin(all, 256, 1 << 20);
        requireWithin(
                Map.of(
                        "connectionsMax", connectionsMax,
                        "connectionsPerAddressMax", connectionsPerAddressMax,
                        "streamsPerConnectionMax", streamsPerConnectionMax,
                        "inflateRatioMax", inflateRatioMax,
                        "resetsPerMinuteMax", resetsPerMinuteMax,
                        "pendingWritesMax", pendingWritesMax,
                        "bodyBytesPerSecondMin", bodyBytesPerSecondMin),
                1,
                1_000_000);
        requireWithin(
                Map.of(
                        "headerMillisMax", headerMillisMax,
                        "stallMillisMax", stallMillisMax,
                        "idleMillisMax", idleMillisMax,
                        "workMillisMax", workMillisMax,
                        "responseMillisMax", responseMillisMax),
                1,
                86_400_000);
        requireWithin(Map.of("bodyBytesMax", bodyBytesMax, "pendingBytesMax", pendingBytesMax), 1, 1 << 30);
        requireWithin(Map.of("bodiesBytesMax", bodiesBytesMax), 1, Long.MAX_VALUE);
    }

    private static void requireWithin(Map<String, Long> values, long least, long most) {
        values.forEach((name, value) -> {
            if (value < least || value > most) {
                throw new InvalidRequestException(
                        "limits: http." + name, value + " (expected " + least + " to " + most + ")");
            }
        });
    }

    /** Returns the bounds that hold unless others are given. */
    public static HttpLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these bounds with one of them changed.
     *
     * @param name the component
     * @throws InvalidRequestException if there is no such bound, or the value is out of range
     */
    public HttpLimits with(String name, long value) {
        Map<String, Long> all = toMap();
        if (all.replace(name, value) == null) {
            throw new InvalidRequestException("limits: http." + name, "no such limit");
        }
        Class<?>[] types = new Class<?>[all.size()];
        Arrays.fill(types, long.class);
        try {
            return HttpLimits.class
                    .getDeclaredConstructor(types)
                    .newInstance(all.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidRequestException) {
                throw (InvalidRequestException) e.getCause();
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns all bounds by name, in the order of the components; a new, modifiable map. */
    public Map<String, Long> toMap() {
        Map<String, Long> all = new LinkedHashMap<>();
        try {
            for (RecordComponent component : HttpLimits.class.getRecordComponents()) {
                all.put(component.getName(), (Long) component.getAccessor().invoke(this));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }
}
