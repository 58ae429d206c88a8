package org.almagest.server.log;

import java.time.Instant;
import java.util.Locale;

/** One request that has ended. */
public record Exchanged(Asked asked, From from, Ended ended, Took took, Moved moved) {
    /**
     * What was asked.
     *
     * @param id of the request, 32 hexadecimal digits
     * @param method as sent
     * @param route the method and template: {@code POST /stac/search}; {@code none} where no route fits
     * @param target path and query as sent; written only for failures, without what a query says
     * @param traceParent the header {@code traceparent}, or empty
     */
    public record Asked(String id, String method, String route, String target, String traceParent) {}

    /**
     * Who asked.
     *
     * @param key the id of the API key, or empty; never a secret
     * @param tenant whose store, or empty
     * @param address of the client
     */
    public record From(String key, String tenant, String address) {
        /** Returns a caller who showed no key. */
        public static From address(String address) {
            return new From("", "", address);
        }
    }

    /**
     * How it ended.
     *
     * @param status the status that was sent, or would have been
     * @param problem what failed, for a status of 500 and above, else empty
     */
    public record Ended(int status, End how, String problem) {
        /** Returns an end without a failure. */
        public static Ended of(int status, End how) {
            return new Ended(status, how, "");
        }
    }

    /** How a request came to its end. */
    public enum End {
        /** Answered whole. */
        DONE,
        /** The client left. */
        GONE,
        /** The client stopped reading. */
        STALLED,
        /** The server stopped. */
        CANCELLED,
        /** The key was revoked meanwhile. */
        REVOKED,
        /** It took longer than it may. */
        TIMEOUT,
        /** Something broke. */
        FAILED;

        /** Returns the name in lines: {@code done}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How long it took.
     *
     * @param at when it came
     * @param totalNanos from its headers to the end of its answer
     * @param waitNanos for a worker
     * @param workNanos in workers
     */
    public record Took(Instant at, long totalNanos, long waitNanos, long workNanos) {}

    /**
     * How much was moved.
     *
     * @param bytesIn of the body as it came
     * @param bytesOut of the body as it was sent
     * @param items returned or written; 0 where nobody counts
     */
    public record Moved(long bytesIn, long bytesOut, long items) {}
}
