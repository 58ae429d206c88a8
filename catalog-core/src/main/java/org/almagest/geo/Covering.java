package org.almagest.geo;

import org.almagest.internal.geo.EdgeMeetings;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;

/** Whether one cut form covers others: no position of theirs lies outside. Not safe between threads. */
final class Covering {
    /** Positions of one times those of the other up to which nothing can grow too large. */
    private static final long UNGUARDED_PAIRS_MAX = 1_000_000;

    /** Meetings of edges up to which the exact answer is computed; shapes more entangled cover nothing. */
    private static final long MEETINGS_MAX = 200_000;

    private final Geometry outer;
    private @Nullable RelateNG prepared;

    Covering(Geometry outer) {
        this.outer = outer;
    }

    boolean covers(Geometry inner) {
        if (coversInPlace(inner)) {
            return true;
        }
        Envelope bounds = inner.getEnvelopeInternal();
        if (Math.abs(bounds.getMinX()) < Seam.LONGITUDE && Math.abs(bounds.getMaxX()) < Seam.LONGITUDE) {
            return false;
        }
        // A part on the antimeridian itself may be covered from the other side of the map.
        boolean all = true;
        for (int i = 0; i < inner.getNumGeometries() && all; i++) {
            Geometry part = inner.getGeometryN(i);
            all = coversInPlace(part) || coversFromAcross(part);
        }
        return all;
    }

    private boolean coversFromAcross(Geometry part) {
        Envelope bounds = part.getEnvelopeInternal();
        if (bounds.getWidth() > 0 || Math.abs(bounds.getMinX()) != Seam.LONGITUDE) {
            return false;
        }
        return coversInPlace(PreparedFilter.shifted(part, -2 * bounds.getMinX()));
    }

    private boolean coversInPlace(Geometry inner) {
        if (!outer.getEnvelopeInternal().covers(inner.getEnvelopeInternal())) {
            return false;
        }
        if ((long) outer.getNumPoints() * inner.getNumPoints() > UNGUARDED_PAIRS_MAX && !mayCover(inner)) {
            return false;
        }
        RelateNG relate = prepared;
        if (relate == null) {
            relate = RelateNG.prepare(outer);
            prepared = relate;
        }
        try {
            return relate.evaluate(inner, RelatePredicate.covers()) || isCollection(outer) && partsCover(inner);
        } catch (TopologyException | IllegalArgumentException e) {
            return false; // an unchecked polygon too broken to say what it covers
        }
    }

    private static boolean isCollection(Geometry geometry) {
        return geometry instanceof GeometryCollection && !GeometryChecks.isMulti(geometry);
    }

    /** Asks each part alone: JTS may miss what one covers where others cross it, for they share computed nodes. */
    private boolean partsCover(Geometry inner) {
        for (int i = 0; i < inner.getNumGeometries(); i++) {
            if (!onePartCovers(inner.getGeometryN(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean onePartCovers(Geometry inner) {
        for (int i = 0; i < outer.getNumGeometries(); i++) {
            if (new Covering(outer.getGeometryN(i)).coversInPlace(inner)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether to ask JTS, whose memory grows with the meetings of edges; one that crosses settles it. */
    private boolean mayCover(Geometry inner) {
        EdgeMeetings meetings = EdgeMeetings.between(outer, inner, MEETINGS_MAX);
        boolean crossed = outer.getDimension() == 2 && meetings.cross();
        return !crossed && !meetings.tooManyPairs() && !meetings.tooManyMeetings();
    }
}
