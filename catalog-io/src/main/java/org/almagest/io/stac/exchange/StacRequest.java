package org.almagest.io.stac.exchange;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request: method, raw target, headers, body, and who asks. Immutable, except that the body is read once.
 *
 * <p>The target is what the client sent, percent-encoding untouched: it is decoded in one place, strictly.
 */
public final class StacRequest {
    private final StacMethod method;
    private final String target;
    private StacHeaders headers = StacHeaders.NONE;
    private InputStream body = InputStream.nullInputStream();
    private @Nullable URI base;
    private StacCaller caller = StacCaller.ANYBODY;
    private BooleanSupplier cancellation = () -> false;

    private StacRequest(StacMethod method, String target) {
        this.method = method;
        this.target = target;
    }

    private StacRequest(StacRequest other, StacMethod method) {
        this(method, other.target);
        this.headers = other.headers;
        this.body = other.body;
        this.base = other.base;
        this.caller = other.caller;
        this.cancellation = other.cancellation;
    }

    /**
     * Returns a request without headers and body, by {@link StacCaller#ANYBODY}.
     *
     * @param target the path below where the API is mounted, with the query, as sent: {@code /search?limit=10}
     */
    public static StacRequest of(StacMethod method, String target) {
        return new StacRequest(method, target);
    }

    /** Returns a copy with these headers in the place of all. */
    public StacRequest with(StacHeaders fields) {
        StacRequest copy = new StacRequest(this, method);
        copy.headers = fields;
        return copy;
    }

    /** Returns a copy with a body, which is read at most once and not closed. */
    public StacRequest with(InputStream stream) {
        StacRequest copy = new StacRequest(this, method);
        copy.body = stream;
        return copy;
    }

    /** Returns a copy with these bytes as its body; they must not change. */
    public StacRequest with(byte[] bytes) {
        return with(new ByteArrayInputStream(bytes));
    }

    /**
     * Returns a copy for an API that is reached at this address; all links begin with it.
     *
     * @param root absolute, such as {@code https://example.com/stac}; a slash at its end is dropped
     */
    public StacRequest at(URI root) {
        StacRequest copy = new StacRequest(this, method);
        copy.base = root;
        return copy;
    }

    /** Returns a copy of another caller. */
    public StacRequest by(StacCaller asking) {
        StacRequest copy = new StacRequest(this, method);
        copy.caller = asking;
        return copy;
    }

    /**
     * Returns a copy that is given up once a condition holds, such as that the client has left.
     *
     * @param gone asked often, from the thread that works; must be quick
     */
    public StacRequest cancelledWhen(BooleanSupplier gone) {
        StacRequest copy = new StacRequest(this, method);
        copy.cancellation = gone;
        return copy;
    }

    /** Returns a copy with another method; for HEAD, which is answered as GET. */
    public StacRequest as(StacMethod other) {
        return new StacRequest(this, other);
    }

    /** Returns the method. */
    public StacMethod method() {
        return method;
    }

    /** Returns the path and the query as sent. */
    public String target() {
        return target;
    }

    /** Returns the path as sent, without the query. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** Returns the query as sent, without the question mark; empty where there is none. */
    public String rawQuery() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** Returns the header fields. */
    public StacHeaders headers() {
        return headers;
    }

    /** Returns the body; empty where there is none. */
    public InputStream body() {
        return body;
    }

    /** Returns the address that links begin with, where the request says one. */
    public Optional<URI> base() {
        return Optional.ofNullable(base);
    }

    /** Returns who asks. */
    public StacCaller caller() {
        return caller;
    }

    /** Returns what tells that nobody waits for the answer any more. */
    public BooleanSupplier cancellation() {
        return cancellation;
    }
}
