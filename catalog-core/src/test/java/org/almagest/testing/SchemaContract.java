package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.query.FieldOperand;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.Test;

/** Schemas that change while there are rows, or while there are none. */
public abstract class SchemaContract extends ContractSupport {
    /** Creates the suite. */
    protected SchemaContract() {}

    @Test
    void at27AddingAFieldIsAlwaysAllowed() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        List<Datapoint> before = all(measurements);
        DatasetSchema altered = dataset.alter(
                dataset.schema().toBuilder().field(Field.int64("quality")).build());
        assertEquals(altered, dataset.schema());
        assertEquals(altered, catalog.dataset(Fixtures.SLUG).schema());
        assertEquals(8, altered.field("quality").orElseThrow().number());
        assertEquals(before, all(measurements));
        assertTrue(all(measurements).get(0).value("quality").isEmpty());
        assertEquals(ids.get(0), ingest(catalog, measurements, r1()).ids().get(0));
        assertEquals(2, measurements.info().count());
        Datapoint rated = r1().toBuilder().set("quality", 1).build();
        assertNotEquals(ids.get(0), ingest(catalog, measurements, rated).ids().get(0));
        assertEquals(3, measurements.info().count());
        Query.Builder withoutQuality =
                Query.allTime().where(FieldOperand.field("quality").isNull());
        assertEquals(2, rows(measurements, withoutQuality).size());
        Query.Builder withQuality =
                Query.allTime().where(FieldOperand.field("quality").equalTo(1));
        assertEquals(List.of("1"), texts(rows(measurements, withQuality), "quality"));
        assertEquals(List.of("1"), texts(rows(measurements, withQuality.select("quality")), "quality"));
    }

    @Test
    void at27RemovingOrRetypingNeedsAnEmptyDataset() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        DatasetSchema original = dataset.schema();
        ingest(catalog, dataset.createCollection("Other"), r1());
        DatasetSchema removed = original.toBuilder().removeField("value").build();
        DatasetSchema renamed =
                removed.toBuilder().field(Field.float64("amount")).build();
        DatasetSchema retyped =
                original.toBuilder().replaceField(Field.float32("value")).build();
        String gone = "field \"value\": removed while datapoints exist (expected an empty dataset)";
        assertFails(ConflictException.class, gone, () -> dataset.alter(removed));
        assertFails(ConflictException.class, gone, () -> dataset.alter(renamed));
        assertFails(
                ConflictException.class,
                "field \"value\": changed from float64 to float32 while datapoints exist (expected an empty dataset)",
                () -> dataset.alter(retyped));
        assertFailsAt(
                ConflictException.class,
                "field \"value\": changed from float64 to float64[] while datapoints exist",
                () -> dataset.alter(original.toBuilder()
                        .replaceField(Field.float64("value").array())
                        .build()));
        assertEquals(original, dataset.schema());
        assertEquals(1, all(dataset.collection("Other")).size());
    }

    @Test
    void anEmptyDatasetMayChangeItsFieldsAndNeverReusesTheirNumbers() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        dataset.alter(dataset.schema().toBuilder().removeField("sensor_history").build());
        DatasetSchema altered = dataset.alter(dataset.schema().toBuilder()
                .replaceField(Field.string("value"))
                .field(Field.int64("quality"))
                .build());
        assertEquals(8, altered.field("value").orElseThrow().number());
        assertEquals(5, altered.field("sensor").orElseThrow().number());
        assertEquals(9, altered.field("quality").orElseThrow().number());
        Datapoint row = Datapoint.at(r1().time()).set("value", "text").build();
        assertEquals(1, ingest(catalog, measurements, row).created());
        assertEquals(List.of("text"), texts(all(measurements), "value"));
    }

    @Test
    void aSchemaReadBeforeAFieldWasAddedNeverTakesThatField() {
        Catalog catalog = open();
        Dataset dataset = measurements(catalog).dataset();
        DatasetSchema read = dataset.schema();
        dataset.alter(read.toBuilder().field(Field.int64("first")).build());
        DatasetSchema stale = read.toBuilder().field(Field.int64("second")).build();
        String overtaken = overtaken("first");
        assertFails(ConflictException.class, overtaken, () -> dataset.alter(stale));
        DatasetSchema altered = dataset.alter(
                now -> now.toBuilder().field(Field.int64("second")).build());
        assertEquals(altered, dataset.schema());
        assertEquals(8, altered.field("first").orElseThrow().number());
        assertEquals(9, altered.field("second").orElseThrow().number());
        dataset.alter(now -> now.toBuilder().removeField("first").build());
        assertTrue(dataset.schema().field("first").isEmpty());
        dataset.alter(DatasetSchema.temporal().field(Field.int64("third")).build());
        assertEquals(1, dataset.schema().fields().size()); // made without reading: replaces all there is
    }

    @Test
    void aSchemaReadBeforeTheFirstFieldWasAddedNeverTakesThatField() {
        Dataset dataset = open().createDataset(DatasetSpec.temporal("a.fresh").build());
        DatasetSchema read = dataset.schema();
        DatasetSchema stale = read.toBuilder().field(Field.int64("second")).build();
        DatasetSchema retyped = read.toBuilder().field(Field.string("first")).build();
        dataset.alter(read.toBuilder().field(Field.int64("first")).build());
        String overtaken = overtaken("first");
        assertFails(ConflictException.class, overtaken, () -> dataset.alter(stale));
        assertFails(ConflictException.class, overtaken, () -> dataset.alter(retyped));
        assertFails(ConflictException.class, overtaken, () -> dataset.alter(read));
        dataset.alter(read.toBuilder().field(Field.int64("first").queryable()).build()); // what both added alike
        assertEquals(1, dataset.schema().fields().size());
        DatasetSchema made =
                DatasetSchema.temporal().field(Field.int64("third")).build();
        DatasetSchema longer = made.toBuilder().field(Field.int64("fourth")).build();
        assertEquals(2, dataset.alter(longer).fields().size()); // made without reading: replaces all there is
    }

    private static String overtaken(String field) {
        return "field \"" + field + "\": added after the proposed schema was read, or that is of another dataset"
                + " (expected a change of the schema as it is now, or one made without reading)";
    }

    @Test
    void aSchemaOfAnotherDatasetIsTakenOnceItsFieldsHaveNoNumbers() {
        Catalog catalog = open();
        DatasetSchema other = catalog.createDataset(
                        DatasetSpec.temporal("a.one").field(Field.int64("only")).build())
                .schema();
        Dataset dataset = catalog.createDataset(DatasetSpec.temporal("a.two")
                .field(Field.int64("first"))
                .field(Field.int64("second"))
                .build());
        assertFails(ConflictException.class, overtaken("second"), () -> dataset.alter(other));
        DatasetSchema.Builder copy = DatasetSchema.temporal();
        other.fields().forEach(field -> copy.field(field.numbered(Field.UNNUMBERED)));
        Field only = dataset.alter(copy.build()).field("only").orElseThrow();
        assertEquals(other.field("only").orElseThrow().number() + 2, only.number());
    }

    @Test
    void aChangeIsMadeAgainWhereAnotherCameBetween() {
        Catalog catalog = open();
        Dataset dataset = measurements(catalog).dataset();
        List<Integer> seen = new ArrayList<>();
        DatasetSchema altered = dataset.alter(read -> {
            if (seen.isEmpty()) {
                dataset.alter(
                        now -> now.toBuilder().removeField("sensor_history").build());
            }
            seen.add(read.fields().size());
            return read.toBuilder().field(Field.int64("quality")).build();
        });
        assertEquals(List.of(4, 3), seen);
        assertTrue(altered.field("sensor_history").isEmpty());
        assertEquals(8, altered.field("quality").orElseThrow().number());
        long version = catalog.version();
        assertEquals(altered, dataset.alter(UnaryOperator.identity()));
        assertEquals(version, catalog.version());
    }

    @Test
    void theKindNeverChanges() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(Fixtures.numbers("a.numbers"));
        assertFails(
                InvalidRequestException.class,
                "schema: kind: SPATIOTEMPORAL (expected TEMPORAL, which never changes)",
                () -> dataset.alter(DatasetSchema.spatioTemporal()
                        .field(Field.int64("number"))
                        .build()));
    }

    @Test
    void flagsAndNotesMayChangeAnyTime() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        Query.Builder above = Query.allTime().where(FieldOperand.field("value").greaterThan(100));
        for (Field changed : List.of(
                Field.float64("value").queryable(),
                Field.float64("value").describedAs("Kelvin").from("/properties/v"),
                Field.float64("value").queryable())) {
            dataset.alter(dataset.schema().toBuilder().replaceField(changed).build());
            assertEquals(
                    changed.isQueryable(),
                    dataset.schema().field("value").orElseThrow().isQueryable());
            assertEquals(4, dataset.schema().field("value").orElseThrow().number());
            assertEquals(List.of(ids.get(1)), ids(rows(measurements, above)));
            assertEquals(
                    IngestCounts.of(0, 2, 0),
                    ingest(catalog, measurements, r1(), r2()).counts());
        }
    }

    @Test
    void enumValuesMayBeAddedAndNeverRemoved() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.modes")
                        .field(Field.parse("mode:enum(0=OFF,1=ON)"))
                        .build());
        Dataset dataset = things.dataset();
        ingest(catalog, things, Datapoint.at(r1().time()).set("mode", "ON").build());
        assertFailsAt(
                ConflictException.class,
                "field \"mode\": changed from enum(0=OFF, 1=ON) to enum(1=ON) while datapoints exist",
                () -> dataset.alter(DatasetSchema.temporal()
                        .field(Field.parse("mode:enum(1=ON)"))
                        .build()));
        dataset.alter(DatasetSchema.temporal()
                .field(Field.parse("mode:enum(0=OFF,1=ON,5=STANDBY)"))
                .build());
        ingest(catalog, things, Datapoint.at(r2().time()).set("mode", 5).build());
        assertEquals(List.of("ON", "STANDBY"), texts(all(things), "mode"));
    }

    @Test
    void geometryRulesMayWidenWhileRowsExist() {
        Catalog catalog = open();
        Collection things =
                things(catalog, DatasetSpec.spatioTemporal("a.places").build());
        Dataset dataset = things.dataset();
        ingest(catalog, things, Datapoint.at(r1().time()).geometry(point(1, 2)).build());
        assertFails(
                ConflictException.class,
                "schema: geometry: narrowed while datapoints exist (expected an empty dataset)",
                () -> dataset.alter(dataset.schema().toBuilder()
                        .geometryKinds(EnumSet.of(GeometryKind.POINT))
                        .build()));
        dataset.alter(dataset.schema().toBuilder()
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .build());
        ingest(
                catalog,
                things,
                Datapoint.at(r2().time()).build(),
                Datapoint.at(r2().time()).geometry("LINESTRING (0 0, 3 6)").build());
        assertEquals(3, things.info().count());
        assertEquals(2, rows(things, Query.allTime().intersecting(point(1, 2))).size());
    }

    @Test
    void aKeyIsDeclaredOnRowsOnlyWhereAllHaveOneOfTheirOwn() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.keys")
                        .field(Field.string("name"))
                        .field(Field.int64("number"))
                        .build());
        Dataset dataset = things.dataset();
        DatasetSchema keyed = dataset.schema().toBuilder().key("name").build();
        DatapointId first = ingest(catalog, things, named("2020-01-01T00:00:00Z", "a"))
                .ids()
                .get(0);
        ingest(catalog, things, named("2020-01-02T00:00:00Z", "b"));
        DatapointId clash = ingest(catalog, things, named("2020-01-03T00:00:00Z", "a"))
                .ids()
                .get(0);
        assertFails(
                ConflictException.class,
                "schema: key \"name\": \"a\" is live under ids " + first + " and " + clash
                        + " (expected one datapoint per key) [collection \"things\"]",
                () -> dataset.alter(keyed));
        assertTrue(dataset.schema().key().isEmpty());
        assertEquals(3, things.info().count());

        DatapointId keyless = ingest(
                        catalog,
                        dataset.createCollection("another"),
                        Datapoint.at("2020-01-01").set("number", 1).build())
                .ids()
                .get(0);
        assertFails(
                ConflictException.class,
                "schema: key \"name\": unset in datapoint " + keyless + " (expected a value) [collection \"another\"]",
                () -> dataset.alter(keyed));
    }

    @Test
    void aKeyDeclaredOnRowsHoldsFromThenOn() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.keys").field(Field.string("name")).build());
        Dataset dataset = things.dataset();
        List<DatapointId> ids = ingest(
                        catalog, things, named("2020-01-01T00:00:00Z", "a"), named("2020-01-02T00:00:00Z", "b"))
                .ids();
        ingest(catalog, dataset.createCollection("another"), named("2020-01-01T00:00:00Z", "a"));
        dataset.alter(dataset.schema().toBuilder().key("name").build());
        assertEquals(ids.get(1), things.findByKey("b").orElseThrow().id().orElseThrow());
        assertFailsAt(
                ConflictException.class,
                "row 0: key \"name\": ",
                () -> things.ingest(List.of(named("2020-01-03T00:00:00Z", "b"))));
        assertFailsAt(
                InvalidRequestException.class,
                "row 0: field \"name\": ",
                () -> things.ingest(List.of(Datapoint.at("2020-01-03").build())));
        assertEquals(2, things.info().count());
        assertEquals(2, dataset.findByKey("a").size());
        assertEquals(
                1, ingest(catalog, things, named("2020-01-03T00:00:00Z", "c")).created());
    }

    private static Datapoint named(String time, String name) {
        return Datapoint.at(time).set("name", name).build();
    }
}
