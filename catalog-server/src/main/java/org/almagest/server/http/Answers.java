package org.almagest.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

    private static final AsciiString REQUEST_ID = HttpHeaderNames.of("x-request-id");

    private final OriginRules origins;
    /** The fields that are the same in every answer; made once, for they are most of what an answer says. */
    private final HttpHeaders always;

    private volatile Vary lastVary;

    /** What an answer says it varies by, and what is sent. */
    private record Vary(String said, String sent) {}

    /** @param strictTransport whether browsers shall come back by TLS alone */
    Answers(OriginRules origins, boolean strictTransport) {
        this.origins = origins;
        HttpHeadersBuilder fields = HttpHeaders.builder()
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
        if (!origins.open()) {
            fields.set(HttpHeaderNames.CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
        }
        if (strictTransport) {
            fields.set(HttpHeaderNames.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
        this.always = fields.build();
        this.lastVary = new Vary("", vary(""));
    }

    /** Returns the fields of an answer to a request. */
    ResponseHeadersBuilder headers(int status, StacHeaders fields, String requestId, StacHeaders request) {
        ResponseHeadersBuilder out = ResponseHeaders.builder(status);
        fields.toMap().forEach((name, values) -> {
            if (!OURS.contains(name)) {
                values.forEach(value -> out.add(HttpHeaderNames.of(name), value));
            }
        });
        out.add(always);
        out.set(REQUEST_ID, requestId);
        out.set(HttpHeaderNames.VARY, varyOf(fields.joined("vary").orElse("")));
        if (!out.contains(HttpHeaderNames.CONTENT_SECURITY_POLICY)) {
            out.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, NOTHING);
        }
        if (origins.open()) {
            origins.answer(request).forEach((name, value) -> out.set(HttpHeaderNames.of(name), value));
        }
        return out;
    }

    /** Most answers vary by the same; the last is remembered. */
    private String varyOf(String said) {
        Vary last = lastVary;
        if (!last.said().equals(said)) {
            last = new Vary(said, vary(said));
            lastVary = last;
        }
        return last.sent();
    }

    private String vary(String said) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : said.split(",")) {
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
