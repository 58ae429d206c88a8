package org.almagest.storage.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/** Positions of a page are to everybody what a sequence of coordinates is. */
class StoredPositionsTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final double[] PLANE = {99, 99, 0, 0, 4, 0, 4, 3, 0, 0, 77, 77};
    private static final double[] SPACE = {99, 99, 99, 0, 0, 5, 4, 0, 6, 4, 3, 7, 0, 0, 8};

    private static StoredPositions plane() {
        return new StoredPositions(PLANE, 2, 4, 2);
    }

    private static StoredPositions space() {
        return new StoredPositions(SPACE, 3, 4, 3);
    }

    private static CoordinateSequence model(double[] ordinates, int from, int stored) {
        Coordinate[] coordinates = new Coordinate[4];
        for (int i = 0; i < 4; i++) {
            int at = from + i * stored;
            coordinates[i] =
                    new Coordinate(ordinates[at], ordinates[at + 1], stored == 3 ? ordinates[at + 2] : Double.NaN);
        }
        return new CoordinateArraySequence(coordinates, 3);
    }

    private static void assertSamePositions(CoordinateSequence expected, CoordinateSequence actual) {
        assertEquals(expected.size(), actual.size());
        assertEquals(expected.getDimension(), actual.getDimension());
        assertEquals(expected.getMeasures(), actual.getMeasures());
        assertEquals(expected.hasZ(), actual.hasZ());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.getX(i), actual.getX(i));
            assertEquals(expected.getY(i), actual.getY(i));
            assertEquals(expected.getZ(i), actual.getZ(i));
            for (int ordinate = 0; ordinate < 3; ordinate++) {
                assertEquals(expected.getOrdinate(i, ordinate), actual.getOrdinate(i, ordinate));
            }
            Coordinate filled = new Coordinate();
            actual.getCoordinate(i, filled);
            assertTrue(expected.getCoordinate(i).equals3D(filled));
            assertTrue(expected.getCoordinate(i).equals3D(actual.getCoordinateCopy(i)));
            assertTrue(expected.getCoordinate(i).equals3D(actual.getCoordinate(i)));
        }
        assertEquals(expected.expandEnvelope(new Envelope()), actual.expandEnvelope(new Envelope()));
        assertEquals(expected.toString(), actual.toString());
        assertEquals(
                expected.getCoordinate(0).getClass(), actual.getCoordinate(0).getClass());
    }

    @Test
    void positionsAreThoseOfTheArrayBeforeAndAfterThereAreCoordinates() {
        for (boolean withCoordinates : new boolean[] {false, true}) {
            StoredPositions plane = plane();
            StoredPositions space = space();
            if (withCoordinates) {
                plane.toCoordinateArray();
                space.toCoordinateArray();
            }
            assertSamePositions(model(PLANE, 2, 2), plane);
            assertSamePositions(model(SPACE, 3, 3), space);
            assertSamePositions(model(SPACE, 3, 3), space.copy());
        }
    }

    @Test
    void positionsBeyondTheEndAreRefusedThoughTheArrayGoesOn() {
        assertThrows(IndexOutOfBoundsException.class, () -> plane().getX(4));
        assertThrows(IndexOutOfBoundsException.class, () -> plane().getY(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> plane().getCoordinate(4));
    }

    @Test
    void whatIsChangedStaysChangedAndIsNotSharedWithCopies() {
        StoredPositions positions = plane();
        CoordinateSequence copy = positions.copy();
        positions.setOrdinate(1, CoordinateSequence.X, 50);
        positions.getCoordinate(2).y = 60;
        positions.toCoordinateArray()[0].setZ(70);
        assertEquals(50, positions.getX(1));
        assertEquals(60, positions.getY(2));
        assertEquals(70, positions.getZ(0));
        assertSame(positions.getCoordinate(0), positions.toCoordinateArray()[0]);
        assertNotSame(positions.getCoordinate(0), positions.getCoordinateCopy(0));
        assertSamePositions(model(PLANE, 2, 2), copy);
        assertSamePositions(model(PLANE, 2, 2), plane());
    }

    @Test
    void aRingMustEndWhereItBeginsAndHasCoordinatesOfItsOwn() {
        LinearRing ring = plane().ring(FACTORY);
        assertEquals(FACTORY.createLinearRing(model(PLANE, 2, 2)), ring);
        assertSame(ring.getCoordinateN(0), ring.getCoordinates()[0]);
        assertThrows(IllegalArgumentException.class, () -> new StoredPositions(PLANE, 0, 4, 2).ring(FACTORY));
    }

    @Test
    void whoeverSerializesAGeometryNeedsNoClassOfOurs() throws IOException, ClassNotFoundException {
        LinearRing ring = plane().ring(FACTORY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ring);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            LinearRing read = (LinearRing) in.readObject();
            assertEquals(ring, read);
            assertEquals(
                    CoordinateArraySequence.class, read.getCoordinateSequence().getClass());
        }
    }
}
