package org.almagest.geo;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;

/** Whether one cut form covers others: no position of theirs lies outside. Not safe between threads. */
final class Covering {
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
        RelateNG relate = prepared;
        if (relate == null) {
            relate = RelateNG.prepare(outer);
            prepared = relate;
        }
        try {
            return relate.evaluate(inner, RelatePredicate.covers());
        } catch (TopologyException | IllegalArgumentException e) {
            return false; // an unchecked polygon too broken to say what it covers
        }
    }
}
