package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the engine is asked for one request: never once for each collection there is. */
class EngineCallsTest {
    private static final int COLLECTIONS = 20;

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private StacFixture fixture;

    @BeforeEach
    void open() {
        Catalog catalog = counted(Catalog.class, new ModelCatalog(CatalogOptions.defaults()));
        fixture = new DirectFixture(catalog, StacOptions.defaults());
        for (int i = 0; i < COLLECTIONS; i++) {
            String id = "c" + (char) ('a' + i);
            fixture.post(
                            "/collections",
                            "{\"type\":\"Collection\",\"id\":\"" + id + "\",\"title\":\"Title of " + id
                                    + "\",\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},"
                                    + "\"temporal\":{\"interval\":[[null,null]]}}}")
                    .is(201);
            String item = ItemsFixture.item(
                    "i", ItemsFixture.point(i, 0), "\"datetime\":\"2025-01-01T00:00:00Z\",\"platform\":\"p\"");
            fixture.send(StacMethod.POST, "/collections/" + id + "/items", "application/geo+json", item)
                    .is(201);
        }
        calls.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void countsByCollectionAreOneQuestion() {
        Answer answer = fixture.get("/aggregate?aggregations=collection_frequency,total_count")
                .is(200);
        assertEquals(COLLECTIONS, answer.list("aggregations/0/buckets").size());
        assertEquals(1, calls("aggregate"));
        assertEquals(0, calls("count"));
    }

    @Test
    void theLandingPageLooksAtNoDatapoints() {
        Answer landing = fixture.get("/").is(200);
        assertTrue(landing.text().contains("Title of ca"), landing.text());
        assertEquals(0, calls("aggregate"));
        assertEquals(0, calls("info"));
        calls.clear();
        fixture.get("/").is(200);
        assertEquals(0, calls("document"), "titles are kept");
    }

    @Test
    void aPageOfCollectionsLooksAtThoseItShows() {
        for (String path : List.of("/collections?limit=2", "/children?limit=2")) {
            fixture.get(path).is(200);
            assertTrue(calls("aggregate") <= 2, calls::toString);
            assertEquals(2, calls("info"), calls::toString);
            calls.clear();
        }
        fixture.get("/collections?limit=2&q=title").is(200);
        assertEquals(0, calls("aggregate"), calls::toString);
    }

    @Test
    void aSearchForCollectionsGivesUpWhenNobodyWaits() {
        StacRequest search = StacRequest.of(StacMethod.GET, "/collections?q=title");
        assertEquals(
                "CANCELLED",
                fixture.send(search.cancelledWhen(() -> true)).is(499).value("code"));
    }

    @Test
    void nothingIsCountedForAPageThatDoesNotSayIt() {
        Answer lines = fixture.get("/search?limit=1&f=ndjson").is(200);
        assertEquals(0, calls("count"));
        fixture.get("/search?limit=1&f=ndjson", "if-none-match", lines.header("etag"))
                .is(304);
        fixture.get("/search?limit=1").is(200);
        assertEquals(1, calls("count"));
    }

    private int calls(String method) {
        AtomicInteger count = calls.get(method);
        return count == null ? 0 : count.get();
    }

    private <T> T counted(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    calls.computeIfAbsent(method.getName(), name -> new AtomicInteger())
                            .incrementAndGet();
                    try {
                        return wrapped(method.invoke(target, given));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object wrapped(Object result) {
        if (result instanceof Dataset dataset) {
            return counted(Dataset.class, dataset);
        }
        if (result instanceof Collection collection) {
            return counted(Collection.class, collection);
        }
        if (result instanceof Optional<?> found && found.isPresent()) {
            return Optional.of(wrapped(found.get()));
        }
        if (result instanceof List<?> list) {
            return list.stream().map(this::wrapped).toList();
        }
        return result;
    }
}
