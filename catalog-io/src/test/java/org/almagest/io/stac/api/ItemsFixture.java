package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Items in a collection {@code c}, and ways to ask for them. */
abstract class ItemsFixture {
    static final String C = "c";

    StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        begin(StacOptions.defaults());
    }

    void begin(StacOptions options) {
        if (fixture != null) {
            fixture.close();
        }
        fixture = open(options);
        collection(C);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    void collection(String id) {
        fixture.catalog()
                .createDataset(DatasetSpec.of(StacCollection.slug(id), StacCollection.schema()))
                .createCollection(id);
    }

    /** Stores an item; geometry and properties are JSON, properties without braces. */
    Answer put(String collection, String id, String geometry, String properties) {
        return put(collection, item(id, geometry, properties));
    }

    Answer put(String collection, String item) {
        return fixture.send(StacMethod.POST, "/collections/" + collection + "/items", "application/geo+json", item)
                .is(201);
    }

    /** Stores items over the equator, one per id, each a second after the one before. */
    void putNumbered(int count) {
        for (int i = 0; i < count; i++) {
            put(C, "i" + i, point(i, 0), "\"datetime\":\"" + second(i) + "\",\"n\":" + i);
        }
    }

    static String second(int i) {
        return Instant.parse("2025-01-01T00:00:00Z").plusSeconds(i).toString();
    }

    static String item(String id, String geometry, String properties) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"stac_extensions\":[],\"id\":\"" + id
                + "\",\"geometry\":" + geometry + ",\"properties\":{" + properties + "},\"links\":[],\"assets\":{}}";
    }

    static String point(double x, double y) {
        return "{\"type\":\"Point\",\"coordinates\":[" + x + "," + y + "]}";
    }

    /** A ring through these positions, first and last given alike. */
    static String polygon(double... ordinates) {
        StringBuilder ring = new StringBuilder();
        for (int i = 0; i < ordinates.length; i += 2) {
            ring.append(i == 0 ? "[" : ",[")
                    .append(ordinates[i])
                    .append(',')
                    .append(ordinates[i + 1])
                    .append(']');
        }
        return "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}";
    }

    Answer search(String query) {
        return fixture.get("/search" + query).is(200);
    }

    Answer posted(String body) {
        return fixture.post("/search", body).is(200);
    }

    /** The ids that a search by parameters finds, in order. */
    List<String> ids(String query) {
        return search(query).ids();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The ids that a filter in CQL2 text finds, sorted; checks that the count agrees. */
    List<String> filtered(String cql2) {
        Answer answer = search("?limit=1000&filter=" + encoded(cql2));
        List<String> ids = answer.ids();
        assertEquals(Integer.toString(ids.size()), answer.value("numberMatched"), cql2);
        return ids.stream().sorted().toList();
    }

    /** Follows a relation to the end; checks that nothing comes twice. */
    List<String> follow(Answer first, String rel) {
        List<String> all = new ArrayList<>();
        Answer page = first;
        while (true) {
            all.addAll(page.ids());
            assertEquals(Integer.toString(page.ids().size()), page.value("numberReturned"));
            if (page.link(rel) == null) {
                break;
            }
            page = go(page.link(rel));
        }
        assertEquals(new HashSet<>(all).size(), all.size(), () -> "twice: " + all);
        return all;
    }

    /** Follows a link, by the method that it says; one by POST is to be merged with the body before. */
    Answer go(JsonObject link) {
        String href = Answer.value(Answer.at(link, "href"));
        JsonValue body = link.member("body");
        return body == null
                ? fixture.get(href).is(200)
                : fixture.post(fixture.below(href), CanonicalJson.text(body)).is(200);
    }
}
