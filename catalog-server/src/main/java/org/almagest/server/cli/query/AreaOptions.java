package org.almagest.server.cli.query;

import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where. */
final class AreaOptions {
    @ArgGroup(multiplicity = "0..1")
    private @Nullable Area area;

    @Option(
            names = "--as-drawn",
            description =
                    "Take edges of the area that are wider than 180 degrees as they are drawn, not the short way.")
    private boolean asDrawn;

    @Option(
            names = "--spherical",
            description =
                    "Take edges as great-circle arcs and polygons as the smaller side, not as lines on a flat map; the sides of a box stay on their parallels.")
    private boolean spherical;

    /** One area. */
    private static final class Area {
        @Option(
                names = "--bbox",
                paramLabel = "W,S,E,N",
                description = "Sharing a position with this box, in degrees; west above east crosses the antimeridian.")
        private @Nullable String box;

        @Option(
                names = "--intersects",
                paramLabel = "AREA",
                description = "Sharing a position with this area: WKT, GeoJSON, or @FILE that holds either.")
        private @Nullable String intersected;

        @Option(names = "--within", paramLabel = "AREA", description = "Lying inside this area.")
        private @Nullable String around;

        @Option(names = "--containing", paramLabel = "AREA", description = "Having this area inside.")
        private @Nullable String inside;
    }

    /** Returns the condition; empty where none is stated. */
    Optional<SpatialFilter> filter() {
        Area given = area;
        if (given == null) {
            if (asDrawn) {
                throw new InvalidRequestException(
                        "query: --as-drawn", "no area (expected --intersects, --within or --containing)");
            }
            if (spherical) {
                throw new InvalidRequestException(
                        "query: --spherical", "no area (expected --bbox, --intersects, --within or --containing)");
            }
            return Optional.empty();
        }
        SpatialFilter filter;
        if (given.box != null) {
            filter = SpatialFilter.of(SpatialPredicate.INTERSECTS, box(given.box));
        } else if (given.intersected != null) {
            filter = SpatialFilter.of(SpatialPredicate.INTERSECTS, AreaText.read(given.intersected));
        } else if (given.around != null) {
            filter = SpatialFilter.of(SpatialPredicate.WITHIN, AreaText.read(given.around));
        } else {
            filter = SpatialFilter.of(SpatialPredicate.CONTAINS, AreaText.read(String.valueOf(given.inside)));
        }
        if (asDrawn) {
            filter = filter.reading(AntimeridianRule.AS_DRAWN);
        }
        return Optional.of(spherical ? filter.in(CoordinateSystem.SPHERICAL) : filter);
    }

    private static BoundingBox box(String text) {
        String[] sides = text.split(",", -1);
        if (sides.length != 4) {
            throw new InvalidRequestException(
                    "bbox " + Quoted.text(text), sides.length + " numbers (expected W,S,E,N)");
        }
        double[] degrees = new double[4];
        for (int i = 0; i < 4; i++) {
            try {
                degrees[i] = Double.parseDouble(sides[i].strip());
            } catch (NumberFormatException e) {
                throw new InvalidRequestException(
                        "bbox " + Quoted.text(text), Quoted.text(sides[i]) + " is not a number", e);
            }
        }
        return BoundingBox.of(degrees[0], degrees[1], degrees[2], degrees[3]);
    }
}
