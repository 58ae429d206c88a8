package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almagest.CatalogOptions;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents as bytes; a change of one is a change for every client, and reviewed by hand. */
class GoldenDocumentsTest {
    /** Without summaries, which may be those of a moment ago. */
    private static final StacOptions OPTIONS =
            StacOptions.defaults().limits(StacLimits.defaults().with("summaryMillisMax", 0));

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "stac-api");

    @ParameterizedTest
    @CsvSource({
        "collection.json, /collections/naip",
        "queryables.json, /collections/naip/queryables",
        "aggregate.json, '/collections/naip/aggregate?aggregations=total_count,datetime_frequency,platform_frequency&datetime_frequency_interval=day'"
    })
    void documentsAreTheSameBytes(String file, String target) throws IOException {
        try (StacFixture fixture = new DirectFixture(new ModelCatalog(CatalogOptions.defaults()), OPTIONS)) {
            fixture.post(
                            "/collections",
                            "{\"type\":\"Collection\",\"stac_version\":\"1.1.0\",\"id\":\"naip\",\"title\":\"NAIP\","
                                    + "\"description\":\"Aerial photographs\",\"license\":\"PDDL-1.0\",\"extent\":{"
                                    + "\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}},"
                                    + "\"links\":[{\"rel\":\"license\",\"href\":\"https://example.org/license\"}]}")
                    .is(201);
            for (int i = 0; i < 3; i++) {
                fixture.post(
                                "/collections/naip/items",
                                "{\"type\":\"Feature\",\"id\":\"i" + i
                                        + "\",\"geometry\":{\"type\":\"Point\",\"coordinates\":["
                                        + (10 + i) + ",20.5]},\"properties\":{\"datetime\":\"2020-01-0" + (1 + i)
                                        + "T00:00:00Z\",\"platform\":\"p" + i % 2 + "\",\"gsd\":" + i
                                        + "},\"links\":[],\"assets\":{}}")
                        .is(201);
            }
            String answer = fixture.get(target).is(200).text();
            assertEquals(Files.readString(GOLDEN.resolve(file)).strip(), answer, file);
        }
    }
}
