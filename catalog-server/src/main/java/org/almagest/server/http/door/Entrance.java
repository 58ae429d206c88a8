package org.almagest.server.http.door;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.server.log.Refusal.Reason;

/**
 * What is looked at before anybody is asked for a key: sizes, method, host, origin. Without sockets.
 *
 * <p>In this order, the first that is wrong answers.
 */
public final class Entrance {
    private final HttpLimits limits;
    private final HostRules hosts;
    private final OriginRules origins;

    public Entrance(HttpLimits limits, HostRules hosts, OriginRules origins) {
        this.limits = limits;
        this.hosts = hosts;
        this.origins = origins;
    }

    /**
     * What a request shows at the door.
     *
     * @param method as sent
     * @param host the field Host or :authority, empty where there is none
     * @param here the address the connection came in at, as text
     */
    public record Shown(String method, String target, String host, String here, StacHeaders headers, boolean secure) {}

    /** Returns why a request is refused, or nothing. */
    public Optional<Verdict> check(Shown shown) {
        if (shown.target().length() > limits.urlBytesMax()) {
            return refuse(Reason.SIZE, 414, "LIMIT_EXCEEDED", "target: more than " + limits.urlBytesMax() + " bytes");
        }
        if (bytes(shown.headers()) > limits.headerBytesMax()) {
            return refuse(
                    Reason.SIZE, 431, "LIMIT_EXCEEDED", "headers: more than " + limits.headerBytesMax() + " bytes");
        }
        if (!shown.target().startsWith("/") || shown.target().indexOf('#') >= 0) {
            return refuse(Reason.MALFORMED, 400, "INVALID_REQUEST", "target: no path");
        }
        Optional<StacMethod> method = StacMethod.parse(shown.method());
        if (method.isEmpty()) {
            return refuse(Reason.MALFORMED, 501, "NOT_IMPLEMENTED", "method: not known");
        }
        if (!hosts.ours(shown.host(), shown.here())) {
            return refuse(Reason.HOST, 421, "MISDIRECTED", "host: not the name of this server");
        }
        if (writes(method.get()) && !origins.mayWrite(shown.headers(), shown.host(), shown.secure())) {
            return refuse(Reason.ORIGIN, 403, "PERMISSION_DENIED", "origin: pages of other origins may not write");
        }
        if (writes(method.get()) && OriginRules.isForm(shown.headers())) {
            return refuse(Reason.ENCODING, 415, "UNSUPPORTED_MEDIA_TYPE", "content-type: a form (expected JSON)");
        }
        return encoding(shown.headers());
    }

    private static Optional<Verdict> encoding(StacHeaders headers) {
        List<String> encodings = headers.all("content-encoding");
        if (encodings.size() > 1 || encodings.size() == 1 && !understands(encodings.get(0))) {
            return refuse(
                    Reason.ENCODING, 415, "UNSUPPORTED_ENCODING", "content-encoding: not known (gzip or deflate, one)");
        }
        return Optional.empty();
    }

    private static boolean understands(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity", "gzip", "x-gzip", "deflate" -> true;
            default -> false;
        };
    }

    private static boolean writes(StacMethod method) {
        return switch (method) {
            case POST, PUT, PATCH, DELETE -> true;
            case GET, HEAD, OPTIONS -> false;
        };
    }

    private static long bytes(StacHeaders headers) {
        long bytes = 0;
        for (Map.Entry<String, List<String>> field : headers.toMap().entrySet()) {
            for (String value : field.getValue()) {
                bytes += field.getKey().length() + value.length();
            }
        }
        return bytes;
    }

    private static Optional<Verdict> refuse(Reason reason, int status, String code, String detail) {
        return Optional.of(Verdict.refused(reason, Problem.of(status, code, detail)));
    }
}
