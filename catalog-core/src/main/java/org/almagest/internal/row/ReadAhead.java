package org.almagest.internal.row;

import java.util.function.BiConsumer;
import org.almagest.model.Datapoint;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/**
 * Looks at the objects of some datapoints before they are bound, which lie anywhere in the heap of the caller.
 *
 * <p>While a row is bound, each of its objects is waited for on its way from memory; here many are on their way at once, as
 * few looks depend on the one before. Nothing depends on what is seen. For one thread.
 */
final class ReadAhead implements BiConsumer<String, Object> {
    /** How many datapoints are looked at together; what they hold fits into the first cache of a processor. */
    static final int ROWS = 8;

    private static final int POSITIONS_MAX = 8;

    private final LineString[] rings = new LineString[ROWS];

    /** Made of everything that was looked at, so that no compiler leaves a look out. */
    int seen;

    /** Looks at some datapoints, at most {@link #ROWS}. */
    void read(@Nullable Datapoint[] datapoints, int from, int to) {
        assert to - from <= ROWS : to - from;
        int sum = 0;
        for (int i = from; i < to; i++) {
            Datapoint datapoint = datapoints[i];
            sum += datapoint != null && datapoint.hasTime() ? 1 : 0;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            Datapoint datapoint = datapoints[i];
            // The geometry of a row that was read may still have to be made.
            if (datapoint != null && datapoint.id().isEmpty()) {
                sum += datapoint.values().size();
                Object given = datapoint.rawGeometry().orElse(null);
                if (given instanceof Polygon) {
                    rings[count++] = ((Polygon) given).getExteriorRing();
                }
            }
        }
        for (int i = from; i < to; i++) {
            Datapoint datapoint = datapoints[i];
            if (datapoint != null && datapoint.id().isEmpty()) {
                datapoint.values().forEach(this);
            }
        }
        seen += sum + readPositions(count);
    }

    private int readPositions(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += rings[i].getCoordinateSequence().getDimension();
        }
        for (int i = 0; i < count; i++) {
            CoordinateSequence positions = rings[i].getCoordinateSequence();
            int some = Math.min(POSITIONS_MAX, positions.size());
            for (int k = 0; k < some; k++) {
                sum += (int) positions.getX(k);
            }
        }
        return sum;
    }

    @Override
    public void accept(String name, Object value) {
        seen += value instanceof String ? ((String) value).length() : 1;
    }
}
