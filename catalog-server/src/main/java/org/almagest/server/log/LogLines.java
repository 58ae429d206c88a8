package org.almagest.server.log;

import java.time.Instant;
import java.util.regex.Pattern;
import org.almagest.runtime.Clock;
import org.almagest.server.log.Event.Level;

/** Writes one line for each request and each event. */
public final class LogLines implements Observer {
    /** What a client sees of a failure is its status; from here on the log says more. */
    private static final int FAILURE = 500;

    /** Parts of a query that say what somebody looks for, or hold a token. */
    private static final Pattern PRIVATE = Pattern.compile("(?i)\\b(filter|intersects|token)=[^&]*");

    private final LogWriter out;
    private final Clock clock;
    private final Level least;
    private final Requests requests;

    /** Whether requests get a line. */
    public enum Requests {
        WRITTEN,
        SILENT
    }

    /** Writes to {@code out} what is at least as important as {@code least}. */
    public LogLines(LogWriter out, Clock clock, Level least, Requests requests) {
        this.out = out;
        this.clock = clock;
        this.least = least;
        this.requests = requests;
    }

    @Override
    public void finished(Exchanged exchange) {
        boolean failed = exchange.ended().status() >= FAILURE;
        if (requests == Requests.SILENT && !failed) {
            return;
        }
        Line line = Line.of(exchange.took().at(), "request")
                .put("id", exchange.asked().id())
                .put("method", exchange.asked().method())
                .put("route", exchange.asked().route())
                .put("status", exchange.ended().status())
                .put("key", exchange.from().key())
                .put("tenant", exchange.from().tenant())
                .put("address", exchange.from().address())
                .putMillis("millis", exchange.took().totalNanos())
                .putMillis("wait_millis", exchange.took().waitNanos())
                .putMillis("work_millis", exchange.took().workNanos())
                .put("bytes_in", exchange.moved().bytesIn())
                .put("bytes_out", exchange.moved().bytesOut())
                .put("items", exchange.moved().items())
                .put("end", exchange.ended().how().label());
        if (failed) {
            line.put("target", PRIVATE.matcher(exchange.asked().target()).replaceAll("$1=…"))
                    .put("problem", exchange.ended().problem());
        }
        out.offer(line);
    }

    @Override
    public void event(Event event) {
        if (event.level().compareTo(least) >= 0) {
            out.add(line(clock.now(), event));
        }
    }

    private static Line line(Instant at, Event event) {
        return Line.of(at, "event")
                .put("level", event.level().label())
                .put("what", event.what())
                .put("message", event.message());
    }
}
