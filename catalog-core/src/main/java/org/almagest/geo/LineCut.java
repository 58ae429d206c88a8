package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.AntimeridianRule;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.LineString;

/** Cuts a line at the antimeridian into parts between -180 and 180. */
final class LineCut {
    private final List<LineString> parts = new ArrayList<>();
    private final List<Coordinate> part = new ArrayList<>();
    private int strip;

    private LineCut() {}

    static List<LineString> cut(CoordinateSequence positions, AntimeridianRule rule) {
        return new LineCut().run(positions, rule);
    }

    private List<LineString> run(CoordinateSequence positions, AntimeridianRule rule) {
        double[] unwrapped = unwrap(positions, rule);
        strip = firstStrip(unwrapped);
        for (int i = 0; i < unwrapped.length; i++) {
            if (i > 0) {
                passSeams(positions, i, unwrapped[i - 1], unwrapped[i]);
            }
            add(unwrapped[i], positions.getY(i));
            // On the antimeridian the line may go on to either side: the next position that is not tells.
            if (Seam.isSeam(unwrapped[i]) && i + 1 < unwrapped.length) {
                enterStripOf(unwrapped[i], unwrapped[i + 1], positions.getY(i));
            }
        }
        finishPart();
        return parts;
    }

    private static double[] unwrap(CoordinateSequence positions, AntimeridianRule rule) {
        double[] unwrapped = new double[positions.size()];
        boolean unwrappedAlready = false;
        for (int i = 0; i < unwrapped.length; i++) {
            unwrapped[i] = Seam.snap(positions.getX(i));
            unwrappedAlready |= Math.abs(unwrapped[i]) > Seam.LONGITUDE;
        }
        boolean crossing = false;
        for (int i = 1; i < unwrapped.length && !unwrappedAlready; i++) {
            crossing |= Seam.crosses(unwrapped[i - 1], unwrapped[i], rule);
        }
        int turns = 0;
        double previous = unwrapped[0];
        for (int i = 1; crossing && i < unwrapped.length; i++) {
            double drawn = unwrapped[i];
            turns += Seam.turns(previous, drawn, positions.getY(i) == positions.getY(i - 1), rule);
            unwrapped[i] = drawn + Seam.TURN * turns;
            previous = drawn;
        }
        return unwrapped;
    }

    private static int firstStrip(double[] unwrapped) {
        for (double longitude : unwrapped) {
            if (!Seam.isSeam(longitude)) {
                return longitude < unwrapped[0] && Seam.isSeam(unwrapped[0])
                        ? Seam.strip(unwrapped[0]) - 1
                        : Seam.strip(unwrapped[0]);
            }
        }
        // Wholly on antimeridians: at -180 in strip 0, at 180 in strip 0 too.
        return Seam.strip(Math.nextDown(Math.max(unwrapped[0], unwrapped[unwrapped.length - 1])));
    }

    private void passSeams(CoordinateSequence positions, int i, double from, double to) {
        double fromLatitude = positions.getY(i - 1);
        double toLatitude = positions.getY(i);
        for (double seam : SeamCut.seamsBetween(from, to)) {
            double latitude = fromLatitude + (toLatitude - fromLatitude) * ((seam - from) / (to - from));
            add(seam, latitude);
            enterStripOf(seam, to, latitude);
        }
    }

    /** Begins a new part when the line goes from this antimeridian into another strip. */
    private void enterStripOf(double seam, double next, double latitude) {
        if (next == seam) {
            return;
        }
        int entered = next > seam ? Seam.strip(seam) : Seam.strip(seam) - 1;
        if (entered != strip) {
            finishPart();
            strip = entered;
            add(seam, latitude);
        }
    }

    private void add(double unwrapped, double latitude) {
        part.add(new Coordinate(unwrapped - Seam.TURN * strip, latitude));
    }

    private void finishPart() {
        if (part.size() >= PositionChecks.LINE_POSITIONS_MIN) {
            parts.add(GeometryBuilder.FACTORY.createLineString(part.toArray(new Coordinate[0])));
        }
        part.clear();
    }
}
