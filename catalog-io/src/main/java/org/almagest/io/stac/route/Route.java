package org.almagest.io.stac.route;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacMethod;

/** One address with one method: what it needs, takes and answers, and who answers it. Immutable; withers. */
public final class Route {
    private final StacMethod method;
    private final PathTemplate template;
    private Handler handler;
    private StacAccess access = StacAccess.READ;
    private String summary = "";
    private List<Parameter> parameters = List.of();
    private List<String> consumes = List.of();
    private List<String> produces = List.of();
    private List<Integer> statuses = List.of();
    private long bodyBytesMax;

    private Route(StacMethod method, PathTemplate template, Handler handler) {
        this.method = method;
        this.template = template;
        this.handler = handler;
    }

    private Route(Route other) {
        this(other.method, other.template, other.handler);
        this.access = other.access;
        this.summary = other.summary;
        this.parameters = other.parameters;
        this.consumes = other.consumes;
        this.produces = other.produces;
        this.statuses = other.statuses;
        this.bodyBytesMax = other.bodyBytesMax;
    }

    /** Returns a route that needs READ, takes no parameters and no body. */
    public static Route of(StacMethod method, String template, Handler handler) {
        return new Route(method, new PathTemplate(template), handler);
    }

    /** Returns a route of GET, which answers HEAD too. */
    public static Route get(String template, Handler handler) {
        return of(StacMethod.GET, template, handler);
    }

    /** Returns this route, for callers with this access. */
    public Route needing(StacAccess needed) {
        Route copy = new Route(this);
        copy.access = needed;
        return copy;
    }

    /** Returns this route with another handler. */
    public Route answeredBy(Handler other) {
        Route copy = new Route(this);
        copy.handler = other;
        return copy;
    }

    /** Returns this route with a sentence that says what it does. */
    public Route summed(String sentence) {
        Route copy = new Route(this);
        copy.summary = sentence;
        return copy;
    }

    /** Returns this route with these parameters beside those it takes already. */
    public Route taking(Parameter... more) {
        return taking(List.of(more));
    }

    /** Returns this route with these parameters beside those it takes already. */
    public Route taking(List<Parameter> more) {
        Route copy = new Route(this);
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(more);
        copy.parameters = List.copyOf(all);
        return copy;
    }

    /** Returns this route, with a body of one of these media types and so many bytes at most. */
    public Route reading(long bytesMax, String... mediaTypes) {
        Route copy = new Route(this);
        copy.bodyBytesMax = bytesMax;
        copy.consumes = List.of(mediaTypes);
        return copy;
    }

    /** Returns this route, with answers of one of these media types. */
    public Route producing(List<String> mediaTypes) {
        Route copy = new Route(this);
        copy.produces = List.copyOf(mediaTypes);
        return copy;
    }

    /** Returns this route, with answers of one of these media types. */
    public Route producing(String... mediaTypes) {
        return producing(List.of(mediaTypes));
    }

    /** Returns this route with the statuses it may answer, beside 500, 503 and 504. */
    public Route answering(Integer... codes) {
        Route copy = new Route(this);
        copy.statuses = List.of(codes);
        return copy;
    }

    /** Returns the method; GET stands for HEAD too. */
    public StacMethod method() {
        return method;
    }

    /** Returns the form of the path. */
    public PathTemplate template() {
        return template;
    }

    /** Returns who answers. */
    public Handler handler() {
        return handler;
    }

    /** Returns what the caller must be allowed to. */
    public StacAccess access() {
        return access;
    }

    /** Returns what it does, in a sentence. */
    public String summary() {
        return summary;
    }

    /** Returns the parameters it takes. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Returns the media types of bodies it takes; none where it takes no body. */
    public List<String> consumes() {
        return consumes;
    }

    /** Returns the media types of its answers, the default first. */
    public List<String> produces() {
        return produces;
    }

    /** Returns the statuses it may answer. */
    public List<Integer> statuses() {
        return statuses;
    }

    /** Returns how many bytes its body may have; 0 where it takes none. */
    public long bodyBytesMax() {
        return bodyBytesMax;
    }

    /** Returns method and template: {@code GET /search}. */
    @Override
    public String toString() {
        return method + " " + template.text();
    }
}
