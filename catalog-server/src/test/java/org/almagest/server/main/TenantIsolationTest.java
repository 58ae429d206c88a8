package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants with collections of the same name: whatever one was given means nothing to the other. */
class TenantIsolationTest {
    /** In everything that belongs to the first tenant alone, and in nothing else. */
    private static final String MARK = "kumquat";

    private static final Pattern LINK = Pattern.compile("\"href\":\"http://127\\.0\\.0\\.1:\\d+(/stac[^\"]*)\"");
    private static final Pattern ID = Pattern.compile("urn:almagest:request:[0-9a-f]{32}");

    @TempDir
    static Path data;

    private static KeyedServer server;
    private static String a;
    private static String b;

    /** A request of the first tenant, and what it was given. */
    private record Recorded(String target, HttpResponse<String> answer) {}

    @BeforeAll
    static void fill() throws Exception {
        server = KeyedServer.start(data, "quota.requests=1000000/1s");
        a = server.text("alpha", "admin:*");
        b = server.text("beta", "admin:*");
        for (String key : List.of(a, b)) {
            boolean first = key.equals(a);
            String description =
                    KeyedServer.collection("shared").replace("\"x\"", first ? "\"" + MARK + "\"" : "\"y\"");
            assertEquals(
                    201,
                    server.send(key, "POST", "/stac/collections", description).statusCode());
            for (int i = 0; i < (first ? 5 : 2); i++) {
                String item = KeyedServer.item("shared", first ? MARK + i : "plain" + i);
                assertEquals(
                        201,
                        server.send(key, "POST", "/stac/collections/shared/items", item)
                                .statusCode());
            }
        }
        assertEquals(
                201,
                server.send(a, "POST", "/stac/collections", KeyedServer.collection(MARK + "s"))
                        .statusCode());
        assertEquals(
                201,
                server.send(a, "POST", "/stac/collections/" + MARK + "s/items", KeyedServer.item(MARK + "s", "i"))
                        .statusCode());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Follows every link that the first tenant is given, from the landing page and a search with pages. */
    private static List<Recorded> record() throws Exception {
        Deque<String> next = new ArrayDeque<>(List.of(
                "/stac",
                "/stac/search?limit=1",
                "/stac/search?limit=2&sortby=-id",
                "/stac/search?ids=" + MARK + "0," + MARK + "1&limit=1",
                "/stac/search?collections=shared",
                "/stac/collections?limit=1",
                "/stac/collections/shared/items?limit=2",
                "/stac/collections/shared/queryables"));
        Set<String> seen = new LinkedHashSet<>(next);
        List<Recorded> recorded = new ArrayList<>();
        while (!next.isEmpty()) {
            String target = next.remove();
            HttpResponse<String> answer = server.get(a, target);
            if (answer.statusCode() == 200) {
                recorded.add(new Recorded(target, answer));
            }
            Matcher link = LINK.matcher(answer.body());
            while (link.find()) {
                String found = link.group(1).replace("\\u0026", "&");
                if (seen.size() < 150 && !found.contains("{") && seen.add(found)) {
                    next.add(found);
                }
            }
        }
        return recorded;
    }

    @Test
    void whatOneTenantWasGivenIsNothingToTheOther() throws Exception {
        List<Recorded> recorded = record();
        for (String list : List.of("/stac/search?", "/stac/collections/shared/items?", "/stac/collections?")) {
            assertTrue(
                    recorded.stream().anyMatch(each -> each.target.startsWith(list) && each.target.contains("token=")),
                    "pages of " + list + " were followed");
        }
        for (int i = 0; i < 5; i++) {
            String item = "/stac/collections/shared/items/" + MARK + i;
            assertTrue(recorded.stream().anyMatch(each -> each.target.equals(item)), item + " was followed");
        }
        assertTrue(recorded.size() > 20, recorded.size() + " requests");
        for (Recorded each : recorded) {
            HttpResponse<String> replayed = server.get(b, each.target);
            assertNothingOfTheFirst(each.target, replayed);
            // Tokens of lists of collections are not sealed: they say a name and a number, and are no way to anything.
            boolean sealed = !each.target.startsWith("/stac/collections?");
            if (each.target.contains("token=") && sealed) {
                assertEquals(400, replayed.statusCode(), each.target);
                String garbage = each.target.replaceAll("token=[^&]*", "token=AAAA");
                assertEquals(text(server.get(b, garbage), garbage), text(replayed, each.target));
            } else if (each.target.contains(MARK) && !each.target.contains("?")) {
                assertEquals(404, replayed.statusCode(), each.target);
                String invented = each.target.replace(MARK, "unheard");
                assertEquals(
                        text(server.get(b, invented), invented).replace("unheard", MARK), text(replayed, each.target));
            }
        }
    }

    private static void assertNothingOfTheFirst(String target, HttpResponse<String> answer) {
        // A name that the request itself says may be said back.
        String rest = answer.body();
        Matcher said = Pattern.compile(MARK + "[a-z0-9]*").matcher(target);
        while (said.find()) {
            rest = rest.replace(said.group(), "");
        }
        assertFalse(rest.contains(MARK), target + " " + answer.body());
        assertFalse(answer.headers().map().toString().contains(MARK), target);
        assertFalse(answer.body().contains("alpha"), target);
        assertFalse(answer.body().contains("tenants"), target);
    }

    /** Returns status and body without what differs between any two requests. */
    private static String text(HttpResponse<String> answer, String target) {
        return answer.statusCode()
                + ID.matcher(answer.body().replace(target, "")).replaceAll("");
    }

    @Test
    void tagsOfOneTenantNeverMatchTheOther() throws Exception {
        for (Recorded each : record()) {
            String tag = each.answer.headers().firstValue("etag").orElse("");
            boolean personal = each.target.contains("items")
                    || each.target.contains("/search")
                    || each.target.endsWith("/collections/shared");
            if (!tag.isEmpty() && personal) {
                HttpRequest request = HttpRequest.newBuilder(server.uri(each.target))
                        .header("Authorization", "Bearer " + b)
                        .header("If-None-Match", tag)
                        .build();
                HttpResponse<String> answer = server.client().send(request, BodyHandlers.ofString());
                assertTrue(answer.statusCode() != 304, each.target);
            }
        }
    }

    @Test
    void eachTenantWritesItsOwnStore() throws Exception {
        String item = KeyedServer.item("shared", "later");
        assertEquals(
                201,
                server.send(b, "POST", "/stac/collections/shared/items", item).statusCode());
        assertEquals(404, server.get(a, "/stac/collections/shared/items/later").statusCode());
        assertEquals(
                204,
                server.send(b, "DELETE", "/stac/collections/shared/items/later", "")
                        .statusCode());
        server.send(b, "DELETE", "/stac/collections/shared/items/" + MARK + "0", "");
        assertEquals(
                200,
                server.get(a, "/stac/collections/shared/items/" + MARK + "0").statusCode());
    }
}
