package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import org.almagest.model.Datapoint;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

class ReadAheadTest {
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    @Test
    void takesWhateverARowMayBe() {
        Datapoint at = Datapoint.at(Instant.EPOCH).build();
        Datapoint[] rows = {
            null,
            Datapoint.builder().build(),
            at,
            at.toBuilder().geometry(GEOMETRIES.createPolygon()).build(),
            at.toBuilder()
                    .geometry(GEOMETRIES.createPoint(new Coordinate(1, 2)))
                    .build(),
            at.toBuilder().geometry("POINT (1 2)").build(),
            at.toBuilder().set("text", "").set("number", 7L).set("json", "{").build(),
            at.toBuilder()
                    .geometry(GEOMETRIES.toGeometry(new Envelope(1, 2, 3, 4)))
                    .build()
        };
        ReadAhead ahead = new ReadAhead();
        assertDoesNotThrow(() -> ahead.read(rows, 0, 0));
        assertEquals(0, ahead.seen);
        assertDoesNotThrow(() -> ahead.read(rows, 0, rows.length));
        assertNotEquals(0, ahead.seen);
        assertDoesNotThrow(() -> ahead.read(rows, 7, rows.length));
    }
}
