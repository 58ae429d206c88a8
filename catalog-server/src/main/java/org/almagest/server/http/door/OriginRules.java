package org.almagest.server.http.door;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacHeaders;

/**
 * What pages of other origins may do: nothing, unless their origins are listed. Credentials of browsers, such as
 * cookies, are never taken.
 */
public final class OriginRules {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String FIELDS = "authorization, content-type, if-match, if-none-match, prefer, x-api-key";
    private static final String SHOWN = "etag, link, location, retry-after, x-request-id";
    /** What a form can send without asking first. */
    private static final Set<String> FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private final Set<String> origins;
    private final String publicOrigin;

    /** @param origins such as {@code https://map.example.org}, or {@code *} alone; none turns CORS off */
    public OriginRules(Set<String> origins, String publicUrl) {
        this.origins = Set.copyOf(origins);
        this.publicOrigin = originOf(publicUrl);
    }

    private static String originOf(String url) {
        int host = url.indexOf("://") + 3;
        int end = url.indexOf('/', host);
        return (end < 0 ? url : url.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    /** Tells whether pages of any other origin are answered. */
    public boolean open() {
        return !origins.isEmpty();
    }

    private boolean allowed(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }

    /** Tells whether a body is one that a form of any page can send, without asking first. */
    public static boolean isForm(StacHeaders headers) {
        return headers.first("content-type")
                .map(MediaType::bare)
                .filter(FORMS::contains)
                .isPresent();
    }

    /** Tells whether a request that may change something comes from where it may. */
    public boolean mayWrite(StacHeaders headers, String host, boolean secure) {
        Optional<String> origin = headers.first("origin");
        if (origin.isPresent()) {
            String own = (secure ? "https://" : "http://") + host.toLowerCase(Locale.ROOT);
            String from = origin.get();
            return allowed(from) || from.equals(own) || !publicOrigin.isEmpty() && from.equals(publicOrigin);
        }
        return !headers.first("sec-fetch-site").orElse("").equals("cross-site");
    }

    /** Returns the fields that let a page read an answer; none where it may not. */
    public Map<String, String> answer(StacHeaders headers) {
        Optional<String> origin = headers.first("origin").filter(this::allowed);
        Map<String, String> fields = new LinkedHashMap<>();
        origin.ifPresent(from -> {
            fields.put("access-control-allow-origin", origins.contains("*") ? "*" : from);
            fields.put("access-control-expose-headers", SHOWN);
        });
        return fields;
    }

    /** Returns what a browser is told that asks before it sends; empty where the request is no such question. */
    public Optional<Map<String, String>> preflight(String method, StacHeaders headers) {
        boolean asks = method.equals("OPTIONS")
                && headers.first("access-control-request-method").isPresent();
        if (!asks || !open() || headers.first("origin").filter(this::allowed).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = answer(headers);
        fields.put("access-control-allow-methods", METHODS);
        fields.put("access-control-allow-headers", FIELDS);
        fields.put("access-control-max-age", "600");
        return Optional.of(fields);
    }
}
