package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.CoordinateSequence;

/**
 * Lines as drawn on a flat map from -180 to 180: along parallels and meridians they run there, else in arcs between
 * places at most a degree apart.
 */
final class DrawnPath {
    static final double STEP_DEGREES = 1;

    /** An arc along a meridian is cut when it is longer, so that its ends are never opposite; in degrees. */
    private static final double MERIDIAN_MAX = 90;

    private final List<Curve> curves = new ArrayList<>();
    private double[] steps = new double[64];
    private int stepCount;

    void add(CoordinateSequence positions) {
        for (int i = 1; i < positions.size(); i++) {
            addEdge(positions.getX(i - 1), positions.getY(i - 1), positions.getX(i), positions.getY(i));
        }
    }

    List<Curve> curves() {
        return curves;
    }

    /** Returns west, latitude there, east and latitude there of each piece that is not a meridian; in degrees. */
    double[] steps() {
        return Arrays.copyOf(steps, stepCount);
    }

    private void addEdge(double fromX, double fromY, double toX, double toY) {
        if (fromX == toX) {
            int pieces = (int) Math.ceil(Math.abs(toY - fromY) / MERIDIAN_MAX);
            addSteps(new double[] {fromX, fromY, toX, toY}, pieces);
        } else if (fromY == toY) {
            double west = Math.min(fromX, toX);
            double east = Math.max(fromX, toX);
            addStep(west, fromY, east, fromY);
            if (Math.abs(fromY) < 90) {
                curves.add(new ParallelArc(fromY, west, east));
            }
        } else {
            double longest = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY));
            addSteps(new double[] {fromX, fromY, toX, toY}, (int) Math.ceil(longest / STEP_DEGREES));
        }
    }

    private void addSteps(double[] edge, int pieces) {
        double x = edge[0];
        double y = edge[1];
        S2Point from = Sphere.point(x, y);
        for (int i = 1; i <= pieces; i++) {
            boolean last = i == pieces;
            double nextX = last ? edge[2] : edge[0] + (edge[2] - edge[0]) * i / pieces;
            double nextY = last ? edge[3] : edge[1] + (edge[3] - edge[1]) * i / pieces;
            S2Point to = Sphere.point(nextX, nextY);
            if (!Sphere.same(from, to)) {
                curves.add(new GreatArc(from, to));
            }
            if (nextX > x) {
                addStep(x, y, nextX, nextY);
            } else if (nextX < x) {
                addStep(nextX, nextY, x, y);
            }
            x = nextX;
            y = nextY;
            from = to;
        }
    }

    private void addStep(double west, double westY, double east, double eastY) {
        if (stepCount + 4 > steps.length) {
            steps = Arrays.copyOf(steps, 2 * steps.length);
        }
        steps[stepCount++] = west;
        steps[stepCount++] = westY;
        steps[stepCount++] = east;
        steps[stepCount++] = eastY;
    }

    /** Returns the latitude of a piece at a longitude between its ends. */
    static double latitude(double[] steps, int step, double longitude) {
        double westY = steps[step + 1];
        double eastY = steps[step + 3];
        if (westY == eastY) {
            return westY;
        }
        double west = Math.toRadians(longitude - steps[step]);
        double east = Math.toRadians(steps[step + 2] - longitude);
        double rise =
                Math.tan(Math.toRadians(westY)) * Math.sin(east) + Math.tan(Math.toRadians(eastY)) * Math.sin(west);
        return Math.toDegrees(Math.atan(rise / Math.sin(west + east)));
    }
}
