package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API says what the API does. */
abstract class OpenApiContract {
    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        fixture = open(StacOptions.defaults());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void describesEachRouteAndNoOther() {
        Answer answer = fixture.get("/api").is(200);
        assertEquals("application/vnd.oai.openapi+json;version=3.0", answer.header("content-type"));
        assertEquals("3.0.3", answer.value("openapi"));
        assertEquals(fixture.base(), answer.value("servers/0/url"));
        Set<String> described = new TreeSet<>();
        Set<String> operations = new HashSet<>();
        members(answer.at("paths"))
                .forEach((path, methods) -> members(methods).forEach((method, operation) -> {
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    assertTrue(operations.add(Answer.value(Answer.at(operation, "operationId"))), path);
                    assertTrue(members(operation).containsKey("responses"), path);
                }));
        Set<String> routes = new TreeSet<>();
        try (StacApi api = StacApi.of(fixture.catalog())) {
            api.routes().forEach(route -> routes.add(route.method() + " " + route.template()));
        }
        assertEquals(routes, described);
    }

    @Test
    void statesTheStatusesThatAreAnswered() {
        JsonObject paths = (JsonObject) fixture.get("/api").at("paths");
        for (Map.Entry<String, JsonValue> path : paths.members().entrySet()) {
            String target = path.getKey().replaceAll("\\{[^}]*}", "none");
            for (Map.Entry<String, JsonValue> operation :
                    members(path.getValue()).entrySet()) {
                StacMethod method = StacMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
                Set<String> stated =
                        members(Answer.at(operation.getValue(), "responses")).keySet();
                for (String query : List.of("", "?zz=1", "?limit=x", "?f=nothing", "?bbox=1", "?datetime=x")) {
                    StacRequest request =
                            StacRequest.of(method, target + query).with("{}".getBytes(StandardCharsets.UTF_8));
                    Answer answer = fixture.send(request);
                    String name = method + " " + target + query;
                    assertTrue(answer.status() < 500, name + ": " + answer.text());
                    assertTrue(stated.contains(Integer.toString(answer.status())), name + ": " + answer.status());
                }
            }
        }
    }

    private static Map<String, JsonValue> members(JsonValue value) {
        return ((JsonObject) value).members();
    }
}
