package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Filter;
import org.almagest.query.Property;
import org.almagest.query.Query;
import org.almagest.query.Truth;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Conditions on fields, in three-valued logic; on fields that are queryable and fields that are not. */
public abstract class FilterContract extends ContractSupport {
    private static final Instant TIME = Instant.parse("2020-01-01T00:00:00Z");

    /** Creates the suite. */
    protected FilterContract() {}

    private static DatasetSpec wide() {
        return DatasetSpec.temporal("a.wide")
                .field(Field.string("name"))
                .field(Field.int64("integer").queryable())
                .field(Field.uint64("natural"))
                .field(Field.float64("value").from("/properties/eo:cloud_cover"))
                .field(Field.float32("single").queryable())
                .field(Field.bool("flag"))
                .field(Field.timestamp("moment").queryable())
                .field(Field.duration("span"))
                .field(Field.uuid("uuid"))
                .field(Field.bytes("blob"))
                .field(Field.json("meta"))
                .field(Field.parse("mode:enum(0=OFF,1=ON)"))
                .field(Field.float64("history").array())
                .build();
    }

    /** Stores one row per value, a second apart and the last without one, and returns the collection. */
    private Collection storing(String name, Object... values) {
        Catalog catalog = open();
        Collection things = things(catalog, wide());
        List<Datapoint> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(
                    Datapoint.at(TIME.plusSeconds(rows.size())).set(name, value).build());
        }
        rows.add(Datapoint.at(TIME.plusSeconds(rows.size())).build());
        ingest(catalog, things, rows);
        return things;
    }

    /** Returns the seconds of the rows that match. */
    private static List<Long> matching(Collection things, Filter filter) {
        List<Long> seconds = rows(things, Query.allTime().where(filter)).stream()
                .map(row -> row.time().getEpochSecond() - TIME.getEpochSecond())
                .toList();
        assertEquals(seconds.size(), things.count(Query.allTime().where(filter).build()));
        return seconds;
    }

    @Test
    void comparesIntegersExactly() {
        long big = (1L << 53) + 1;
        Collection things = storing("integer", -1, 0, 1, big, Long.MAX_VALUE);
        assertEquals(List.of(0L, 1L), matching(things, field("integer").lessThan(1)));
        assertEquals(List.of(0L, 1L, 2L), matching(things, field("integer").atMost(1)));
        assertEquals(List.of(3L, 4L), matching(things, field("integer").greaterThan(1)));
        assertEquals(List.of(2L, 3L, 4L), matching(things, field("integer").atLeast(0.5)));
        assertEquals(List.of(3L), matching(things, field("integer").equalTo(big)));
        assertEquals(List.of(), matching(things, field("integer").equalTo((double) (1L << 53))));
        assertEquals(List.of(0L, 1L, 2L, 4L), matching(things, field("integer").notEqualTo(big)));
        assertEquals(List.of(1L, 2L), matching(things, field("integer").between(0, 1)));
        assertEquals(List.of(), matching(things, field("integer").between(1, 0)));
        assertEquals(List.of(0L, 2L), matching(things, field("integer").in(1, -1, 7)));
        assertEquals(List.of(4L), matching(things, field("integer").greaterThan(9e18)));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L), matching(things, field("integer").lessThan(Double.POSITIVE_INFINITY)));
    }

    @Test
    void comparesUnsignedIntegersAsUnsigned() {
        Collection things = storing("natural", 0, Uint64.ofBits(Long.MIN_VALUE), Uint64.ofBits(-1));
        assertEquals(List.of(1L, 2L), matching(things, field("natural").greaterThan(Long.MAX_VALUE)));
        assertEquals(List.of(2L), matching(things, field("natural").equalTo(Uint64.ofBits(-1))));
        assertEquals(List.of(0L, 1L, 2L), matching(things, field("natural").greaterThan(-1)));
    }

    @Test
    void nanIsNotEqualToAnythingAndZerosAreEqual() {
        Collection things = storing("value", Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY, 20.5);
        assertEquals(List.of(), matching(things, field("value").equalTo(Double.NaN)));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L), matching(things, field("value").notEqualTo(Double.NaN)));
        assertEquals(List.of(1L, 2L), matching(things, field("value").equalTo(0)));
        assertEquals(List.of(1L, 2L, 3L), matching(things, field("value").lessThan(20)));
        assertEquals(
                List.of(0L, 4L), matching(things, field("value").lessThan(20).not()));
        assertEquals(List.of(3L), matching(things, field("value").equalTo(Double.NEGATIVE_INFINITY)));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L), matching(things, field("value").isNotNull()));
    }

    @Test
    void comparesFloatsByValue() {
        Collection things = storing("single", 0.5f, 0.1f);
        assertEquals(List.of(0L), matching(things, field("single").equalTo(0.5)));
        assertEquals(List.of(1L), matching(things, field("single").equalTo(0.1f)));
        assertEquals(List.of(), matching(things, field("single").equalTo(0.1)));
        assertEquals(List.of(0L, 1L), matching(things, field("single").greaterThan(0.1)));
    }

    @Test
    void anUnsetValueIsUnknownAndSoIsTheNegation() {
        Collection things = storing("name", "a", "b");
        assertEquals(List.of(0L), matching(things, field("name").equalTo("a")));
        assertEquals(List.of(1L), matching(things, field("name").equalTo("a").not()));
        assertEquals(List.of(1L), matching(things, field("name").notEqualTo("a")));
        assertEquals(List.of(1L), matching(things, field("name").in("a", "x").not()));
        assertEquals(List.of(1L), matching(things, field("name").like("a%").not()));
        assertEquals(
                List.of(1L), matching(things, field("name").between("a", "a").not()));
        assertEquals(List.of(2L), matching(things, field("name").isNull()));
        assertEquals(List.of(0L, 1L), matching(things, field("name").isNull().not()));
        Filter a = field("name").equalTo("a");
        assertEquals(
                List.of(0L, 1L, 2L),
                matching(things, a.or(a.not()).or(field("name").isNull())));
        assertEquals(List.of(0L, 1L), matching(things, a.or(a.not())));
        assertEquals(List.of(), matching(things, a.and(a.not())));
        assertEquals(List.of(0L, 1L, 2L), matching(things, new Filter.Constant(Truth.TRUE)));
        assertEquals(List.of(), matching(things, new Filter.Constant(Truth.UNKNOWN).not()));
        assertEquals(List.of(0L), matching(things, new Filter.Constant(Truth.UNKNOWN).or(a)));
        assertEquals(List.of(0L, 1L, 2L), matching(things, new Filter.And(List.of())));
        assertEquals(List.of(), matching(things, new Filter.Or(List.of())));
    }

    @Test
    void typesThatDoNotCompareAreUnknown() {
        Collection things = storing("name", "1", "b");
        assertEquals(List.of(), matching(things, field("name").equalTo(1)));
        assertEquals(List.of(), matching(things, field("name").equalTo(1).not()));
        assertEquals(List.of(0L), matching(things, field("name").in(1, "1")));
        assertEquals(List.of(), matching(things, field("name").in(1, "1").not()));
        assertEquals(
                List.of(0L, 1L),
                matching(things, field("name").equalTo(true).or(field("name").isNotNull())));
    }

    @Test
    void comparesTextByCodePoint() {
        Collection things = storing("name", "", "A", "a", "\u00e9", "\uFFFD", "\uD83D\uDE80");
        assertEquals(List.of(5L), matching(things, field("name").greaterThan("\uFFFD")));
        assertEquals(List.of(0L, 1L), matching(things, field("name").lessThan("a")));
        assertEquals(List.of(0L), matching(things, field("name").equalTo("")));
        assertEquals(List.of(2L, 3L, 4L), matching(things, field("name").between("a", "\uFFFD")));
    }

    @Test
    void likeKnowsTwoWildcardsAndAnEscape() {
        Collection things = storing("name", "S2A_MSIL2A", "S2B", "100%", "a_b", "\uD83D\uDE80", "", "a\nb");
        assertEquals(List.of(0L, 1L), matching(things, field("name").like("S2%")));
        assertEquals(List.of(0L), matching(things, field("name").like("%MSI%A")));
        assertEquals(List.of(1L, 3L, 6L), matching(things, field("name").like("___")));
        assertEquals(List.of(4L), matching(things, field("name").like("_")));
        assertEquals(List.of(2L), matching(things, field("name").like("%\\%")));
        assertEquals(List.of(3L), matching(things, field("name").like("a\\_b")));
        assertEquals(List.of(5L), matching(things, field("name").like("")));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L),
                matching(things, field("name").like("%")));
        assertEquals(List.of(), matching(things, field("name").like("s2%")));
        assertEquals(List.of(), matching(things, field("integer").like("%")));
    }

    @Test
    void comparesInstantsWithInstantsAndText() {
        Collection things = storing(
                "moment", Instant.parse("2020-01-01T00:00:00.000000001Z"), Instant.parse("2020-01-02T00:00:00Z"));
        assertEquals(List.of(0L), matching(things, field("moment").lessThan("2020-01-02")));
        assertEquals(
                List.of(0L),
                matching(things, field("moment").equalTo(Instant.parse("2020-01-01T00:00:00.000000001Z"))));
        assertEquals(List.of(), matching(things, field("moment").equalTo("2020-01-01")));
        assertEquals(List.of(1L), matching(things, field("moment").equalTo("2020-01-02T01:00:00+01:00")));
        assertEquals(List.of(), matching(things, field("moment").notEqualTo("yesterday")));
        assertEquals(List.of(), matching(things, field("moment").equalTo(1577836800)));
    }

    @Test
    void comparesTheOtherScalarTypes() {
        Collection spans = storing("span", Duration.ofNanos(-1), Duration.ofSeconds(5));
        assertEquals(List.of(0L), matching(spans, field("span").lessThan(Duration.ZERO)));
        Catalog other = open(another(), options());
        Collection things = things(other, wide());
        ingest(
                other,
                things,
                Datapoint.at(TIME)
                        .set("flag", false)
                        .set("uuid", new UUID(-1, 1))
                        .set("blob", Bytes.ofHex("ff00"))
                        .set("mode", "OFF")
                        .set("meta", Json.parse("{\"a\":1}"))
                        .set("history", List.of(1.5))
                        .build(),
                Datapoint.at(TIME.plusSeconds(1))
                        .set("flag", true)
                        .set("uuid", new UUID(1, 1))
                        .set("blob", Bytes.ofHex("00"))
                        .set("mode", "ON")
                        .build());
        assertEquals(List.of(1L), matching(things, field("flag").equalTo(true)));
        assertEquals(List.of(0L), matching(things, field("flag").notEqualTo(true)));
        assertEquals(List.of(0L), matching(things, field("uuid").equalTo(new UUID(-1, 1))));
        assertEquals(List.of(1L), matching(things, field("uuid").equalTo(new UUID(1, 1).toString())));
        assertEquals(List.of(0L), matching(things, field("blob").greaterThan(Bytes.ofHex("00"))));
        assertEquals(List.of(1L), matching(things, field("mode").equalTo("ON")));
        assertEquals(List.of(0L), matching(things, field("mode").in("OFF", "OTHER")));
        assertEquals(List.of(), matching(things, field("mode").equalTo(1)));
        assertEquals(List.of(), matching(things, field("history").equalTo(1.5)));
        assertEquals(List.of(1L), matching(things, field("history").isNull()));
        assertEquals(List.of(), matching(things, field("meta").equalTo("{\"a\":1}")));
        assertEquals(List.of(0L), matching(things, field("meta").isNotNull()));
    }

    @Test
    void comparesTimeIdAndIngestionTime() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        clock.set(Instant.parse("2025-07-01T00:00:00Z"));
        List<DatapointId> ids = ingest(catalog, things, Fixtures.numbered("2020-01-01T00:00:00Z", 3))
                .ids();
        clock.set(Instant.parse("2025-08-01T00:00:00Z"));
        ingest(catalog, things, Fixtures.numbered("2020-01-01T00:00:02.5Z", 2));
        assertEquals(
                List.of(0L, 1L, 2L), matching(things, field("ingestion_time").lessThan("2025-07-15")));
        assertEquals(
                List.of(2L, 3L),
                matching(things, field("ingestion_time").equalTo(Instant.parse("2025-08-01T00:00:00Z"))));
        assertEquals(List.of(), matching(things, field("ingestion_time").isNull()));
        assertEquals(List.of(0L, 1L), matching(things, field("time").lessThan("2020-01-01T00:00:02")));
        assertEquals(List.of(1L), matching(things, field("time").equalTo(TIME.plusSeconds(1))));
        assertEquals(List.of(1L), matching(things, field("id").equalTo(ids.get(1))));
        assertEquals(List.of(0L, 2L), matching(things, field("id").in(ids.get(2).toString(), ids.get(0))));
        assertEquals(List.of(0L, 1L), matching(things, field("id").lessThan(ids.get(2))));
    }

    @Test
    void comparesTwoFieldsOfARow() {
        Catalog catalog = open();
        Collection things = things(catalog, wide());
        ingest(
                catalog,
                things,
                Datapoint.at(TIME).set("integer", 5).set("value", 5.0).build(),
                Datapoint.at(TIME.plusSeconds(1))
                        .set("integer", 5)
                        .set("value", 5.5)
                        .build(),
                Datapoint.at(TIME.plusSeconds(2)).set("integer", 5).build());
        Property integer = new Property("integer");
        Property value = new Property("value");
        assertEquals(List.of(0L), matching(things, new Filter.Comparison(integer, ComparisonOperator.EQUAL, value)));
        assertEquals(
                List.of(1L), matching(things, new Filter.Comparison(value, ComparisonOperator.GREATER_THAN, integer)));
        assertEquals(
                List.of(),
                matching(things, new Filter.Comparison(integer, ComparisonOperator.EQUAL, new Property("name"))));
        assertEquals(List.of(0L, 1L, 2L), matching(things, field("integer").between(5, 5)));
    }

    @Test
    void takesTheNameOfTheSource() {
        Collection things = storing("value", 10.0, 30.0);
        assertEquals(List.of(0L), matching(things, field("eo:cloud_cover").lessThan(20)));
        assertEquals(List.of(2L), matching(things, field("eo:cloud_cover").isNull()));
    }

    @Test
    void refusesAFieldThatNoDatasetHas() {
        Collection things = storing("value", 10.0);
        for (Filter filter : List.of(
                field("nope").equalTo(1),
                field("nope").isNull(),
                field("value").equalTo(1).and(field("nope").like("%").not()))) {
            assertFails(
                    InvalidRequestException.class,
                    "filter: field \"nope\": no dataset in scope has it",
                    () -> rows(things, Query.allTime().where(filter)));
            assertFails(
                    InvalidRequestException.class,
                    "filter: field \"nope\": no dataset in scope has it",
                    () -> things.count(Query.allTime().where(filter).build()));
        }
        assertFails(
                InvalidRequestException.class,
                "filter: field \"geometry\": no dataset in scope has it",
                () -> rows(things, Query.allTime().where(field("geometry").isNull())));
    }

    @Test
    void filtersHaveLimits() {
        Catalog catalog =
                open(options().with(options().limits().with(Map.of("filterDepthMax", 5L, "filterNodesMax", 40L))));
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        Filter deep = field("number").equalTo(1);
        for (int i = 0; i < 3; i++) {
            deep = deep.not();
        }
        assertEquals(0, rows(things, Query.allTime().where(deep)).size());
        Filter deeper = deep.not().not().not();
        LimitExceededException depth = assertThrows(
                LimitExceededException.class, () -> rows(things, Query.allTime().where(deeper)));
        assertEquals("filterDepthMax", depth.limitName());
        Object[] items = new Object[50];
        Arrays.setAll(items, i -> i);
        LimitExceededException nodes = assertThrows(
                LimitExceededException.class,
                () -> rows(things, Query.allTime().where(field("number").in(items))));
        assertEquals("filterNodesMax", nodes.limitName());
    }
}
