package org.almagest.index.spherical;

import java.util.List;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.BoundingBox;

/** One condition between great-circle arcs, made ready for many datapoints. */
final class SphericalFilter implements PlaceTest {
    private final Footprint filter;
    private final PlanarPredicate predicate;
    private final ArcBoxes boxes;
    private final Figure figure;
    private final Relation relation = new Relation();

    /** Takes a filter; made by name, see {@link Spherical}. */
    SphericalFilter(Footprint filter, PlanarPredicate predicate) {
        this(filter, predicate, new ArcBoxes(filter, predicate));
    }

    private SphericalFilter(Footprint filter, PlanarPredicate predicate, ArcBoxes boxes) {
        this.filter = filter;
        this.predicate = predicate;
        this.boxes = boxes;
        this.figure = Figure.of(filter);
    }

    @Override
    public PlanarPredicate predicate() {
        return predicate;
    }

    @Override
    public List<BoundingBox> searchBoxes() {
        return boxes.searchBoxes();
    }

    @Override
    public BoxAnswer decide(double west, double south, double east, double north) {
        return boxes.decide(west, south, east, north);
    }

    @Override
    public boolean matchesExactly(Footprint datapoint) {
        Figure other = Figure.of(datapoint);
        return switch (predicate) {
            case INTERSECTS -> relation.intersect(other, figure);
            case WITHIN -> relation.covers(figure, other);
            case CONTAINS -> relation.covers(other, figure);
            case DISJOINT -> !relation.intersect(other, figure);
        };
    }

    @Override
    public PlaceTest forAnotherThread() {
        return new SphericalFilter(filter, predicate, boxes);
    }
}
