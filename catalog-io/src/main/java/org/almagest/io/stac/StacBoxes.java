package org.almagest.io.stac;

import org.almagest.internal.json.DecimalText;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.AntimeridianRule;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** The {@code bbox} member of items. */
final class StacBoxes {
    private static final int FLAT = 4;
    private static final double HALF_TURN = 180;
    private static final double POLE = 90;

    private StacBoxes() {}

    /**
     * Returns the smallest and largest ordinates of all positions: west, south, east, north, or with the lowest and
     * highest z where every position has one. A geometry over the antimeridian gets the box of its numbers.
     */
    static double[] boxOf(Geometry geometry) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        geometry.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence positions, int i) {
                Coordinate position = positions.getCoordinate(i);
                widen(0, position.getX());
                widen(1, position.getY());
                widen(2, position.getZ());
            }

            private void widen(int axis, double value) {
                // NaN, which stands for no z, wins in both.
                low[axis] = Math.min(low[axis], value);
                high[axis] = Math.max(high[axis], value);
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return false;
            }
        });
        return Double.isFinite(low[2])
                ? new double[] {low[0], low[1], low[2], high[0], high[1], high[2]}
                : new double[] {low[0], low[1], high[0], high[1]};
    }

    /** Tells whether a member is exactly the box that {@link #boxOf} gives. */
    static boolean isBoxOf(JsonValue value, Geometry geometry) {
        double[] box = boxOf(geometry);
        if (!(value instanceof JsonArray array) || array.elements().size() != box.length) {
            return false;
        }
        for (int i = 0; i < box.length; i++) {
            if (!(array.elements().get(i) instanceof JsonNumber number)
                    || !DecimalText.canonical(number.literal()).equals(ShortestDecimal.of(box[i]))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns how wide edges of the geometry are meant: a box from west to east that is wider than 180 degrees says that
     * they are as wide as drawn, unless it reaches a pole that they do not, around which they close; one whose west is
     * greater than its east that they cross the antimeridian.
     */
    static AntimeridianRule rule(@Nullable JsonValue value, @Nullable Geometry geometry) {
        if (geometry == null
                || geometry.getEnvelopeInternal().getWidth() < HALF_TURN
                || !(value instanceof JsonArray array)
                || array.elements().size() < FLAT) {
            return AntimeridianRule.SHORT_WAY;
        }
        JsonValue west = array.elements().get(0);
        JsonValue east = array.elements().get(array.elements().size() / 2);
        if (!(west instanceof JsonNumber from) || !(east instanceof JsonNumber to)) {
            return AntimeridianRule.SHORT_WAY;
        }
        double width = to.toDouble() - from.toDouble();
        if (width > HALF_TURN) {
            return reachesPole(array, geometry) ? AntimeridianRule.SHORT_WAY : AntimeridianRule.AS_DRAWN;
        }
        return width < 0 ? AntimeridianRule.CROSSING : AntimeridianRule.SHORT_WAY;
    }

    /** A box that reaches a pole which no position reaches is that of a geometry around the pole, closed there. */
    private static boolean reachesPole(JsonArray box, Geometry geometry) {
        Envelope numbers = geometry.getEnvelopeInternal();
        int half = box.elements().size() / 2;
        return box.elements().get(half + 1) instanceof JsonNumber north
                        && north.toDouble() >= POLE
                        && numbers.getMaxY() < POLE
                || box.elements().get(1) instanceof JsonNumber south
                        && south.toDouble() <= -POLE
                        && numbers.getMinY() > -POLE;
    }
}
