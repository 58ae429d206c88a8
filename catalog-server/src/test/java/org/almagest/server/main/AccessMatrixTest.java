package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacRoute;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.tenant.Lease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every route answers to every kind of key is what {@code docs/deploy/access.tsv} says.
 *
 * <p>A route without a line fails. {@code -Dalmagest.access.write=true} writes the file anew, to be read before it is
 * committed.
 */
class AccessMatrixTest {
    private static final Path TABLE = Path.of("../docs/deploy/access.tsv");
    private static final List<String> WITHOUT_GOOD_KEY = List.of(
            "none", "malformed", "unknown", "wrong_secret", "expired", "revoked", "replaced", "two", "in_address");
    private static final List<String> GOOD_KEYS = List.of("other_datasets", "other_tenant", "read", "write", "admin");

    @TempDir
    static Path data;

    private static KeyedServer server;
    private static final Map<String, String> KEYS = new LinkedHashMap<>();
    private static int number;

    /** A route as a line of the table has it. */
    private record Row(String method, String template, StacAccess access, Map<String, Integer> statuses) {
        private String line() {
            StringBuilder out = new StringBuilder(method + " " + template);
            statuses.values().forEach(status -> out.append('\t').append(status));
            return out.toString();
        }

        private boolean isOpen() {
            return template.equals("/") || template.equals("/health");
        }
    }

    @BeforeAll
    static void startAServerWithKeysOfEveryKind() throws Exception {
        server = KeyedServer.start(data, "quota.failed-logins=1000000/1s", "quota.requests=1000000/1s");
        ApiKeys.Made expired = server.key("default", "admin:*");
        server.clock.advance(Duration.ofDays(91));
        ApiKeys.Made revoked = server.key("default", "admin:*");
        ApiKeys.Made replaced = server.key("default", "admin:*");
        server.keys.revoke(List.of(revoked.key().id()));
        server.keys.rotate(replaced.key().id(), Duration.ZERO);
        KEYS.put("none", "");
        KEYS.put("malformed", "alm_x");
        KEYS.put(
                "unknown",
                ApiKeyText.make(org.almagest.runtime.RandomSource.secure()).reveal());
        KEYS.put("expired", expired.text().reveal());
        KEYS.put("revoked", revoked.text().reveal());
        KEYS.put("replaced", replaced.text().reveal());
        KEYS.put("other_datasets", server.text("default", "admin:other.*", "admin:stacs.*"));
        KEYS.put("other_tenant", server.text("partner", "admin:*"));
        KEYS.put("read", server.text("default", "read:stac.*"));
        KEYS.put("write", server.text("default", "write:stac.*"));
        KEYS.put("admin", server.text("default", "admin:stac.*"));
        KEYS.put("wrong_secret", withSecretOf(admin(), KEYS.get("unknown")));
    }

    private static String admin() {
        return String.valueOf(KEYS.get("admin"));
    }

    /** Returns a well-formed key with the id of one and the secret of another. */
    private static String withSecretOf(String key, String other) {
        String id = key.substring(4, 16);
        String secret = other.substring(17, 69);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update((id + secret).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        StringBuilder check = new StringBuilder();
        long bits = crc.getValue() << 3;
        for (int i = 6; i >= 0; i--) {
            check.append("0123456789abcdefghjkmnpqrstvwxyz".charAt((int) (bits >> 5 * i) & 31));
        }
        String text = "alm_" + id + "_" + secret + check;
        assertTrue(ApiKeyText.parse(text).isPresent());
        return text;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        for (StacRoute route : server.stores.api().routes()) {
            String template = "/stac" + (route.template().equals("/") ? "" : route.template());
            put(rows, route.method().name(), template, route.access());
            if (route.method().name().equals("GET")) {
                put(rows, "HEAD", template, route.access());
            }
        }
        for (String other : List.of("/", "/health", "/metrics", "/nothing", "/stac/nothing", "/stac//search")) {
            put(rows, "GET", other, StacAccess.READ);
        }
        put(rows, "DELETE", "/stac/search", StacAccess.READ);
        put(rows, "OPTIONS", "/stac/search", StacAccess.READ);
        return List.copyOf(rows.values());
    }

    private static void put(Map<String, Row> rows, String method, String template, StacAccess access) {
        rows.put(template + " " + method, new Row(method, template, access, new LinkedHashMap<>()));
    }

    @Test
    void everyRouteAnswersEveryKindOfKeyAsTheTableSays() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("route\t" + String.join("\t", WITHOUT_GOOD_KEY) + "\t" + String.join("\t", GOOD_KEYS));
        for (Row row : rows()) {
            ask(row);
            assertSound(row);
            lines.add(row.line());
        }
        if (Boolean.getBoolean("almagest.access.write")) {
            Files.write(TABLE, lines);
        }
        assertEquals(String.join("\n", Files.readAllLines(TABLE)), String.join("\n", lines));
    }

