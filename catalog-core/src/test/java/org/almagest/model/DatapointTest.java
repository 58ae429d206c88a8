package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.geo.Wkt;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class DatapointTest {
    private static final Limits LIMITS = Limits.defaults();

    private static Geometry geometry(String wkt) {
        return Wkt.read(wkt, LIMITS);
    }

    @Test
    void holdsWhatWasSetLast() {
        Datapoint row = Datapoint.at("2017-01-01")
                .set("a", 1)
                .set("b", "x")
                .set("a", 2)
                .set("b", null)
                .set("c", null)
                .build();
        assertEquals(Map.of("a", 2), row.values());
        assertEquals(Optional.of(2), row.value("a"));
        assertEquals(Optional.empty(), row.value("b"));
        assertEquals(Instant.parse("2017-01-01T00:00:00Z"), row.time());
        assertThrows(UnsupportedOperationException.class, () -> row.values().clear());
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItBuilt() {
        Datapoint.Builder builder = Datapoint.at(Instant.EPOCH).set("a", 1);
        Datapoint first = builder.build();
        builder.set("a", 2);
        assertEquals(Optional.of(1), first.value("a"));
        assertEquals(first, first.toBuilder().build());
        assertEquals(first.hashCode(), first.toBuilder().build().hashCode());
    }

    @Test
    void everyPartCountsInEquality() {
        Datapoint.Builder builder = Datapoint.at(Instant.EPOCH).set("a", List.of(geometry("POINT Z (1 2 3)")));
        Datapoint row = builder.geometry(geometry("POINT Z (1 2 3)")).build();
        assertEquals(
                row,
                Datapoint.at(Instant.EPOCH)
                        .set("a", List.of(geometry("POINT Z (1 2 3)")))
                        .geometry(geometry("POINT Z (1 2 3)"))
                        .build());
        assertNotEquals(row, row.toBuilder().time(Instant.EPOCH.plusNanos(1)).build());
        assertNotEquals(
                row,
                row.toBuilder().stored(new DatapointId(0, 0), Instant.EPOCH).build());
        assertNotEquals(
                row, row.toBuilder().geometry(geometry("POINT Z (1 2 4)")).build());
        assertNotEquals(row, row.toBuilder().geometry(geometry("POINT (1 2)")).build());
        assertNotEquals(row, row.toBuilder().geometry("POINT (1 2)").build());
        assertNotEquals(
                row,
                row.toBuilder().set("a", List.of(geometry("POINT Z (1 2 4)"))).build());
        assertNotEquals(row, row.toBuilder().set("a", List.of()).build());
        assertNotEquals(row, row.toBuilder().set("b", 1).build());
        assertNotEquals(row, "row");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFieldWithoutNameIsRefusedHoweverManyThereAre() {
        Datapoint.Builder row = Datapoint.builder();
        for (int i = 0; i <= FewFields.FIELDS_MAX + 1; i++) {
            assertThrows(NullPointerException.class, () -> row.set(null, 1));
            assertThrows(NullPointerException.class, () -> row.set(null, null));
            row.set("field" + i, i);
        }
        assertEquals(FewFields.FIELDS_MAX + 2, row.build().values().size());
    }

    @Test
    void saysWhatIsAbsent() {
        Datapoint row = Datapoint.builder().geometry("POINT (1 2)").build();
        assertFalse(row.hasTime());
        assertEquals(
                "datapoint: time: unset",
                assertThrows(IllegalStateException.class, row::time).getMessage());
        assertEquals(
                "datapoint: geometry: not parsed",
                assertThrows(IllegalStateException.class, row::geometry).getMessage());
        assertEquals(Optional.of("POINT (1 2)"), row.rawGeometry());
        assertEquals(Optional.empty(), row.id());
        assertEquals(Optional.empty(), row.ingestionTime());
        assertEquals("Datapoint[time=null, {}]", row.toString());
    }
}
