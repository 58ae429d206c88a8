package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;

/** A box in space, its sides along the axes. */
record Bounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {
    /** Around all there is. */
    static final Bounds SPHERE = new Bounds(-2, -2, -2, 2, 2, 2);

    static Bounds of(S2Point p) {
        return new Bounds(p.getX(), p.getY(), p.getZ(), p.getX(), p.getY(), p.getZ());
    }

    Bounds with(S2Point p) {
        return with(of(p));
    }

    Bounds with(Bounds other) {
        return new Bounds(
                Math.min(minX, other.minX),
                Math.min(minY, other.minY),
                Math.min(minZ, other.minZ),
                Math.max(maxX, other.maxX),
                Math.max(maxY, other.maxY),
                Math.max(maxZ, other.maxZ));
    }

    Bounds grown(double by) {
        return new Bounds(minX - by, minY - by, minZ - by, maxX + by, maxY + by, maxZ + by);
    }

    double diagonal2() {
        double x = maxX - minX;
        double y = maxY - minY;
        double z = maxZ - minZ;
        return x * x + y * y + z * z;
    }

    boolean meets(Bounds other) {
        return minX <= other.maxX
                && other.minX <= maxX
                && minY <= other.maxY
                && other.minY <= maxY
                && minZ <= other.maxZ
                && other.minZ <= maxZ;
    }

    boolean holds(S2Point p) {
        return minX <= p.getX()
                && p.getX() <= maxX
                && minY <= p.getY()
                && p.getY() <= maxY
                && minZ <= p.getZ()
                && p.getZ() <= maxZ;
    }
}
