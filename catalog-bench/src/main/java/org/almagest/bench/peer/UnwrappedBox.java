package org.almagest.bench.peer;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** The box around a geometry that was cut at the antimeridian, its east beyond 180 where it was. */
final class UnwrappedBox {
    static final double LONGITUDE_MAX = 180;
    static final double TURN = 360;

    private UnwrappedBox() {}

    static Envelope of(Geometry geometry) {
        Envelope plain = geometry.getEnvelopeInternal();
        boolean touchesBoth = plain.getMinX() == -LONGITUDE_MAX && plain.getMaxX() == LONGITUDE_MAX;
        if (!touchesBoth || geometry.getNumGeometries() == 1) {
            return plain;
        }
        Envelope box = new Envelope();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Envelope part = geometry.getGeometryN(i).getEnvelopeInternal();
            boolean western = part.getMinX() == -LONGITUDE_MAX && part.getMaxX() < LONGITUDE_MAX;
            double turn = western ? TURN : 0;
            box.expandToInclude(part.getMinX() + turn, part.getMinY());
            box.expandToInclude(part.getMaxX() + turn, part.getMaxY());
        }
        return box;
    }
}