    private static void ask(Row row) throws Exception {
        Target shared = new Target(row);
        for (String kind : WITHOUT_GOOD_KEY) {
            row.statuses.put(kind, shared.send(kind).statusCode());
        }
        for (String kind : GOOD_KEYS) {
            Target fresh = row.access == StacAccess.READ ? shared : new Target(row);
            row.statuses.put(kind, fresh.send(kind).statusCode());
        }
    }

    /** What must hold whatever the table says. */
    private static void assertSound(Row row) {
        row.statuses.forEach((kind, status) -> assertTrue(status < 500, row.line()));
        if (row.isOpen()) {
            row.statuses.forEach((kind, status) -> assertTrue(status == 200 || kind.equals("in_address"), row.line()));
            return;
        }
        for (String kind : WITHOUT_GOOD_KEY) {
            assertEquals(401, row.statuses.get(kind), row.method + " " + row.template + " " + kind);
        }
        boolean ofOneCollection = row.template.contains("{collectionId}");
        if (ofOneCollection) {
            assertEquals(404, row.statuses.get("other_datasets"), row.line());
            assertEquals(404, row.statuses.get("other_tenant"), row.line());
        }
        if (row.access != StacAccess.READ) {
            assertEquals(403, row.statuses.get("read"), row.line());
        }
        if (row.access == StacAccess.ADMIN) {
            assertEquals(403, row.statuses.get("write"), row.line());
        }
        if (!row.template.contains("othing") && !row.template.contains("//") && !row.template.equals("/metrics")) {
            assertTrue(row.statuses.get("admin") < 300 || row.method.equals("DELETE"), row.line());
        }
    }

    /** A route with names, and a body where it takes one; a writing route has a collection and an item of its own. */
    private static final class Target {
        private final Row row;
        private final String collection;
        private final String path;
        private final String body;

        private Target(Row row) throws Exception {
            this.row = row;
            number++;
            this.collection = "matrix" + number;
            boolean needsOne = row.template.contains("{collectionId}");
            if (needsOne) {
                expect(201, "POST", "/stac/collections", KeyedServer.collection(collection));
            }
            if (row.template.contains("{itemId}")) {
                expect(201, "POST", "/stac/collections/" + collection + "/items", KeyedServer.item(collection, "i"));
            }
            String query = row.template.endsWith("/aggregate") && !row.method.equals("POST")
                    ? "?aggregations=total_count"
                    : "";
            this.path = row.template.replace("{collectionId}", collection).replace("{itemId}", "i") + query;
            this.body = body();
        }

        private String body() {
            boolean item = row.template.contains("/items");
            return switch (row.method) {
                case "POST" -> {
                    if (row.template.endsWith("/bulk_items")) {
                        yield "{\"items\":{\"j\":" + KeyedServer.item(collection, "j") + "},\"method\":\"insert\"}";
                    }
                    if (row.template.endsWith("/aggregate")) {
                        yield "{\"aggregations\":[\"total_count\"]}";
                    }
                    if (row.template.endsWith("/search")) {
                        yield "{}";
                    }
                    yield item ? KeyedServer.item(collection, "j") : KeyedServer.collection(collection);
                }
                case "PUT" -> item ? KeyedServer.item(collection, "i") : KeyedServer.collection(collection);
                case "PATCH" -> item ? "{\"properties\":{\"title\":\"y\"}}" : "{\"description\":\"y\"}";
                default -> "";
            };
        }

        private static void expect(int status, String method, String target, String body) throws Exception {
            HttpResponse<String> answer = server.send(admin(), method, target, body);
            assertEquals(status, answer.statusCode(), target + answer.body());
        }

        private HttpResponse<String> send(String kind) throws Exception {
            long before = version();
            HttpResponse<String> answer = sendOnly(kind);
            if (answer.statusCode() >= 400) {
                assertEquals(before, version(), row.line() + ": refused and yet done for " + kind);
            }
            if (answer.statusCode() == 401) {
                assertEquals(
                        "Bearer realm=\"almagest\"",
                        answer.headers().firstValue("www-authenticate").orElse(""));
                assertFalse(answer.body().contains(collection));
            }
            return answer;
        }

        private HttpResponse<String> sendOnly(String kind) throws Exception {
            if (kind.equals("in_address")) {
                String separator = path.contains("?") ? "&" : "?";
                return server.send(admin(), row.method, path + separator + "api_key=" + admin(), body);
            }
            if (kind.equals("two")) {
                var request = java.net.http.HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + admin())
                        .header("X-API-Key", admin())
                        .method(row.method, java.net.http.HttpRequest.BodyPublishers.ofString(body));
                if (!body.isEmpty()) {
                    request.header("Content-Type", "application/json");
                }
                return server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
            }
            return server.send(String.valueOf(KEYS.get(kind)), row.method, path, body);
        }

        private static long version() {
            try (Lease lease = server.stores.acquire("default")) {
                Catalog catalog = lease.catalog();
                return catalog.version();
            }
        }
    }
}
