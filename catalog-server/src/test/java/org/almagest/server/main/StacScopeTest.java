package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a key may not read is not there for it. */
class StacScopeTest {
    @TempDir
    static Path data;

    private static KeyedServer server;
    private static String admin;

    @BeforeAll
    static void fill() throws Exception {
        server = KeyedServer.start(data, "quota.requests=1000000/1s");
        admin = server.text("default", "admin:*");
        for (String id : List.of("apples", "pears")) {
            assertEquals(
                    201,
                    server.send(admin, "POST", "/stac/collections", KeyedServer.collection(id))
                            .statusCode());
            assertEquals(
                    201,
                    server.send(admin, "POST", "/stac/collections/" + id + "/items", KeyedServer.item(id, id + "1"))
                            .statusCode());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void patternsDecideWhatIsThere() throws Exception {
        for (String pattern : List.of("*", "stac.*")) {
            String body = server.get(server.text("default", "read:" + pattern), "/stac/search")
                    .body();
            assertTrue(body.contains("apples1") && body.contains("pears1"), pattern);
        }
        String apples = server.text("default", "read:stac.apples");
        String nothing = server.text("default", "admin:stac", "admin:stac.appl", "admin:stac.apples.*", "admin:sta.*");
        for (String target :
                List.of("/stac", "/stac/collections", "/stac/search", "/stac/children", "/stac/queryables")) {
            String body = server.get(apples, target).body();
            assertFalse(body.contains("pears"), target);
            String none = server.get(nothing, target).body();
            assertFalse(none.contains("apples") || none.contains("pears"), target);
        }
        assertTrue(server.get(apples, "/stac/search").body().contains("apples1"));
        assertEquals(
                200,
                server.get(apples, "/stac/collections/apples/items/apples1").statusCode());
    }

    @Test
    void searchesForHiddenThingsFindNothingByAnyWay() throws Exception {
        String apples = server.text("default", "read:stac.apples");
        for (String query : List.of(
                "collections=pears",
                "ids=pears1",
                "collections=pears&ids=pears1",
                "filter=collection%3D%27pears%27",
                "filter=id%3D%27pears1%27",
                "bbox=0,1,2,3&collections=pears")) {
            HttpResponse<String> answer = server.get(apples, "/stac/search?" + query);
            assertEquals(200, answer.statusCode(), query + answer.body());
            assertTrue(answer.body().contains("\"features\":[]"), query + answer.body());
        }
        HttpResponse<String> post =
                server.send(apples, "POST", "/stac/search", "{\"collections\":[\"pears\"],\"ids\":[\"pears1\"]}");
        assertTrue(post.body().contains("\"features\":[]"), post.body());
    }

    @Test
    void whatIsHiddenLooksLikeWhatIsNotThere() throws Exception {
        String apples = server.text("default", "write:stac.apples");
        for (String template : List.of(
                "/stac/collections/NAME",
                "/stac/collections/NAME/items",
                "/stac/collections/NAME/items/x",
                "/stac/collections/NAME/queryables",
                "/stac/collections/NAME/sortables")) {
            assertSame(apples, "GET", template, "");
        }
        assertSame(apples, "DELETE", "/stac/collections/NAME", "");
        assertSame(apples, "PUT", "/stac/collections/NAME", KeyedServer.collection("NAME"));
        assertSame(apples, "POST", "/stac/collections/NAME/items", KeyedServer.item("NAME", "x"));
        assertSame(apples, "DELETE", "/stac/collections/NAME/items/x", "");
        // Making one that is there is refused as making one that is not.
        assertSame(apples, "POST", "/stac/collections", KeyedServer.collection("NAME"));
    }

    private static void assertSame(String key, String method, String template, String body) throws Exception {
        String hidden =
                text(server.send(key, method, template.replace("NAME", "pears"), body.replace("NAME", "pears")));
        String absent =
                text(server.send(key, method, template.replace("NAME", "plums"), body.replace("NAME", "plums")));
        assertEquals(absent.replace("plums", "pears"), hidden, method + " " + template);
        assertTrue(hidden.startsWith("404") || hidden.startsWith("403"), hidden);
    }

    private static String text(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("urn:almagest:request:[0-9a-f]{32}", "");
    }

    @Test
    void aRefusedWriteNamesTheAccessAndNoGrants() throws Exception {
        String reader = server.text("default", "read:stac.apples", "admin:other.thing");
        HttpResponse<String> answer =
                server.send(reader, "POST", "/stac/collections/apples/items", KeyedServer.item("apples", "z"));
        assertEquals(403, answer.statusCode());
        assertFalse(answer.body().contains("other.thing"), answer.body());
        assertFalse(answer.body().contains("read:"), answer.body());
    }
}
