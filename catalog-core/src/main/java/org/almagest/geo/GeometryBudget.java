package org.almagest.geo;

import org.almagest.model.Limits;

/** Counts what a geometry is made of, so that a limit is hit before the part that passes it is built. */
final class GeometryBudget {
    private final long positionsMax;
    private final long depthMax;
    private long positions;
    private long parts;
    private long depth;

    private GeometryBudget(long positionsMax, long depthMax) {
        this.positionsMax = positionsMax;
        this.depthMax = depthMax;
    }

    static GeometryBudget of(Limits limits) {
        return new GeometryBudget(limits.geometryVerticesMax(), limits.geometryDepthMax());
    }

    /** For bytes this library wrote: they were within the limits of their time. */
    static GeometryBudget unlimited() {
        return new GeometryBudget(Long.MAX_VALUE / 2, Long.MAX_VALUE);
    }

    static void checkBytes(long bytes, Limits limits) {
        Limits.check("geometry: bytes", "geometryBytesMax", bytes, limits.geometryBytesMax());
    }

    void addPositions(long count) {
        positions += count;
        Limits.check("geometry: positions", "geometryVerticesMax", positions, positionsMax);
    }

    /** Every part holds a position or is refused, so parts have the bound of positions; empty ones count too. */
    void addParts(long count) {
        parts += count;
        Limits.check("geometry: parts", "geometryVerticesMax", parts, positionsMax);
    }

    void enterCollection() {
        depth++;
        Limits.check("geometry: depth", "geometryDepthMax", depth, depthMax);
    }

    void leaveCollection() {
        depth--;
    }
}
