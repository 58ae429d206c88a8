package org.almagest.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.server.http.door.OriginRules;

/**
 * The header fields of every answer, those that keep browsers from doing more with it than show it among them.
 *
 * <p>An answer may say its own content security policy; what carries an answer, it may not say.
 */
final class Answers {
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "date", "server", "transfer-encoding", "vary", "x-request-id");
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private final OriginRules origins;
    private final boolean strictTransport;

    /** @param strictTransport whether browsers shall come back by TLS alone */
    Answers(OriginRules origins, boolean strictTransport) {
        this.origins = origins;
        this.strictTransport = strictTransport;
    }

    /** Returns the fields of an answer to a request. */
    ResponseHeadersBuilder headers(int status, StacHeaders fields, String requestId, StacHeaders request) {
        ResponseHeadersBuilder out = ResponseHeaders.builder(status);
        fields.toMap().forEach((name, values) -> {
            if (!OURS.contains(name)) {
                out.add(name, values);
            }
        });
        out.set("x-request-id", requestId);
        out.set("vary", vary(fields));
        out.set("x-content-type-options", "nosniff");
        out.set("referrer-policy", "no-referrer");
        out.set("x-frame-options", "DENY");
        if (!out.contains("content-security-policy")) {
            out.set("content-security-policy", NOTHING);
        }
        if (!origins.open()) {
            out.set("cross-origin-resource-policy", "same-origin");
        }
        if (strictTransport) {
            out.set("strict-transport-security", "max-age=31536000");
        }
        for (Map.Entry<String, String> field : origins.answer(request).entrySet()) {
            out.set(field.getKey(), field.getValue());
        }
        return out;
    }

    private String vary(StacHeaders fields) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : fields.joined("vary").orElse("").split(",")) {
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        names.addAll(List.of("accept-encoding", "authorization"));
        if (origins.open()) {
            names.add("origin");
        }
        names.remove("");
        return String.join(", ", names);
    }

    /** Returns a whole answer: with its length, and without its body where only the head was asked for. */
    static HttpResponse whole(ResponseHeadersBuilder headers, byte[] body, boolean headOnly) {
        int status = headers.status().code();
        if (status == 204 || status == 304) {
            return HttpResponse.of(headers.build());
        }
        headers.contentLength(body.length);
        if (headOnly || body.length == 0) {
            return HttpResponse.of(headers.endOfStream(true).build());
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(body));
    }

    /** Returns a problem as an answer. */
    HttpResponse problem(Problem problem, StacHeaders more, String requestId, Asking asking) {
        StacHeaders fields = more.with("content-type", MediaType.PROBLEM).with("cache-control", "no-store");
        ResponseHeadersBuilder headers = headers(problem.status(), fields, requestId, asking.headers());
        if (asking.closing()) {
            headers.set("connection", "close");
        }
        return whole(headers, problem.toBytes(requestId), asking.headOnly());
    }

    /**
     * What of a request its answer depends on.
     *
     * @param closing whether the connection is closed after it; only HTTP/1 says so
     */
    record Asking(StacHeaders headers, boolean headOnly, boolean closing) {}
}
