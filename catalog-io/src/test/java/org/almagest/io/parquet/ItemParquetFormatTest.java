package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.api.Answer;
import org.almagest.io.stac.api.DirectFixture;
import org.almagest.io.stac.api.StacFixture;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.model.Json;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemParquetFormatTest {
    private static final String PARQUET = "application/vnd.apache.parquet";

    @TempDir
    Path folder;

    private final StacFixture fixture = new DirectFixture(
            new ModelCatalog(CatalogOptions.defaults()), StacOptions.defaults().itemFormat(new ItemParquetFormat()));

    @AfterEach
    void close() {
        fixture.close();
    }

    private void put(String collection, String id, String property) {
        if (fixture.catalog().findDataset(StacCollection.slug(collection)).isEmpty()) {
            fixture.catalog()
                    .createDataset(DatasetSpec.of(StacCollection.slug(collection), StacCollection.schema()))
                    .createCollection(collection);
        }
        String item = "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"stac_extensions\":[],\"id\":\"" + id
                + "\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"bbox\":[1,2,1,2],\"properties\":{"
                + "\"datetime\":\"2020-01-01T00:00:00Z\"," + property + "},\"links\":[],\"assets\":{}}";
        fixture.send(StacMethod.POST, "/collections/" + collection + "/items", "application/geo+json", item);
    }

    private List<String> items(Answer answer) throws IOException {
        Path file = Files.write(folder.resolve("page.parquet"), answer.body());
        SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT);
        var rows = Sources.datapoints(reader);
        StacItems items = new StacItems(reader.schema());
        return rows.stream().map(row -> items.item(row).text()).toList();
    }

    private static String member(String item, String name) {
        return String.valueOf(Json.parse(item).text().replaceFirst(".*\"" + name + "\":(\"[^\"]*\"|[0-9.]+).*", "$1"));
    }

    @Test
    void pagesHaveTheItemsOfTheSearch() throws IOException {
        for (int i = 0; i < 30; i++) {
            put("c", "i" + i, "\"n\":" + i);
        }
        Answer page = fixture.get("/collections/c/items?limit=20", "accept", PARQUET);
        assertEquals(PARQUET, page.headers().first("content-type").orElseThrow());
        List<String> found = items(page);
        assertEquals(20, found.size());
        assertEquals("\"c\"", member(found.get(0), "collection"));
        assertEquals(3, items(fixture.get("/search?f=parquet&ids=i1,i2,i3")).size());
        assertEquals(0, items(fixture.get("/search?f=parquet&ids=none")).size());
    }

    @Test
    void propertiesWithTwoTypesInTheirDatasetsComeBackAsTheyWere() throws IOException {
        put("a", "one", "\"n\":5");
        put("b", "two", "\"n\":\"five\"");
        List<String> found = items(fixture.get("/search?f=parquet&sortby=id"));
        assertEquals(
                List.of("5", "\"five\""),
                found.stream().map(item -> member(item, "n")).toList());
    }

    @Test
    void withoutTheFormatTheMediaTypeIsNotOffered() {
        try (StacFixture plain =
                new DirectFixture(new ModelCatalog(CatalogOptions.defaults()), StacOptions.defaults())) {
            assertEquals(406, plain.get("/search", "accept", PARQUET).status());
        }
        assertFalse(fixture.get("/search", "accept", PARQUET).status() == 406);
    }
}
