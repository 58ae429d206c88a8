package org.almagest.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacHeaders;

/** The two pages that need no key: what this is, and whether it works. They tell nothing that a key would hide. */
final class OpenPages {
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:42em;margin:4em auto;"
            + "padding:0 1em;color:#222}h1{font-weight:600}code,pre{background:#f3f3f3;padding:.1em .3em}"
            + "pre{padding:1em;overflow:auto}.warning{border-left:4px solid #c60;padding-left:1em}";

    private final Lobby lobby;
    private final Supplier<String> failing;
    private final String version;
    private final Page start;

    /** An answer that is known whole. */
    record Page(int status, StacHeaders fields, byte[] body) {}

    OpenPages(HttpOptions options, Lobby lobby) {
        this.lobby = lobby;
        this.failing = options.failing();
        this.version = options.version();
        this.start = new Page(200, startFields(), startText(options).getBytes(StandardCharsets.UTF_8));
    }

    private static StacHeaders startFields() {
        String policy = "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; frame-ancestors 'none'";
        return StacHeaders.NONE
                .and("content-type", MediaType.HTML)
                .and("content-security-policy", policy)
                .and("cache-control", "no-store");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String startText(HttpOptions options) {
        String warning =
                options.notice().isEmpty() ? "" : "<p class=\"warning\">" + escaped(options.notice()) + "</p>\n";
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Almagest</title><style>"
                + STYLE
                + "</style></head><body>\n<h1>Almagest "
                + escaped(options.version())
                + "</h1>\n<p>A catalog of data that has a time and a place.</p>\n"
                + warning
                + "<ul>\n<li><a href=\"/stac\">/stac</a>: the STAC API</li>\n"
                + "<li><a href=\"/health\">/health</a>: whether the server works</li>\n</ul>\n"
                + "<p>Where a key is needed, the one who runs this server makes it:</p>\n"
                + "<pre>almagest key create --label \"my notebook\" --read '*'</pre>\n"
                + "<p>and it is sent with each request: <code>Authorization: Bearer alm_…</code></p>\n"
                + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    Page start() {
        return start;
    }

    /** Returns 200 while the server takes requests and can answer them. Looks at no disk. */
    Page health() {
        String reason = failing.get();
        ByteSink out = new ByteSink(128);
        int status = 503;
        if (lobby.draining()) {
            out.ascii("{\"status\":\"draining\"}");
        } else if (!reason.isEmpty()) {
            out.ascii("{\"status\":\"failing\",\"reason\":").json(reason).ascii("}");
        } else {
            out.ascii("{\"status\":\"ok\",\"version\":").json(version).ascii("}");
            status = 200;
        }
        StacHeaders fields =
                StacHeaders.NONE.and("content-type", MediaType.JSON).and("cache-control", "no-store");
        return new Page(status, fields, out.toByteArray());
    }
}
