package org.almagest.io.parquet;

import java.util.List;
import org.almagest.geo.AntimeridianCut;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * The column of boxes by which readers skip rows: where a row is meant to be, west greater than east over the
 * antimeridian. One thread.
 */
final class BoxColumn implements RowColumn {
    static final String NAME = "bbox";
    static final List<String> BOUNDS = List.of("xmin", "ymin", "xmax", "ymax");

    private static final double HALF_TURN = 180;

    private final String name;
    private final AntimeridianCut cut = AntimeridianCut.of(Limits.defaults());
    private boolean wraps;

    BoxColumn(String name) {
        this.name = name;
    }

    /**
     * Tells whether a box so far wraps; such a column is not declared as a covering, since a reader that compares
     * numbers would skip rows that match.
     */
    boolean wraps() {
        return wraps;
    }

    String name() {
        return name;
    }

    @Override
    public Type type() {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.optionalGroup();
        for (String bound : BOUNDS) {
            group.required(PrimitiveTypeName.DOUBLE).named(bound);
        }
        return group.named(name);
    }

    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        Geometry geometry = row.geometry().orElse(null);
        if (geometry == null || geometry.isEmpty()) {
            return null;
        }
        Envelope numbers = geometry.getEnvelopeInternal();
        if (numbers.getWidth() < HALF_TURN) {
            return new double[] {numbers.getMinX(), numbers.getMinY(), numbers.getMaxX(), numbers.getMaxY()};
        }
        // A row that was read knows how its wide edges are meant.
        BoundingBox box = row.box().orElseGet(() -> cut.footprint(geometry).planarBox());
        wraps |= box.wraps();
        return new double[] {box.west(), box.south(), box.east(), box.north()};
    }

    @Override
    public void write(RecordConsumer out, Object encoded) {
        double[] bounds = (double[]) encoded;
        out.startGroup();
        for (int i = 0; i < bounds.length; i++) {
            out.startField(BOUNDS.get(i), i);
            out.addDouble(bounds[i]);
            out.endField(BOUNDS.get(i), i);
        }
        out.endGroup();
    }
}
