package org.almagest.storage.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.GridRule;
import org.almagest.geo.Footprint;
import org.almagest.model.Geohash;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.scan.RunMatches;
import org.locationtech.jts.geom.Coordinate;

/**
 * Counts rows by the geohash cells of their footprints.
 *
 * <p>A row whose index box lies in one cell is counted there by either rule, without its geometry: the index box holds
 * the cut form, which is met by that cell and no other, and holds its centroid. A box that wraps decides nothing.
 */
final class GridAccumulator implements Accumulator {
    private final Aggregation.GeohashGrid wanted;
    private final int precision;
    private final LongCounts counts;

    GridAccumulator(Aggregation.GeohashGrid wanted, BucketBound bound) {
        this.wanted = wanted;
        this.precision = wanted.precision();
        this.counts = new LongCounts(bound);
    }

    @Override
    public AnsweredBy begin(RunMatches rows) {
        return AnsweredBy.ROWS;
    }

    @Override
    public void add(RunMatches rows) {
        BoxColumn boxes = rows.boxes();
        int row = rows.ordinal();
        float south = boxes.south(row);
        if (Float.isNaN(south)) {
            return;
        }
        if (rows.mayUse(Shortcut.BOX_DECIDES)) {
            float west = boxes.west(row);
            float east = boxes.east(row);
            long cell = Geohash.cell(west, south, precision);
            if (west <= east && cell == Geohash.cell(east, boxes.north(row), precision)) {
                counts.add(cell, 1);
                return;
            }
        }
        Footprint footprint = rows.footprint();
        if (footprint == null) {
            return;
        }
        if (wanted.rule() == GridRule.CENTROID) {
            Coordinate centroid = footprint.centroid();
            counts.add(Geohash.cell(centroid.getX(), centroid.getY(), precision), 1);
        } else {
            new MetCells(footprint.cut(), precision, rows::checkDeadline).forEach(met -> counts.add(met, 1));
        }
    }

    @Override
    public Aggregate result() {
        List<Bucket> buckets = new ArrayList<>();
        for (long cell : counts.sorted()) {
            buckets.add(Bucket.ofCell(Geohash.text(cell, precision), counts.count(cell)));
        }
        return new Aggregate.Buckets(buckets);
    }
}
