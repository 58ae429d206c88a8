package org.almagest.storage.page;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/**
 * Positions as an array of ordinates, of which coordinates are made once somebody asks for one: to whoever reads
 * ordinates they would be most of what a row costs.
 *
 * <p>Behaves as the sequence of coordinates that it stands for. Once there are coordinates they hold, so that they may be
 * changed as those of any other geometry.
 */
final class StoredPositions implements CoordinateSequence, Serializable {
    private static final long serialVersionUID = 1;
    private static final int DIMENSIONS = 3;

    /** Both ends of a ring while it is made; never handed to anybody else, and never changed. */
    private static final Coordinate END = new Coordinate();

    private final double[] ordinates;
    private final int from;
    private final int count;
    private final int stored;
    private volatile Coordinate @Nullable [] coordinates;
    private boolean closing;

    /**
     * Takes positions out of an array, which is kept and must not change.
     *
     * @param from the index of the first ordinate
     * @param stored ordinates of a position, 2 or 3
     */
    StoredPositions(double[] ordinates, int from, int count, int stored) {
        this.ordinates = ordinates;
        this.from = from;
        this.count = count;
        this.stored = stored;
    }

    /** Returns these as a ring; they must end where they begin. */
    LinearRing ring(GeometryFactory factory) {
        if (getX(0) != getX(count - 1) || getY(0) != getY(count - 1)) {
            throw new IllegalArgumentException("ring: does not end where it begins");
        }
        // A new ring compares its ends, which is no reason to make coordinates: some compilations left them out, others
        // not.
        closing = true;
        LinearRing ring = factory.createLinearRing(this);
        closing = false;
        return ring;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public int getDimension() {
        return DIMENSIONS;
    }

    @Override
    public double getX(int index) {
        Coordinate[] made = coordinates;
        return made == null ? ordinates[at(index)] : made[index].x;
    }

    @Override
    public double getY(int index) {
        Coordinate[] made = coordinates;
        return made == null ? ordinates[at(index) + 1] : made[index].y;
    }

    @Override
    public double getZ(int index) {
        Coordinate[] made = coordinates;
        return made == null ? storedZ(index) : made[index].getZ();
    }

    @Override
    public double getOrdinate(int index, int ordinate) {
        return switch (ordinate) {
            case X -> getX(index);
            case Y -> getY(index);
            default -> made()[index].getOrdinate(ordinate);
        };
    }

    @Override
    public void setOrdinate(int index, int ordinate, double value) {
        made()[index].setOrdinate(ordinate, value);
    }

    @Override
    public Coordinate getCoordinate(int index) {
        return closing ? END : made()[index];
    }

    @Override
    public Coordinate getCoordinateCopy(int index) {
        return new Coordinate(getX(index), getY(index), getZ(index));
    }

    @Override
    public void getCoordinate(int index, Coordinate into) {
        into.x = getX(index);
        into.y = getY(index);
        into.setZ(getZ(index));
    }

    @Override
    public Coordinate[] toCoordinateArray() {
        return made();
    }

    @Override
    public Envelope expandEnvelope(Envelope envelope) {
        for (int i = 0; i < count; i++) {
            envelope.expandToInclude(getX(i), getY(i));
        }
        return envelope;
    }

    @Override
    @Deprecated
    public Object clone() {
        return copy();
    }

    @Override
    public CoordinateSequence copy() {
        return new CoordinateArraySequence(copies(), DIMENSIONS);
    }

    @Override
    public String toString() {
        return new CoordinateArraySequence(made(), DIMENSIONS).toString();
    }

    private int at(int index) {
        return from + Objects.checkIndex(index, count) * stored;
    }

    private double storedZ(int index) {
        return stored == DIMENSIONS ? ordinates[at(index) + 2] : Coordinate.NULL_ORDINATE;
    }

    private Coordinate[] copies() {
        Coordinate[] copies = new Coordinate[count];
        for (int i = 0; i < count; i++) {
            copies[i] = getCoordinateCopy(i);
        }
        return copies;
    }

    private Coordinate[] made() {
        Coordinate[] made = coordinates;
        return made == null ? make() : made;
    }

    /** Two threads must get the same coordinates. */
    private synchronized Coordinate[] make() {
        Coordinate[] made = coordinates;
        if (made == null) {
            made = copies();
            coordinates = made;
        }
        return made;
    }

    private Object writeReplace() {
        return copy();
    }
}
