package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.GeometryValidity;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Turns a geometry into its footprint, cut at the antimeridian and closed along the poles.
 *
 * <p>Per ring, the same for datapoints and for filters:
 *
 * <ol>
 *   <li>A ring with a longitude beyond ±180 is taken as unwrapped already; ±360 is accepted.
 *   <li>An edge 360 wide, or with both ends on ±180, runs along its parallel or meridian; one 180 wide does not cross.
 *   <li>Other edges wider than 180 cross the antimeridian the short way, unless the rule is {@code AS_DRAWN}.
 *   <li>A ring without crossings means what it draws, however wide.
 *   <li>A ring with crossings is unwrapped. Its interior is the side of smaller area on the sphere, measured between
 *       edges straight in longitude and latitude; ring direction breaks a tie. It is cut at every 180 + 360 k and, when
 *       a pole lies inside, closed along the pole.
 *   <li>Holes go the same way; longitudes within 1e-9 of ±180 lie on it; slivers without area are dropped.
 *   <li>A STAC {@code bbox} decides the rule, see {@link #ruleOf}.
 * </ol>
 *
 * <p>An invalid polygon is repaired in the cut form, or refused when validity is {@code STRICT}. One with more than
 * {@code geometryExactVerticesMax} positions, or with too many self-intersections to repair in bounded time, is cut but
 * neither checked nor repaired, and {@code STRICT} refuses it. Immutable, safe between threads.
 */
public final class AntimeridianCut {
    private final AntimeridianRule rule;
    private final PolygonRepair repair;

    private AntimeridianCut(AntimeridianRule rule, PolygonRepair repair) {
        this.rule = rule;
        this.repair = repair;
    }

    /** Returns a cut that reads wide edges the short way and repairs invalid polygons. */
    public static AntimeridianCut of(Limits limits) {
        return new AntimeridianCut(
                AntimeridianRule.SHORT_WAY,
                new PolygonRepair(limits.geometryExactVerticesMax(), GeometryValidity.REPAIR_INDEX_FORM));
    }

    /** Returns the same cut with another rule for wide edges. */
    public AntimeridianCut reading(AntimeridianRule newRule) {
        return new AntimeridianCut(newRule, repair);
    }

    /** Returns the same cut with another treatment of invalid polygons. */
    public AntimeridianCut treating(GeometryValidity validity) {
        return new AntimeridianCut(rule, repair.treating(validity));
    }

    /**
     * Returns the rule that a STAC {@code bbox} beside the geometry asks for; rule 7.
     *
     * @param otherwise the rule where the box says nothing: west at most east and at most 180 degrees wide
     */
    public static AntimeridianRule ruleOf(BoundingBox bbox, AntimeridianRule otherwise) {
        if (bbox.wraps()) {
            return AntimeridianRule.CROSSING;
        }
        return bbox.widthDegrees() > Seam.LONGITUDE ? AntimeridianRule.AS_DRAWN : otherwise;
    }

    /**
     * Returns the footprint of a geometry.
     *
     * <p>Costs O(n log n), for small convex polygons little more than a look.
     *
     * @param geometry not EMPTY, and passed by {@link GeometryChecks#check}
     * @throws InvalidRequestException if it is EMPTY, or invalid and validity is {@code STRICT}
     * @throws LimitExceededException if validity is {@code STRICT} and it has too many positions to be checked
     */
    public Footprint footprint(Geometry geometry) {
        if (geometry.isEmpty()) {
            throw new InvalidRequestException("geometry", "EMPTY (expected a geometry with positions)");
        }
        return new Work().run(geometry);
    }

    /**
     * Returns the footprint that had these flags, without checking again what was found valid.
     *
     * @param original the original of that footprint
     * @param flags its {@link Footprint#flags()}
     */
    public Footprint restore(Geometry original, int flags) {
        int ruleFlags = flags & (Footprint.FLAG_AS_DRAWN | Footprint.FLAG_CROSSING);
        Footprint plain = new Footprint(original, original, flags);
        if ((flags & Footprint.FLAG_DIFFERS) == 0) {
            return plain;
        }
        boolean valid = (flags & (Footprint.FLAG_REPAIRED | Footprint.FLAG_UNCHECKED)) == 0;
        PolygonRepair again = valid ? PolygonRepair.NONE : repair.treating(GeometryValidity.REPAIR_INDEX_FORM);
        Footprint cut = new AntimeridianCut(plain.rule(), again).footprint(original);
        assert (cut.flags() & (Footprint.FLAG_AS_DRAWN | Footprint.FLAG_CROSSING)) == ruleFlags : cut;
        return new Footprint(original, cut.cut(), flags);
    }

    /** Returns the flags of a footprint that is its own cut form, such as every {@link PlainFootprint} is. */
    public int plainFlags() {
        return ruleFlags();
    }

    private int ruleFlags() {
        return switch (rule) {
            case SHORT_WAY -> 0;
            case AS_DRAWN -> Footprint.FLAG_AS_DRAWN;
            case CROSSING -> Footprint.FLAG_CROSSING;
        };
    }

    /** One geometry on its way. */
    private final class Work {
        private final List<Geometry> parts = new ArrayList<>();
        private int flags = ruleFlags();

        Footprint run(Geometry geometry) {
            add(geometry);
            if ((flags & Footprint.FLAG_DIFFERS) == 0 && !nests(geometry)) {
                return new Footprint(geometry, geometry, flags);
            }
            if (parts.isEmpty()) {
                addOutlines(geometry);
            }
            return new Footprint(geometry, together(geometry), flags | Footprint.FLAG_DIFFERS);
        }

        /** Puts the parts together; polygons of a collection may overlap, which those of a MultiPolygon must not. */
        private Geometry together(Geometry geometry) {
            Geometry cut = GeometryBuilder.FACTORY.buildGeometry(parts);
            boolean collection = geometry instanceof GeometryCollection && !GeometryChecks.isMulti(geometry);
            return collection && cut instanceof MultiPolygon
                    ? GeometryBuilder.FACTORY.createGeometryCollection(parts.toArray(new Geometry[0]))
                    : cut;
        }

        /** Lets outlines stand for polygons of which nothing but slivers is left, so that they can be found. */
        private void addOutlines(Geometry geometry) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                Geometry part = geometry.getGeometryN(i);
                if (part instanceof Polygon) {
                    parts.addAll(LineCut.cut(((Polygon) part).getExteriorRing().getCoordinateSequence(), rule));
                } else {
                    addOutlines(part);
                }
            }
        }

        /** True for a collection whose parts are not all single geometries: the cut form is flat. */
        private boolean nests(Geometry geometry) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                Geometry part = geometry.getGeometryN(i);
                if (part != geometry && part instanceof GeometryCollection) {
                    return true;
                }
            }
            return false;
        }

        private void add(Geometry geometry) {
            if (geometry instanceof Point) {
                addPoint((Point) geometry);
            } else if (geometry instanceof LineString) {
                addLine((LineString) geometry);
            } else if (geometry instanceof Polygon
                    || GeometryChecks.partWord(geometry).equals("polygon")) {
                addPolygons(geometry);
            } else {
                for (int i = 0; i < geometry.getNumGeometries(); i++) {
                    add(geometry.getGeometryN(i));
                }
            }
        }

        private void addPoint(Point point) {
            Coordinate wrapped = wrapped(point.getCoordinate());
            if (wrapped.x == point.getX()) {
                parts.add(point);
            } else {
                parts.add(GeometryBuilder.FACTORY.createPoint(wrapped));
                flags |= Footprint.FLAG_DIFFERS;
            }
        }

        private Coordinate wrapped(Coordinate position) {
            double longitude = Seam.snap(position.x);
            if (Math.abs(longitude) > Seam.LONGITUDE) {
                longitude = Seam.snap(longitude - Math.copySign(Seam.TURN, longitude));
            }
            return new Coordinate(longitude, position.y);
        }

        private void addLine(LineString line) {
            CoordinateSequence positions = line.getCoordinateSequence();
            if (isAsItShouldBe(positions)) {
                parts.add(line);
                return;
            }
            List<LineString> pieces = LineCut.cut(positions, rule);
            parts.addAll(pieces);
            flags |= Footprint.FLAG_DIFFERS | (pieces.size() > 1 ? Footprint.FLAG_CUT : 0);
        }

        /** Adds a polygon or the polygons of a MultiPolygon, which are valid or not together. */
        private void addPolygons(Geometry geometry) {
            List<Geometry> pieces = new ArrayList<>();
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                cutPolygon((Polygon) geometry.getGeometryN(i), pieces);
            }
            PolygonRepair.Result result = repair.check(pieces, (flags & Footprint.FLAG_REPAIRED) != 0);
            flags |= result.flags();
            parts.addAll(result.parts());
        }

        private void cutPolygon(Polygon polygon, List<Geometry> pieces) {
            boolean plain = true;
            List<CoordinateSequence> rings = new ArrayList<>(1 + polygon.getNumInteriorRing());
            rings.add(polygon.getExteriorRing().getCoordinateSequence());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                rings.add(polygon.getInteriorRingN(i).getCoordinateSequence());
            }
            for (CoordinateSequence ring : rings) {
                plain &= isAsItShouldBe(ring);
            }
            if (plain) {
                pieces.add(polygon);
                return;
            }
            flags |= Footprint.FLAG_DIFFERS;
            List<UnwrappedRing> unwrapped = new ArrayList<>(rings.size());
            boolean inOneStrip = true;
            for (CoordinateSequence positions : rings) {
                UnwrappedRing ring = UnwrappedRing.of(positions, rule);
                inOneStrip &= ring.liesInOneStrip() && !ring.enclosesNorth();
                unwrapped.add(ring);
            }
            if (inOneStrip) {
                pieces.add(polygonOf(unwrapped));
            } else {
                cutRings(unwrapped, pieces);
            }
        }

        private Polygon polygonOf(List<UnwrappedRing> rings) {
            LinearRing[] made = new LinearRing[rings.size()];
            for (int i = 0; i < made.length; i++) {
                made[i] = GeometryBuilder.FACTORY.createLinearRing(rings.get(i).inOneStrip());
            }
            LinearRing[] holes = new LinearRing[made.length - 1];
            System.arraycopy(made, 1, holes, 0, holes.length);
            return GeometryBuilder.FACTORY.createPolygon(made[0], holes);
        }

        private void cutRings(List<UnwrappedRing> rings, List<Geometry> pieces) {
            SeamCut seams = new SeamCut();
            for (int i = 0; i < rings.size(); i++) {
                seams.add(rings.get(i), i > 0);
            }
            flags |= seams.spansStrips() ? Footprint.FLAG_CUT : 0;
            flags |= seams.closedAtPole() ? Footprint.FLAG_CLOSED_AT_POLE : 0;
            flags |= Math.abs(rings.get(0).turns()) > 1 ? Footprint.FLAG_REPAIRED : 0;
            if (coversGroundTwice(rings.get(0))) {
                // The pieces of different strips overlap; repair unites them.
                for (int strip = seams.lowestStrip(); strip <= seams.highestStrip(); strip++) {
                    pieces.addAll(seams.polygons(strip));
                }
            } else {
                pieces.addAll(seams.polygons(null));
            }
        }

        private boolean coversGroundTwice(UnwrappedRing shell) {
            if (shell.turns() != 0 || shell.enclosesNorth() || !shell.spansMoreThanATurn()) {
                return false;
            }
            SeamCut alone = new SeamCut();
            alone.add(shell, false);
            double area = 0;
            for (Polygon polygon : alone.polygons(null)) {
                area += polygon.getArea();
            }
            return area < shell.doubledPlanarArea() / 2 * (1 - 1e-9);
        }

        /** Tells whether a ring or line is its own cut form: inside the map, nothing to snap, no crossing. */
        private boolean isAsItShouldBe(CoordinateSequence positions) {
            double previous = positions.getX(0);
            for (int i = 0; i < positions.size(); i++) {
                double longitude = positions.getX(i);
                if (Math.abs(longitude) > Seam.LONGITUDE
                        || Seam.snap(longitude) != longitude
                        || Seam.crosses(previous, longitude, rule)) {
                    return false;
                }
                previous = longitude;
            }
            return true;
        }
    }
}
