package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.Uint64;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Keys: required, unique among the live rows of a collection, findable. */
public abstract class KeyContract extends ContractSupport {
    /** Creates the suite. */
    protected KeyContract() {}

    private static DatasetSpec items() {
        return DatasetSpec.temporal("a.items")
                .field(Field.string("item_id"))
                .field(Field.int64("number"))
                .key("item_id")
                .build();
    }

    private static Datapoint item(String day, String key, int number) {
        return Datapoint.at(day).set("item_id", key).set("number", number).build();
    }

    @Test
    void everyRowNeedsItsKey() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        assertFails(
                InvalidRequestException.class,
                "row 1: field \"item_id\": unset (expected a value, it is the key)",
                () -> things.ingest(List.of(
                        item("2020-01-01", "a", 1),
                        Datapoint.at("2020-01-01").set("number", 2).build())));
        assertEquals(0, things.info().count());
        assertEquals(1, ingest(catalog, things, item("2020-01-01", "", 1)).created());
        assertTrue(things.findByKey("").isPresent());
    }

    @Test
    void aKeyLiveUnderAnotherIdIsAConflict() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        List<DatapointId> ids = ingest(catalog, things, item("2020-01-01", "a", 1), item("2020-01-02", "b", 1))
                .ids();
        String conflict = "row 1: key \"item_id\": \"b\" is live under id " + ids.get(1)
                + " (expected a new key, or the same content)";
        List<Datapoint> rows = List.of(item("2020-01-03", "c", 1), item("2020-01-09", "b", 1));
        assertFails(ConflictException.class, conflict, () -> things.ingest(rows));
        assertFails(ConflictException.class, conflict, () -> things.ingest(rows, IngestMode.REFUSE_EXISTING));
        assertFails(
                ConflictException.class,
                conflict,
                () -> things.ingest(List.of(item("2020-01-01", "a", 1), item("2020-01-02", "b", 2))));
        assertEquals(2, things.info().count());
        assertTrue(things.findByKey("c").isEmpty());
        assertEquals(
                IngestCounts.of(1, 2, 0),
                ingest(
                                catalog,
                                things,
                                item("2020-01-02", "b", 1),
                                item("2020-01-03", "c", 1),
                                item("2020-01-01", "a", 1))
                        .counts());
    }

    @Test
    void refusingModeTellsExistingRowsFromConflicts() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1));
        assertThrows(
                ExistingDatapointsException.class,
                () -> things.ingest(
                        List.of(item("2020-01-01", "a", 1), item("2020-01-02", "b", 1)), IngestMode.REFUSE_EXISTING));
        assertEquals(1, things.info().count());
        assertEquals(
                1,
                things.ingest(List.of(item("2020-01-02", "b", 1)), IngestMode.REFUSE_EXISTING)
                        .created());
    }

    @Test
    void theSameKeyTwiceInOneCallIsAConflictUnlessTheRowIsTheSame() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        assertFails(
                ConflictException.class,
                "row 2: key \"item_id\": same as in row 0 under another id (expected one datapoint per key)",
                () -> things.ingest(
                        List.of(item("2020-01-05", "a", 1), item("2020-01-02", "b", 1), item("2020-01-01", "a", 2))));
        assertEquals(0, things.info().count());
        assertEquals(
                IngestCounts.of(1, 1, 0),
                ingest(catalog, things, item("2020-01-01", "a", 1), item("2020-01-01", "a", 1))
                        .counts());
    }

    @Test
    void keysAreUniqueInTheirCollectionOnly() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Collection others = things.dataset().createCollection("others");
        DatapointId later =
                ingest(catalog, things, item("2020-01-02", "a", 1)).ids().get(0);
        DatapointId earlier =
                ingest(catalog, others, item("2020-01-01", "a", 1)).ids().get(0);
        assertEquals(List.of(earlier, later), ids(things.dataset().findByKey("a")));
        assertEquals(later, things.findByKey("a").orElseThrow().id().orElseThrow());
        assertEquals(earlier, others.findByKey("a").orElseThrow().id().orElseThrow());
        assertEquals(List.of(), things.dataset().findByKey("b"));
    }

    @Test
    void findsTheWholeRowByItsKey() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(item("2020-01-01", "item-" + i * 37 % 500, i));
        }
        ingest(catalog, things, rows);
        for (int i = 0; i < 500; i += 7) {
            Datapoint found = things.findByKey("item-" + i * 37 % 500).orElseThrow();
            assertEquals((long) i, found.values().get("number"));
            assertEquals(found, things.datapoint(found.id().orElseThrow()));
        }
        assertTrue(things.findByKey("item-500").isEmpty());
        assertTrue(things.findByKey("Item-1").isEmpty());
    }

    @Test
    void everyTypeOfKeyIsFound() {
        Catalog catalog = open();
        Map<Field, List<Object>> keys = Map.of(
                Field.string("key"), List.of("\u00e9", "e\u0301"),
                Field.int64("key"), List.of(-1L, Long.MIN_VALUE),
                Field.uint64("key"), List.of(Uint64.ofBits(-1), Uint64.ofBits(1)),
                Field.uuid("key"), List.of(new UUID(1, 2), new UUID(-1, -2)));
        keys.forEach((field, values) -> {
            Collection things = things(
                    catalog,
                    DatasetSpec.temporal("keys." + field.kind().text())
                            .field(field)
                            .key("key")
                            .build());
            for (Object value : values) {
                ingest(
                        catalog,
                        things,
                        Datapoint.at("2020-01-01").set("key", value).build());
            }
            for (Object value : values) {
                assertEquals(
                        value, things.findByKey(value).orElseThrow().values().get("key"));
            }
        });
        Collection integers = catalog.dataset("keys.int64").collection("things");
        assertTrue(integers.findByKey(-1).isPresent());
        assertTrue(integers.findByKey(BigInteger.valueOf(Long.MIN_VALUE)).isPresent());
        assertTrue(integers.findByKey(1).isEmpty());
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Collection integers = things(
                catalog,
                DatasetSpec.temporal("a.integers")
                        .field(Field.int64("key"))
                        .key("key")
                        .build());
        assertThrows(InvalidRequestException.class, () -> things.findByKey(5));
        assertThrows(InvalidRequestException.class, () -> integers.findByKey("5"));
        assertThrows(InvalidRequestException.class, () -> integers.dataset().findByKey(new UUID(0, 0)));
        Collection keyless = things(catalog, Fixtures.numbers("a.numbers"));
        assertFailsAt(InvalidRequestException.class, "key: ", () -> keyless.findByKey("a"));
        assertFailsAt(
                InvalidRequestException.class, "key: ", () -> keyless.dataset().findByKey("a"));
    }

    @Test
    void messagesQuoteTextKeysOnly() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.integers")
                        .field(Field.int64("key"))
                        .field(Field.int64("number"))
                        .key("key")
                        .build());
        DatapointId id = ingest(
                        catalog,
                        things,
                        Datapoint.at("2020-01-01").set("key", 5).build())
                .ids()
                .get(0);
        assertFails(
                ConflictException.class,
                "row 0: key \"key\": 5 is live under id " + id + " (expected a new key, or the same content)",
                () -> things.ingest(
                        List.of(Datapoint.at("2020-01-02").set("key", 5).build())));
    }

    @Test
    void keysAreFoundAfterReopening() {
        needs(Capability.DURABLE);
        Catalog catalog = open();
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1));
        things.ingest(List.of(item("2020-01-02", "b", 2)));
        Catalog again = reopen(catalog);
        Collection found = again.dataset("a.items").collection("things");
        assertEquals(2L, found.findByKey("b").orElseThrow().values().get("number"));
        assertFailsAt(
                ConflictException.class,
                "row 0: key \"item_id\": \"a\" is live under id ",
                () -> found.ingest(List.of(item("2020-01-03", "a", 1))));
    }
}
