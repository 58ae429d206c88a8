package org.almagest.samples.quickstart;

import static org.almagest.query.FieldOperand.field;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.geo.Wkt;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;

/** Stores three granules twice and asks for those over Fiji with few clouds. */
public final class Quickstart {
    private static final String FIJI = "POLYGON ((176 -20, -178 -20, -178 -15, 176 -15, 176 -20))";

    private Quickstart() {}

    /** Runs on the store in the folder that the first argument names. */
    public static void main(String... arguments) {
        run(Path.of(arguments.length == 0 ? "quickstart-store" : arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) {
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.findDataset("samples.scenes").orElseGet(() -> catalog.createDataset(spec()));
            Collection scenes = dataset.getOrCreateCollection("SAT-1");

            IngestResult first = scenes.ingest(granules());
            out.println(first.created() + " created, " + first.existing() + " existing");
            IngestResult again = scenes.ingest(granules());
            out.println(again.created() + " created, " + again.existing() + " existing");
            out.println(scenes.info());

            // The area crosses the antimeridian: its edges from 176 to -178 take the short way.
            Query query = Query.during(TimeInterval.parse("2025-04-01/2025-05-01"))
                    .intersecting(Wkt.read(FIJI, Limits.defaults()))
                    .where(field("cloud_cover").lessThan(20))
                    .build();
            try (QueryResult rows = scenes.query(query)) {
                rows.forEach(row ->
                        out.println(row.time() + " " + row.value("granule").orElseThrow()));
            }
        }
    }

    private static DatasetSpec spec() {
        return DatasetSpec.spatioTemporal("samples.scenes")
                .field(Field.string("granule"))
                .key("granule")
                .field(Field.float64("cloud_cover").queryable())
                .build();
    }

    private static List<Datapoint> granules() {
        return List.of(
                granule(
                        "2025-04-03T22:14:09Z",
                        "fiji-clear",
                        3.5,
                        "POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))"),
                granule(
                        "2025-04-13T22:14:11Z",
                        "fiji-cloudy",
                        81,
                        "POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))"),
                granule("2025-04-04T10:21:30Z", "alps-clear", 7, "POLYGON ((7 46, 9 46, 9 47, 7 47, 7 46))"));
    }

    private static Datapoint granule(String time, String name, double cloudCover, String footprint) {
        return Datapoint.at(time)
                .set("granule", name)
                .set("cloud_cover", cloudCover)
                .geometry(footprint)
                .build();
    }
}
