package org.almagest.io.stac.route;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacRequest;

/**
 * A request that found its route.
 *
 * @param request the request; its base is known
 * @param route its route
 * @param path the named parts of its path, decoded
 * @param parameters the parameters of its query
 */
public record Call(StacRequest request, Route route, Map<String, String> path, Parameters parameters) {
    /** The parameter that chooses a representation, for links in a browser. */
    public static final String FORMAT = "f";

    private static final Map<String, String> FORMATS = Map.of(
            "json", MediaType.JSON,
            "geojson", MediaType.GEOJSON,
            "ndjson", MediaType.NDJSON,
            "html", MediaType.HTML,
            "parquet", MediaType.PARQUET);

    /** Returns a named part of the path. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("route " + route.template().text() + ": no part " + name);
        }
        return value;
    }

    /** Returns the same call for one media type, whatever the request says of that and of tags. */
    public Call asking(String mediaType) {
        StacHeaders headers = request.headers()
                .without("if-none-match")
                .without("if-match")
                .with("accept", MediaType.bare(mediaType));
        return new Call(request.with(headers), route, path, parameters.without(FORMAT));
    }

    /** Returns who asks. */
    public StacCaller caller() {
        return request.caller();
    }

    /** Returns where links begin. */
    public Links links() {
        return Links.of(request.base().orElse(URI.create("")));
    }

    /**
     * Returns the media type of the answer: what {@code f} names, else what the request likes best.
     *
     * @param offers what there is, the default first
     * @throws ProblemException if none of them is wanted, 406; if {@code f} names none of them, 400
     */
    public String represented(List<String> offers) {
        Optional<String> named = parameters.text(FORMAT);
        if (named.isPresent()) {
            return named.map(FORMATS::get)
                    .filter(offers::contains)
                    .orElseThrow(() -> ProblemException.invalid(
                            FORMAT, Quoted.text(named.get()) + " (expected one of: " + formatsOf(offers) + ")"));
        }
        String accept = request.headers().joined("accept").orElse("");
        return MediaType.choose(accept, offers)
                .orElseThrow(() -> ProblemException.of(
                        406,
                        "NOT_ACCEPTABLE",
                        "accept: " + Quoted.text(accept) + " (expected one of: " + String.join(", ", offers) + ")"));
    }

    /**
     * Returns the media type of the body, without parameters; the first that the route takes where none is named.
     *
     * @throws ProblemException if the route takes no such body, 415
     */
    public String contentType() {
        String field =
                request.headers().first("content-type").orElse(route.consumes().get(0));
        String type = MediaType.bare(field);
        boolean utf8 = MediaType.parameter(field, "charset")
                .map(charset -> charset.equalsIgnoreCase("utf-8"))
                .orElse(true);
        if (!utf8 || !route.consumes().contains(type)) {
            throw ProblemException.of(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "content-type: " + Quoted.text(field) + " (expected one of: " + String.join(", ", route.consumes())
                            + "; in UTF-8)");
        }
        return type;
    }

    private static String formatsOf(List<String> offers) {
        return String.join(
                ", ",
                FORMATS.keySet().stream()
                        .filter(name -> offers.contains(FORMATS.get(name)))
                        .sorted()
                        .toList());
    }
}
