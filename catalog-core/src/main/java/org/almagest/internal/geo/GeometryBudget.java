package org.almagest.internal.geo;

import org.almagest.model.Limits;

/** Counts what a geometry is made of, so that a limit is hit before the part that passes it is built. */
public final class GeometryBudget {
    private final long positionsMax;
    private final long depthMax;
    private long positions;
    private long parts;
    private long depth;

    private GeometryBudget(long positionsMax, long depthMax) {
        this.positionsMax = positionsMax;
        this.depthMax = depthMax;
    }

    /** Begins with nothing counted. */
    public static GeometryBudget of(Limits limits) {
        return new GeometryBudget(limits.geometryVerticesMax(), limits.geometryDepthMax());
    }

    /** For bytes this library wrote: they were within the limits of their time. */
    public static GeometryBudget unlimited() {
        return new GeometryBudget(Long.MAX_VALUE / 2, Long.MAX_VALUE);
    }

    /** Refuses a geometry of too many bytes. */
    public static void checkBytes(long bytes, Limits limits) {
        Limits.check("geometry: bytes", "geometryBytesMax", bytes, limits.geometryBytesMax());
    }

    /** Counts positions. */
    public void addPositions(long count) {
        positions += count;
        Limits.check("geometry: positions", "geometryVerticesMax", positions, positionsMax);
    }

    /** Every part holds a position or is refused, so parts have the bound of positions; empty ones count too. */
    public void addParts(long count) {
        parts += count;
        Limits.check("geometry: parts", "geometryVerticesMax", parts, positionsMax);
    }

    /** Counts a level of nesting. */
    public void enterCollection() {
        depth++;
        Limits.check("geometry: depth", "geometryDepthMax", depth, depthMax);
    }

    /** Leaves a level of nesting. */
    public void leaveCollection() {
        depth--;
    }
}
