package org.almagest.testing;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.GeometryChecks;
import org.almagest.model.Limits;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.SpatialRelation;
import org.almagest.query.Truth;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;

/** A spatial filter that asks JTS about the cut forms, and nothing else: no boxes, nothing prepared. */
final class PlainPlace {
    private final SpatialPredicate predicate;
    private final Geometry filter;

    private PlainPlace(SpatialPredicate predicate, Geometry filter) {
        this.predicate = predicate;
        this.filter = filter;
    }

    static PlainPlace of(SpatialFilter condition, Limits limits) {
        if (condition.box().isPresent()) {
            return new PlainPlace(
                    condition.predicate(),
                    Footprint.ofBox(condition.box().get()).cut());
        }
        Geometry geometry = condition.geometry().orElseThrow();
        try {
            GeometryChecks.check(geometry, limits);
            Footprint footprint =
                    AntimeridianCut.of(limits).reading(condition.antimeridian()).footprint(geometry);
            return new PlainPlace(condition.predicate(), footprint.cut());
        } catch (InvalidRequestException e) {
            throw e.within("query: spatial");
        } catch (LimitExceededException e) {
            throw e.within("query: spatial");
        }
    }

    /** Tells how two places lie to each other; where neither both reach 180 degrees, or boundaries count. */
    static Truth relate(Footprint left, SpatialRelation relation, Footprint right) {
        TopologyPredicate topology;
        switch (relation) {
            case EQUALS -> topology = RelatePredicate.equalsTopo();
            case TOUCHES -> topology = RelatePredicate.touches();
            case OVERLAPS -> topology = RelatePredicate.overlaps();
            case CROSSES -> topology = RelatePredicate.crosses();
            default -> {
                return Truth.of(new PlainPlace(SpatialPredicate.valueOf(relation.name()), right.cut()).matches(left));
            }
        }
        try {
            return Truth.of(RelateNG.relate(left.cut(), right.cut(), topology));
        } catch (TopologyException | IllegalArgumentException e) {
            return Truth.UNKNOWN;
        }
    }

    boolean matches(Footprint datapoint) {
        Geometry row = datapoint.cut();
        return switch (predicate) {
            case INTERSECTS -> intersects(row);
            case DISJOINT -> !intersects(row);
            case WITHIN -> covers(aroundTheGlobe(filter), row);
            case CONTAINS -> covers(aroundTheGlobe(row), filter);
        };
    }

    /** JTS may miss what one part covers where other parts of a collection cross it; so each is asked alone too. */
    private static boolean covers(Geometry outer, Geometry inner) {
        if (RelateNG.relate(outer, inner, RelatePredicate.covers())) {
            return true;
        }
        for (int i = 0; i < inner.getNumGeometries(); i++) {
            if (!onePartCovers(outer, inner.getGeometryN(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean onePartCovers(Geometry outer, Geometry inner) {
        for (int i = 0; i < outer.getNumGeometries(); i++) {
            if (RelateNG.relate(outer.getGeometryN(i), inner, RelatePredicate.covers())) {
                return true;
            }
        }
        return false;
    }

    private boolean intersects(Geometry row) {
        return RelateNG.relate(aroundTheGlobe(filter), row, RelatePredicate.intersects());
    }

    /** Returns the geometry with its copies one turn to the west and east, so that 180 and -180 are one place. */
    private static Geometry aroundTheGlobe(Geometry geometry) {
        List<Geometry> parts = new ArrayList<>();
        for (double turn : new double[] {-360, 0, 360}) {
            Geometry moved = AffineTransformation.translationInstance(turn, 0).transform(geometry);
            for (int i = 0; i < moved.getNumGeometries(); i++) {
                parts.add(moved.getGeometryN(i));
            }
        }
        return new GeometryFactory().createGeometryCollection(parts.toArray(new Geometry[0]));
    }
}
