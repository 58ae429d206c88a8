package org.almagest.io.stac;

import java.util.Arrays;
import java.util.Optional;
import org.almagest.geo.AntimeridianCut;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** The {@code bbox} of items that were stored without one, by RFC 7946 section 5. */
public final class ItemBox {
    private static final double HALF_TURN = 180;
    private static final double POLE = 90;

    private ItemBox() {}

    /**
     * Returns the box of a row's geometry: west, south, east, north, with the lowest and highest z where it has them.
     *
     * <p>West is above east where the geometry crosses the antimeridian; around a pole it reaches the pole. A geometry
     * that is read as wide as it is drawn, and one that was not read, has the box of its numbers. Cost: that of cutting
     * it where it is at least 180 degrees wide, else O(n).
     */
    public static double[] of(Datapoint row, Geometry geometry) {
        double[] numbers = StacBoxes.boxOf(geometry);
        Envelope envelope = geometry.getEnvelopeInternal();
        boolean narrow =
                envelope.getWidth() < HALF_TURN && envelope.getMinX() >= -HALF_TURN && envelope.getMaxX() <= HALF_TURN;
        Optional<BoundingBox> index = narrow ? Optional.empty() : row.box();
        return index.map(box -> of(numbers, box, geometry)).orElse(numbers);
    }

    private static double[] of(double[] numbers, BoundingBox index, Geometry geometry) {
        if (index.wraps()) {
            BoundingBox exact =
                    AntimeridianCut.of(Limits.defaults()).footprint(geometry).planarBox();
            return box(numbers, exact);
        }
        int north = numbers.length / 2 + 1;
        boolean around = index.west() <= -HALF_TURN && index.east() >= HALF_TURN;
        if (around && index.north() >= POLE && numbers[north] < POLE) {
            return box(numbers, BoundingBox.of(-HALF_TURN, numbers[1], HALF_TURN, POLE));
        }
        if (around && index.south() <= -POLE && numbers[1] > -POLE) {
            return box(numbers, BoundingBox.of(-HALF_TURN, -POLE, HALF_TURN, numbers[north]));
        }
        return numbers;
    }

    private static double[] box(double[] numbers, BoundingBox flat) {
        double[] box = Arrays.copyOf(numbers, numbers.length);
        int half = numbers.length / 2;
        box[0] = flat.west();
        box[1] = flat.south();
        box[half] = flat.east();
        box[half + 1] = flat.north();
        return box;
    }
}
