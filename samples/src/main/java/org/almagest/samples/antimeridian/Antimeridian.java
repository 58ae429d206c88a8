package org.almagest.samples.antimeridian;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.geo.Wkt;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Geometry;

/**
 * Footprints and areas that cross the antimeridian.
 *
 * <p>An edge from 179 to -179 takes the short way. What is stored comes back as it was given; only the form that is
 * indexed is cut.
 */
public final class Antimeridian {
    private static final String CROSSING = "POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))";
    private static final String BEYOND_180 = "POLYGON ((179 -14, 181 -14, 181 -12, 179 -12, 179 -14))";
    private static final String POLE = "POLYGON ((0 80, 60 80, 120 80, 180 80, -120 80, -60 80, 0 80))";
    private static final String AFRICA = "POLYGON ((10 -18, 20 -18, 20 -16, 10 -16, 10 -18))";

    private Antimeridian() {}

    /** Runs on a new store in the folder that the first argument names. */
    public static void main(String... arguments) {
        run(Path.of(arguments.length == 0 ? "antimeridian-store" : arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection scenes = catalog.createDataset(DatasetSpec.spatioTemporal("samples.swaths")
                            .field(Field.string("name"))
                            .key("name")
                            .build())
                    .createCollection("SAT-1");
            IngestResult stored = scenes.ingest(List.of(
                    scene("crossing", CROSSING),
                    scene("beyond-180", BEYOND_180),
                    scene("north-pole", POLE),
                    scene("africa", AFRICA)));
            out.println(
                    stored.geometries().cut() + " cut, " + stored.geometries().closedAtPole() + " closed at a pole");
            out.println("as given: "
                    + scenes.findByKey("crossing").orElseThrow().geometry().orElseThrow());

            // West above east: the box reaches from 178 across the antimeridian to -178.
            ask(
                    scenes,
                    out,
                    "box 178 to -178",
                    SpatialFilter.of(SpatialPredicate.INTERSECTS, BoundingBox.of(178, -20, -178, -10)));

            // The same box as a polygon; its long edges take the short way.
            Geometry narrow = Wkt.read("POLYGON ((178 -20, -178 -20, -178 -10, 178 -10, 178 -20))", Limits.defaults());
            SpatialFilter area = SpatialFilter.of(SpatialPredicate.INTERSECTS, narrow);
            ask(scenes, out, "polygon 178 to -178", area);

            // Who means the long way round says so.
            ask(scenes, out, "polygon as drawn", area.reading(AntimeridianRule.AS_DRAWN));

            // The footprint around the pole has the pole inside, though no vertex is near it.
            ask(
                    scenes,
                    out,
                    "at the pole",
                    SpatialFilter.of(SpatialPredicate.INTERSECTS, BoundingBox.of(30, 89, 31, 90)));
        }
    }

    private static void ask(Collection scenes, PrintStream out, String what, SpatialFilter filter) {
        try (QueryResult rows = scenes.query(Query.allTime().spatial(filter).build())) {
            String names = rows.toList().stream()
                    .map(row -> String.valueOf(row.value("name").orElseThrow()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            out.println(what + ": " + names);
        }
    }

    private static Datapoint scene(String name, String footprint) {
        return Datapoint.at("2025-04-03T22:14:09Z")
                .set("name", name)
                .geometry(footprint)
                .build();
    }
}
