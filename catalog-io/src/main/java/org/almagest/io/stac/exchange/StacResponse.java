package org.almagest.io.stac.exchange;

/**
 * Status, headers and a body that is written once.
 *
 * <p>The body must be written or the answer closed: it may hold a query open. Headers never name Transfer-Encoding,
 * Content-Length of a body that is sent, Connection, Date or Server, which belong to whoever carries the answer.
 */
public final class StacResponse implements AutoCloseable {
    private final int status;
    private final StacHeaders headers;
    private final StacBody body;

    private StacResponse(int status, StacHeaders headers, StacBody body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns an answer. */
    public static StacResponse of(int status, StacHeaders headers, StacBody body) {
        return new StacResponse(status, headers, body);
    }

    /** Returns an answer without headers and body. */
    public static StacResponse of(int status) {
        return new StacResponse(status, StacHeaders.NONE, StacBody.EMPTY);
    }

    /** Returns an answer of one media type. */
    public static StacResponse of(int status, String mediaType, StacBody body) {
        return new StacResponse(status, StacHeaders.NONE.and("content-type", mediaType), body);
    }

    /** Returns this answer with one header field set. */
    public StacResponse with(String name, String value) {
        return new StacResponse(status, headers.with(name, value), body);
    }

    /** Returns this answer with another body. */
    public StacResponse with(StacBody other) {
        return new StacResponse(status, headers, other);
    }

    /** Returns the status code of HTTP. */
    public int status() {
        return status;
    }

    /** Returns the header fields. */
    public StacHeaders headers() {
        return headers;
    }

    /** Returns the body; empty for 204, 304 and HEAD. */
    public StacBody body() {
        return body;
    }

    /** Lets go of what the body would read; writing it does so too. Closing again does nothing. */
    @Override
    public void close() {
        body.close();
    }
}
