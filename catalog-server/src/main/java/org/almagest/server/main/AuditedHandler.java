package org.almagest.server.main;

import java.util.List;
import org.almagest.error.StorageFailedException;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.config.Settings;
import org.almagest.server.http.door.Handler;
import org.almagest.server.log.AuditLine;
import org.almagest.server.log.AuditLog;

/**
 * Writes to the audit log what requests changed, before they are answered.
 *
 * <p>While a line cannot be written, what would need one is refused before it does anything; reading goes on.
 */
final class AuditedHandler implements Handler {
    private static final List<String> READING_POSTS = List.of("search", "aggregate");
    private static final int REFUSED = 400;

    private final Handler handler;
    private final AuditLog audit;
    private final boolean items;

    AuditedHandler(Handler handler, AuditLog audit, Settings settings) {
        this.handler = handler;
        this.audit = audit;
        this.items = settings.of(Settings.LOG_AUDIT_WRITES);
    }

    @Override
    public StacResponse handle(StacRequest request) {
        String what = what(request);
        if (what.isEmpty()) {
            return handler.handle(request);
        }
        if (!audit.healthy() && !written(AuditLine.of("server", "", "audit.resumed", ""))) {
            return refused(request);
        }
        if (isStream(request) && !written(line(request, "items.begun"))) {
            return refused(request); // its lines are stored while its answer is read, so later it would be too late
        }
        StacResponse answer = handler.handle(request);
        if (answer.status() < REFUSED) {
            written(line(request, what).with("status", answer.status()));
        }
        return answer; // also where the line failed: the change is durable, and health says what is wrong
    }

    private static AuditLine line(StacRequest request, String what) {
        return AuditLine.of(request.caller().name(), request.caller().tenant(), what, request.path())
                .with("request", id(request));
    }

    private static String id(StacRequest request) {
        return request.headers().first("x-request-id").orElse("");
    }

    private static StacResponse refused(StacRequest request) {
        return Problem.of(503, "STORAGE_FAILED", "audit log: cannot be written, so nothing is changed")
                .toResponse(id(request))
                .with("retry-after", "10");
    }

    private static boolean isStream(StacRequest request) {
        return request.headers().first("content-type").orElse("").contains("ndjson");
    }

    private boolean written(AuditLine line) {
        try {
            audit.append(line);
            return true;
        } catch (StorageFailedException e) {
            return false;
        }
    }

    /** Returns what a request changes, empty where it changes nothing or nobody wants to know. */
    private String what(StacRequest request) {
        StacMethod method = request.method();
        String[] parts = request.path().split("/");
        boolean reads = switch (method) {
            case GET, HEAD, OPTIONS -> true;
            case POST -> parts.length > 0 && READING_POSTS.contains(parts[parts.length - 1]);
            case PUT, PATCH, DELETE -> false;
        };
        if (reads) {
            return "";
        }
        boolean ofItems = parts.length > 3;
        if (ofItems && method != StacMethod.DELETE) {
            return items ? "items.written" : "";
        }
        String subject = ofItems ? "item" : "collection";
        return subject
                + switch (method) {
                    case POST -> ".created";
                    case DELETE -> ".deleted";
                    default -> ".changed";
                };
    }
}
