package org.almagest.storage.engine;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.error.InvalidRequestException;
import org.almagest.explain.Explanation;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;
import org.almagest.schema.Field;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explanation of aggregations says what each was answered from. */
class AggregateExplanationTest {
    private static final Query ALL = Query.allTime().build();
    private static final int ROWS = 3_000;

    @TempDir
    static Path folder;

    @BeforeAll
    static void ingest() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection things = catalog.createDataset(DatasetSpec.temporal("a.b")
                            .field(Field.string("platform").queryable())
                            .field(Field.float64("cloud").queryable())
                            .field(Field.string("name"))
                            .build())
                    .createCollection("things");
            List<Datapoint> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(Datapoint.at(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(60L * i))
                        .set("platform", i < 1_000 ? "S2A" : "S2B")
                        .set("cloud", i * 0.1)
                        .set("name", "n" + i % 7)
                        .build());
            }
            things.ingest(rows);
            catalog.maintenance().orElseThrow().flush();
        }
    }

    private static Explanation explain(Query query, Aggregation... wanted) {
        try (Catalog catalog = Catalog.open(folder)) {
            return catalog.explain(query, List.of(wanted), QueryScope.all());
        }
    }

    private static void assertAnsweredBy(String way, Aggregation wanted) {
        Explanation explanation = explain(ALL, wanted);
        for (String one : List.of("ids", "zone_maps", "postings", "codes", "rows")) {
            assertEquals(one.equals(way) ? 1 : 0, explanation.count("answered_by_" + one), explanation::toText);
        }
        boolean byRows = way.equals("rows");
        assertEquals(byRows ? ROWS : 0, explanation.count("rows_matched"));
        assertEquals(
                byRows ? "every row" : way.replace('_', ' '),
                explanation.runs().get(0).access());
    }

    @Test
    void eachIsAnsweredFromTheLeastThatIsEnough() {
        assertAnsweredBy("ids", Aggregation.count());
        assertAnsweredBy("ids", Aggregation.range("time"));
        assertAnsweredBy("ids", Aggregation.histogram(CalendarUnit.HOUR, ZoneOffset.UTC));
        assertAnsweredBy("zone_maps", Aggregation.range("cloud"));
        assertAnsweredBy("postings", Aggregation.distinct("platform"));
        assertAnsweredBy("codes", Aggregation.distinct("cloud"));
        assertAnsweredBy("rows", Aggregation.distinct("name"));
    }

    @Test
    void severalAtOnceAreToldApart() {
        Explanation explanation =
                explain(ALL, Aggregation.count(), Aggregation.range("cloud"), Aggregation.distinct("name"));
        assertEquals(1, explanation.count("answered_by_ids"));
        assertEquals(1, explanation.count("answered_by_zone_maps"));
        assertEquals(1, explanation.count("answered_by_rows"));
        assertEquals("ids, zone maps, every row", explanation.runs().get(0).access());
        String asked = "count; range of \"cloud\"; distinct values of \"name\"";
        assertTrue(explanation.toText().contains("aggregates             " + asked + "\n"), explanation::toText);
        assertTrue(explanation.toJson().text().contains("\"answered_by_zone_maps\":1"));
        assertTrue(explanation.toJson().text().contains("\"step\":\"without_rows\""));
        assertTrue(explanation.toJson().text().contains("\"step\":\"add\",\"times\":3000"));
    }

    @Test
    void aConditionMakesRowsNecessary() {
        Explanation explanation = explain(
                Query.allTime().where(field("name").equalTo("n1")).limit(3).build(), Aggregation.count());
        assertEquals(1, explanation.count("answered_by_rows"));
        assertEquals(429, explanation.count("rows_matched"));
    }

    @Test
    void whatCannotBeAskedIsRefusedAsEver() {
        assertEquals(
                "aggregate: range: field \"absent\": no dataset in scope has it",
                assertThrows(InvalidRequestException.class, () -> explain(ALL, Aggregation.range("absent")))
                        .getMessage());
    }
}
