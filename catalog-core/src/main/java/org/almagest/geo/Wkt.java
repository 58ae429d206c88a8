package org.almagest.geo;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Geometry;

/** Well-known text: {@code POLYGON ((-150.753244 74.250081, …))}, longitude first. Stateless. */
public final class Wkt {
    private Wkt() {}

    /**
     * Returns the geometry that {@code text} holds, checked as {@link GeometryChecks#check} does.
     *
     * <p>Case does not matter; a third number is a z with or without the word; {@code SRID=4326;} may come first.
     *
     * @throws InvalidRequestException if the text is not one whole geometry, or it breaks a rule, with its position
     * @throws LimitExceededException if it has too many characters or positions or is nested too deeply
     */
    public static Geometry read(String text, Limits limits) {
        GeometryBudget.checkBytes(text.length(), limits);
        // A comma stands between any two positions, so that too many are seen without building one.
        Limits.check("geometry: positions", "geometryVerticesMax", 1 + count(text, ','), limits.geometryVerticesMax());
        return new WktReader(text, GeometryBudget.of(limits)).readAll();
    }

    static long count(String text, char c) {
        long count = 0;
        for (int i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) {
            count++;
        }
        return count;
    }

    /** Returns the text of a geometry, numbers with the fewest digits that read back the same. */
    public static String write(Geometry geometry) {
        return WktWriter.write(geometry);
    }
}
