package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Datasets and collections by name: creation, lookup, listing, ids and documents. */
public abstract class NamesContract extends ContractSupport {
    /** Creates the suite. */
    protected NamesContract() {}

    private static List<String> slugs(Catalog catalog) {
        return catalog.datasets().stream().map(Dataset::slug).toList();
    }

    private static List<String> names(Dataset dataset) {
        return dataset.collections().stream().map(Collection::name).toList();
    }

    @Test
    void at25CollectionsAreUniqueInTheirDataset() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(Fixtures.sensorDataset());
        Collection first = dataset.getOrCreateCollection("My-collection");
        Collection second = dataset.getOrCreateCollection("My-collection");
        assertEquals(first.id(), second.id());
        assertEquals(List.of("My-collection"), names(dataset));
        assertFails(
                AlreadyExistsException.class,
                "collection \"My-collection\": already exists in dataset \"my_org.my_custom_dataset\"",
                () -> dataset.createCollection("My-collection"));
        assertEquals("My-collection", dataset.collection("My-collection").name());
        assertEquals(dataset.id(), dataset.collection("My-collection").dataset().id());
        assertTrue(dataset.findCollection("Sat-X").isEmpty());
        assertFails(
                NotFoundException.class,
                "No such collection Sat-X",
                () -> dataset.collection("Sat-X").info());
        for (String name : List.of("S1A_IW_RAW__0S", "ERS-2", "my-collection", "a b", "\u00c9", "../x")) {
            assertEquals(name, dataset.createCollection(name).name());
        }
        assertEquals(
                List.of("../x", "ERS-2", "My-collection", "S1A_IW_RAW__0S", "a b", "my-collection", "\u00c9"),
                names(dataset));
    }

    @Test
    void collectionsAreListedInTheOrderOfCodePoints() {
        Dataset dataset = open().createDataset(numbers("a.numbers"));
        List<String> names = List.of("A", "B", "a", "\u00e9", "\uFFFD", "\uD800\uDC00");
        for (int i = names.size() - 1; i >= 0; i--) {
            dataset.createCollection(names.get(i));
        }
        assertEquals(names, names(dataset));
    }

    @Test
    void refusesNamesThatAreNotClean() {
        Dataset dataset = open().createDataset(numbers("a.numbers"));
        for (String name : List.of("", " a", "a ", "a\u0000", "a\nb", "e\u0301", "\u202eabc", "a\uD800", "\u00a0a")) {
            assertThrows(InvalidRequestException.class, () -> dataset.createCollection(name));
            assertThrows(InvalidRequestException.class, () -> dataset.getOrCreateCollection(name));
        }
        assertFails(
                InvalidRequestException.class,
                "collection \"e\u0301\": name is not in Unicode normalization form C",
                () -> dataset.createCollection("e\u0301"));
        String longest = "\uD83D\uDE80".repeat(256);
        LimitExceededException failure =
                assertThrows(LimitExceededException.class, () -> dataset.createCollection(longest + "x"));
        assertEquals("collectionNameLengthMax", failure.limitName());
        assertEquals(List.of(), names(dataset));
        assertEquals(longest, dataset.createCollection(longest).name());
    }

    @Test
    void at30DatasetsAreFoundBySlug() {
        Catalog catalog = open();
        for (String slug :
                List.of("open_data.copernicus.sentinel2_msi", "open_data.asf.ers_sar", "my_org.my_custom_dataset")) {
            Dataset created = catalog.createDataset(numbers(slug));
            assertEquals(slug, catalog.dataset(slug).slug());
            assertEquals(created.id(), catalog.dataset(slug).id());
        }
        assertEquals(
                List.of("my_org.my_custom_dataset", "open_data.asf.ers_sar", "open_data.copernicus.sentinel2_msi"),
                slugs(catalog));
        assertFails(NotFoundException.class, "No such dataset my_org.nope", () -> catalog.dataset("my_org.nope"));
        assertTrue(catalog.findDataset("my_org").isEmpty());
        assertFails(
                AlreadyExistsException.class,
                "dataset \"my_org.my_custom_dataset\": already exists",
                () -> catalog.createDataset(numbers("my_org.my_custom_dataset")));
        assertEquals(3, catalog.datasets().size());
    }

    @Test
    void datasetsKeepWhatTheyWereCreatedWith() {
        Catalog catalog = open();
        DatasetSpec spec = DatasetSpec.spatioTemporal("a.full")
                .field(Field.string("name").describedAs("the name").queryable())
                .field(Field.float64("cloud").from("/properties/eo:cloud_cover"))
                .key("name")
                .describedAs("A dataset.")
                .build();
        Dataset created = catalog.createDataset(spec);
        Dataset found = catalog.dataset("a.full");
        assertEquals("A dataset.", found.description());
        assertEquals(spec.schema().numbered(), found.schema());
        assertEquals(created.schema(), found.schema());
        assertEquals(5, found.schema().field("name").orElseThrow().number());
        assertEquals(6, found.schema().field("cloud").orElseThrow().number());
        assertEquals(
                4,
                catalog.createDataset(numbers("a.numbers"))
                        .schema()
                        .field("number")
                        .orElseThrow()
                        .number());
    }

    @Test
    void independentStoresAgreeOnIds() {
        Dataset here = open().createDataset(numbers("a.numbers"));
        Dataset there = open(another(), options()).createDataset(Fixtures.numbers("a.numbers"));
        Dataset elsewhere =
                open(another(), options().withNamespace(new UUID(1, 2))).createDataset(Fixtures.numbers("a.numbers"));
        assertEquals(here.id(), there.id());
        assertNotEquals(here.id(), elsewhere.id());
        assertEquals(
                here.createCollection("x").id(), there.createCollection("x").id());
        assertNotEquals(
                here.createCollection("y").id(), elsewhere.createCollection("y").id());
        assertEquals(
                here.collection("x")
                        .ingest(Fixtures.numbered("2020-01-01T00:00:00Z", 5))
                        .ids(),
                there.collection("x")
                        .ingest(Fixtures.numbered("2020-01-01T00:00:00Z", 5))
                        .ids());
        assertEquals(8, here.id().version());
        assertEquals(8, here.collection("x").id().version());
    }

    @Test
    void aCallerMaySupplyTheIdOfADataset() {
        Catalog catalog = open();
        UUID id = UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc");
        assertEquals(id, catalog.createDataset(numbers("a.first").withId(id)).id());
        assertEquals(id, catalog.dataset("a.first").id());
        assertFails(
                AlreadyExistsException.class,
                "dataset \"a.second\": id 126a2531-c98d-4e06-815a-34bc5b1228cc is the id of dataset \"a.first\"",
                () -> catalog.createDataset(numbers("a.second").withId(id)));
        assertEquals(List.of("a.first"), slugs(catalog));
    }

    @Test
    void collectionsCarryADocument() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        assertTrue(things.document().isEmpty());
        things.putDocument(Json.parse("{\"b\": 1, \"a\": [true]}"));
        assertEquals("{\"a\":[true],\"b\":1}", things.document().orElseThrow().text());
        things.putDocument(Json.parse("{}"));
        assertEquals(
                "{}",
                catalog.dataset("a.numbers")
                        .collection("things")
                        .document()
                        .orElseThrow()
                        .text());
        for (String text : List.of("[]", "null", "\"{}\"", "1")) {
            assertFails(
                    InvalidRequestException.class,
                    "collection \"things\": document: not an object (expected one)",
                    () -> things.putDocument(Json.parse(text)));
        }
        assertEquals("{}", things.document().orElseThrow().text());
    }

    @Test
    void documentsHaveALargestSize() {
        Catalog catalog = open("documentBytesMax", 20);
        Collection things = things(catalog, numbers("a.numbers"));
        things.putDocument(Json.parse("{\"a\":\"" + "x".repeat(12) + "\"}"));
        assertFails(
                LimitExceededException.class,
                "collection \"things\": document bytes: 21 (at most 20)",
                () -> things.putDocument(Json.parse("{\"a\":\"\u00e9" + "x".repeat(11) + "\"}")));
        assertEquals(20, things.document().orElseThrow().text().length());
    }

    @Test
    void datasetsAndCollectionsAreCountedAgainstTheirLimits() {
        Catalog catalog = open(options().with(Limits.defaults().with(Map.of("datasetsMax", 2L, "collectionsMax", 3L))));
        Dataset first = catalog.createDataset(numbers("a.first"));
        Dataset second = catalog.createDataset(numbers("a.second"));
        assertFails(
                LimitExceededException.class,
                "catalog: datasets: 3 (at most 2)",
                () -> catalog.createDataset(numbers("a.third")));
        first.createCollection("x");
        second.createCollection("x");
        second.createCollection("y");
        assertFails(
                LimitExceededException.class, "catalog: collections: 4 (at most 3)", () -> first.createCollection("y"));
        assertEquals(
                first.collection("x").id(), first.getOrCreateCollection("x").id());
        assertEquals(List.of("a.first", "a.second"), slugs(catalog));
        assertEquals(List.of("x"), names(first));
    }

    @Test
    void aClosedCatalogSaysSo() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        catalog.close();
        catalog.close();
        assertFails(IllegalStateException.class, "catalog: closed", () -> catalog.createDataset(numbers("a.other")));
        assertFails(IllegalStateException.class, "catalog: closed", catalog::datasets);
        assertFails(IllegalStateException.class, "catalog: closed", things::info);
        assertFails(
                IllegalStateException.class,
                "catalog: closed",
                () -> things.ingest(Fixtures.numbered("2020-01-01T00:00:00Z", 1)));
        assertFails(
                IllegalStateException.class,
                "catalog: closed",
                () -> things.query(Query.allTime().build()));
    }

    @Test
    void capabilitiesAreWhatTheImplementationDeclares() {
        assertEquals(store().capabilities(), open().capabilities());
    }

    @Test
    void schemasHaveLimits() {
        Catalog catalog = open(options()
                .with(Limits.defaults()
                        .with(Map.of("fieldsMax", 2L, "enumValuesMax", 2L, "descriptionLengthMax", 5L))));
        DatasetSpec.Builder spec =
                DatasetSpec.temporal("a.wide").field(Field.int64("a")).field(Field.int64("b"));
        Dataset wide =
                catalog.createDataset(spec.describedAs("\uD83D\uDE80".repeat(5)).build());
        assertFails(
                LimitExceededException.class,
                "dataset: fields: 3 (at most 2)",
                () -> wide.alter(
                        wide.schema().toBuilder().field(Field.int64("c")).build()));
        assertFails(
                LimitExceededException.class,
                "dataset: description length: 6 (at most 5)",
                () -> catalog.createDataset(
                        DatasetSpec.temporal("a.other").describedAs("123456").build()));
        assertFails(
                LimitExceededException.class,
                "field \"e\": values: 3 (at most 2)",
                () -> catalog.createDataset(DatasetSpec.temporal("a.other")
                        .field(Field.parse("e:enum(0=A,1=B,2=C)"))
                        .build()));
        assertFails(
                LimitExceededException.class,
                "field \"e\": description length: 6 (at most 5)",
                () -> catalog.createDataset(DatasetSpec.temporal("a.other")
                        .field(Field.int64("e").describedAs("123456"))
                        .build()));
        assertFailsAt(
                LimitExceededException.class,
                "field \"" + "n".repeat(100) + "…\": name length: 101 (at most 100)",
                () -> catalog.createDataset(DatasetSpec.temporal("a.other")
                        .field(Field.int64("n".repeat(101)))
                        .build()));
        assertEquals(List.of("a.wide"), slugs(catalog));
        assertEquals(2, wide.schema().fields().size());
    }

    @Test
    void aDocumentIsReplacedOnlyWhereItIsTheExpectedOne() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        assertEquals(0, things.documentVersion());
        String refusal = "collection \"things\": document version: ";
        assertFails(
                PreconditionFailedException.class,
                refusal + "0 (expected 1)",
                () -> things.putDocument(Json.parse("{}"), 1));
        assertEquals(1, things.putDocument(Json.parse("{}"), 0));
        assertEquals(1, things.putDocument(Json.parse("{}"), 0), "repeated");
        assertFails(
                PreconditionFailedException.class,
                refusal + "1 (expected 0)",
                () -> things.putDocument(Json.parse("{\"a\":1}"), 0));
        assertEquals(2, things.putDocument(Json.parse("{\"a\":1}"), 1));
        things.putDocument(Json.parse("{\"a\":2}"));
        assertEquals(3, things.documentVersion());
        assertEquals(Json.parse("{\"a\":2}"), things.document().orElseThrow());
        assertFails(
                InvalidRequestException.class,
                "collection \"things\": document: not an object (expected one)",
                () -> things.putDocument(Json.parse("[]"), 3));
    }

    @Test
    void aCollectionCanHaveADocumentFromTheStart() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        long before = catalog.version();
        String large = "{\"a\":\"" + "x".repeat(10_000) + "\"}";
        Collection things = dataset.createCollection("things", Json.parse(large));
        assertEquals(before + 1, catalog.version());
        assertEquals(1, things.documentVersion());
        assertEquals(Json.parse(large), things.document().orElseThrow());
        assertFails(
                AlreadyExistsException.class,
                "collection \"things\": already exists in dataset \"a.numbers\"",
                () -> dataset.createCollection("things", Json.parse("{}")));
        assertFails(
                InvalidRequestException.class,
                "collection \"others\": document: not an object (expected one)",
                () -> dataset.createCollection("others", Json.parse("1")));
        assertEquals(List.of("things"), names(dataset));
        if (can(Capability.DURABLE)) {
            Catalog again = reopen(catalog);
            Collection found = again.dataset("a.numbers").collection("things");
            assertEquals(Json.parse(large), found.document().orElseThrow());
            assertEquals(2, found.putDocument(Json.parse("{}"), 1));
        }
    }

    @Test
    void onlyAnEmptyCollectionIsDeletedIfItMustBeEmpty() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        Collection things = dataset.createCollection("things", Json.parse("{}"));
        ingest(catalog, things, Fixtures.numbered("2020-01-01T00:00:00Z", 3));
        assertFails(
                ConflictException.class,
                "collection \"things\": 3 datapoints (expected none)",
                () -> dataset.deleteEmptyCollection("things"));
        assertEquals(3, things.info().count());
        things.delete(Query.allTime().build());
        dataset.deleteEmptyCollection("things");
        assertEquals(List.of(), names(dataset));
        assertFails(
                NotFoundException.class, "No such collection things", () -> dataset.deleteEmptyCollection("things"));
    }

    @Test
    void versionsTellWhatChangedLast() {
        Catalog catalog = open();
        assertTrue(catalog.definitionsVersion() <= catalog.version());
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        Collection one = dataset.createCollection("one");
        Collection two = dataset.createCollection("two");
        long defined = catalog.definitionsVersion();
        assertEquals(catalog.version(), defined);
        assertTrue(one.lastChange() <= catalog.version());
        List<DatapointId> ids = ingest(catalog, one, Fixtures.numbered("2020-01-01T00:00:00Z", 3))
                .ids();
        long first = one.lastChange();
        assertEquals(catalog.version(), first);
        long second = changes(catalog, two, Fixtures.numbered("2020-01-01T00:00:00Z", 3));
        assertTrue(second > first);
        assertEquals(first, one.lastChange());
        assertEquals(defined, catalog.definitionsVersion());
        one.delete(ids.subList(0, 1));
        assertEquals(catalog.version(), one.lastChange());
        assertEquals(second, two.lastChange());
        catalog.maintenance().ifPresent(Maintenance::flush);
        assertEquals(second, two.lastChange());
        one.delete(ids.subList(1, 3));
        long emptied = one.lastChange();
        assertEquals(catalog.version(), emptied);
        catalog.maintenance().ifPresent(Maintenance::flush);
        catalog.maintenance().ifPresent(Maintenance::compact);
        assertTrue(one.lastChange() >= emptied);
        assertEquals(defined, catalog.definitionsVersion());
        one.putDocument(Json.parse("{}"));
        assertEquals(catalog.version(), catalog.definitionsVersion());
        if (can(Capability.DURABLE)) {
            long definitions = catalog.definitionsVersion();
            long last = two.lastChange();
            Catalog again = reopen(catalog);
            Collection found = again.dataset("a.numbers").collection("two");
            assertTrue(found.lastChange() >= last && found.lastChange() <= again.version());
            assertTrue(again.definitionsVersion() >= definitions && again.definitionsVersion() <= again.version());
        }
    }

    private long changes(Catalog catalog, Collection collection, List<Datapoint> rows) {
        ingest(catalog, collection, rows);
        return collection.lastChange();
    }
}
