package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real items come back as they were posted, but for the links that every API makes. */
abstract class RoundTripContract {
    private static final JsonLimits ANY = JsonLimits.of(Long.MAX_VALUE, 1_000);

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
    void itemsOfAerialPhotographsComeBack() throws IOException {
        check("stac/pgstac-naip-items.ndjson");
    }

    @Test
    void itemsWithTwoTypesOfYearComeBack() throws IOException {
        check("stac/pgstac-items.ndjson");
    }

    @Test
    void itemsOfAParquetFileComeBack() throws IOException {
        // An optional dependency: who runs this contract need not have it, and the module of the format has.
        assumeTrue(
                StacItems.class.getClassLoader().getResource("org/apache/parquet/hadoop/ParquetFileReader.class")
                        != null,
                "no Parquet on the class path");
        Path file = SharedFiles.file("geoparquet/rustac-100-sentinel-2-items.parquet");
        List<String> lines = new ArrayList<>();
        try (SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT)) {
            List<Datapoint> rows = Sources.datapoints(reader);
            StacItems items = new StacItems(reader.schema());
            rows.forEach(row -> lines.add(items.item(row).text()));
        }
        assertEquals(100, lines.size());
        check(lines);
    }

    private void check(String file) throws IOException {
        check(Files.readAllLines(SharedFiles.file(file)));
    }

    private void check(List<String> lines) {
        Map<String, List<JsonObject>> byCollection = new TreeMap<>();
        for (String line : lines) {
            JsonObject item = (JsonObject) JsonReader.read(line, ANY);
            String collection = Answer.value(Answer.at(item, "collection"));
            byCollection.computeIfAbsent(collection, key -> new ArrayList<>()).add(item);
        }
        byCollection.forEach(this::check);
    }

    private void check(String collection, List<JsonObject> items) {
        fixture.post(
                        "/collections",
                        "{\"type\":\"Collection\",\"id\":\"" + collection
                                + "\",\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}}}")
                .is(201);
        StringBuilder body = new StringBuilder();
        items.forEach(item -> body.append(CanonicalJson.text(item)).append('\n'));
        String address = "/collections/" + collection + "/items";
        Answer report = fixture.send(StacMethod.POST, address, "application/x-ndjson", body.toString())
                .is(200);
        assertEquals(items.size(), fixture.catalog().count(Query.allTime().build(), scope(collection)), report.text());
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.get(i);
            String id = Answer.value(Answer.at(item, "id"));
            Answer shown = fixture.get(address + "/" + id).is(200);
            assertEquals(CanonicalJson.text(plain(item)), CanonicalJson.text(plain(shown.json())), id);
        }
    }

    private static QueryScope scope(String collection) {
        String slug = StacCollection.slug(collection);
        return QueryScope.collections(slug, List.of(collection));
    }

    /** What the page on the mapping says of links and assets, written a second time. */
    private static JsonObject plain(JsonObject item) {
        Map<String, JsonValue> members = new TreeMap<>(item.members());
        List<JsonValue> kept = new ArrayList<>();
        if (members.get("links") instanceof JsonArray links) {
            for (JsonValue link : links.elements()) {
                boolean generated = link instanceof JsonObject object
                        && object.member("rel") instanceof JsonString rel
                        && List.of("root", "self", "parent", "collection", "items")
                                .contains(rel.value());
                if (!generated) {
                    kept.add(link);
                }
            }
        }
        members.put("links", new JsonArray(kept));
        members.putIfAbsent("assets", new JsonObject(Map.of()));
        return new JsonObject(members);
    }
}
