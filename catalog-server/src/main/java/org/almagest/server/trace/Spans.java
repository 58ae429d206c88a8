package org.almagest.server.trace;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.runtime.RandomSource;
import org.almagest.server.log.Exchanged;

/**
 * Requests as spans of OpenTelemetry in OTLP's JSON.
 *
 * <p>A request without a parent is a trace of its own, whose id is the id of the request: who has one has the other.
 */
final class Spans {
    private static final Pattern PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final String NOBODY = "0".repeat(32);
    private static final int SERVER = 2;
    private static final int ERROR = 2;
    private static final int FAILURE = 500;

    private final double share;
    private final RandomSource random;

    /** @param share of requests without a parent that become spans, 0 to 1 */
    Spans(double share, RandomSource random) {
        this.share = share;
        this.random = random;
    }

    /** Tells whether a request becomes a span: as its parent says, else a share of all. */
    boolean isSampled(Exchanged exchange) {
        Matcher parent = PARENT.matcher(exchange.asked().traceParent());
        if (parent.matches() && !parent.group(1).equals(NOBODY)) {
            return (Integer.parseInt(parent.group(3), 16) & 1) == 1;
        }
        return share >= 1 || (random.nextLong() >>> 11) * 0x1.0p-53 < share;
    }

    /** Returns one span. */
    String json(Exchanged exchange) {
        Matcher parent = PARENT.matcher(exchange.asked().traceParent());
        boolean hasParent = parent.matches() && !parent.group(1).equals(NOBODY);
        StringBuilder out = new StringBuilder(512).append("{\"traceId\":");
        CanonicalJson.appendQuoted(
                out, hasParent ? parent.group(1) : exchange.asked().id());
        out.append(",\"spanId\":\"")
                .append(HexFormat.of().toHexDigits(random.nextLong() | 1))
                .append('"');
        if (hasParent) {
            out.append(",\"parentSpanId\":\"").append(parent.group(2)).append('"');
        }
        out.append(",\"kind\":").append(SERVER).append(",\"name\":");
        CanonicalJson.appendQuoted(out, exchange.asked().route());
        long start = nanos(exchange.took().at());
        out.append(",\"startTimeUnixNano\":\"").append(start);
        out.append("\",\"endTimeUnixNano\":\"").append(start + exchange.took().totalNanos());
        out.append("\",\"attributes\":[");
        int status = exchange.ended().status();
        text(out, "http.request.method", exchange.asked().method()).append(',');
        text(out, "http.route", exchange.asked().route()).append(',');
        number(out, "http.response.status_code", status).append(',');
        number(out, "http.request.body.size", exchange.moved().bytesIn()).append(',');
        number(out, "http.response.body.size", exchange.moved().bytesOut()).append(',');
        number(
                        out,
                        "almagest.wait_micros",
                        TimeUnit.NANOSECONDS.toMicros(exchange.took().waitNanos()))
                .append(',');
        number(
                        out,
                        "almagest.work_micros",
                        TimeUnit.NANOSECONDS.toMicros(exchange.took().workNanos()))
                .append(',');
        text(out, "almagest.end", exchange.ended().how().label()).append(']');
        if (status >= FAILURE) {
            out.append(",\"status\":{\"code\":").append(ERROR).append('}');
        }
        return out.append('}').toString();
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    private static StringBuilder text(StringBuilder out, String name, String value) {
        out.append("{\"key\":\"").append(name).append("\",\"value\":{\"stringValue\":");
        CanonicalJson.appendQuoted(out, value);
        return out.append("}}");
    }

    private static StringBuilder number(StringBuilder out, String name, long value) {
        return out.append("{\"key\":\"")
                .append(name)
                .append("\",\"value\":{\"intValue\":\"")
                .append(value)
                .append("\"}}");
    }

    /** Returns the body of one message to a collector. */
    static String message(String service, List<String> spans) {
        StringBuilder out = new StringBuilder(512 * spans.size() + 256);
        out.append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[");
        text(out, "service.name", service);
        out.append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"org.almagest.server\"},\"spans\":[");
        return out.append(String.join(",", spans)).append("]}]}]}").toString();
    }
}
