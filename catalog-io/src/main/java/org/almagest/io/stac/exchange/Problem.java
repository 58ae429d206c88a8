package org.almagest.io.stac.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.ErrorCode;
import org.almagest.model.Json;

/**
 * An error as RFC 9457 has it, with the members that STAC asks for.
 *
 * @param status the status code of HTTP
 * @param code a stable name, such as {@code INVALID_REQUEST}
 * @param detail what is wrong, one line; never a value of a datapoint, a path or the name of another tenant
 * @param parameter what of the request is wrong: the name of a parameter, or the JSON pointer of a part of the body
 * @param more further members by name
 */
public record Problem(int status, String code, String detail, Optional<String> parameter, Map<String, Json> more) {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(507, "Insufficient Storage"));

    /** Copies the further members. */
    public Problem {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** Returns a problem that names no parameter. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Optional.empty(), Map.of());
    }

    /** Returns a problem with the name of one of the engine's errors. */
    public static Problem of(int status, ErrorCode code, String detail) {
        return of(status, code.name(), detail);
    }

    /** Returns this problem, of a parameter or a part of the body. */
    public Problem at(String name) {
        return new Problem(status, code, detail, Optional.of(name), more);
    }

    /** Returns this problem with a further member. */
    public Problem and(String member, Json value) {
        Map<String, Json> both = new LinkedHashMap<>(more);
        both.put(member, value);
        return new Problem(status, code, detail, parameter, both);
    }

    /** Returns the name that HTTP has for the status. */
    public String title() {
        return TITLES.getOrDefault(status, "Error");
    }

    /**
     * Returns the text that is sent.
     *
     * @param requestId what the log knows the request by; may be empty
     */
    public byte[] toBytes(String requestId) {
        ByteSink out = new ByteSink(512);
        out.ascii("{\"type\":\"about:blank\",\"title\":").json(title());
        out.ascii(",\"status\":").number(status).ascii(",\"code\":").json(code);
        parameter.ifPresent(name -> out.ascii(",\"parameter\":").json(name));
        out.ascii(",\"detail\":").json(detail).ascii(",\"description\":").json(detail);
        if (!requestId.isEmpty()) {
            out.ascii(",\"instance\":").json("urn:almagest:request:" + requestId);
        }
        more.forEach((name, value) -> out.put(',').json(name).put(':').utf8(value.text()));
        return out.put('}').toByteArray();
    }

    /** Returns the answer; errors are never stored by caches. */
    public StacResponse toResponse(String requestId) {
        return StacResponse.of(status, MediaType.PROBLEM, StacBody.of(toBytes(requestId)))
                .with("cache-control", "no-store");
    }
}
