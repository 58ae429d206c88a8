package org.almagest.samples.corrections;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.PreconditionFailedException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.schema.Field;

/**
 * A provider's list of products is harvested again and again.
 *
 * <p>The key says which product a row describes, the version field which of two descriptions is newer. At any moment a
 * reader sees exactly one description of each product.
 */
public final class Corrections {
    private Corrections() {}

    /** Runs on a new store in the folder that the first argument names. */
    public static void main(String... arguments) {
        run(Path.of(arguments.length == 0 ? "corrections-store" : arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) {
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.temporal("samples.products")
                    .field(Field.string("product"))
                    .field(Field.timestamp("published"))
                    .field(Field.float64("cloud_cover").queryable())
                    .key("product")
                    .version("published")
                    .build());
            Collection products = dataset.createCollection("SAT-1");

            Datapoint first = product("A", "2025-05-01T08:00:00Z", 12);
            harvest(products, out, first, product("B", "2025-05-01T08:00:00Z", 55));

            // The next harvest has everything again: A as it was, B corrected, C new.
            Datapoint corrected = product("B", "2025-05-02T08:00:00Z", 40);
            harvest(products, out, first, corrected, product("C", "2025-05-02T09:00:00Z", 3));

            // A mirror that lags behind brings B as it was before the correction: late, so it counts stale.
            harvest(products, out, product("B", "2025-05-01T08:00:00Z", 55));
            out.println("B has cloud cover " + cloudCover(products, "B"));

            // An editor replaces only the description that it has read.
            DatapointId read = products.findByKey("B").orElseThrow().id().orElseThrow();
            harvest(products, out, edited("2025-05-03T08:00:00Z", 41, read));
            try {
                harvest(products, out, edited("2025-05-03T09:00:00Z", 42, read));
            } catch (PreconditionFailedException e) {
                out.println("refused: another edit came first");
            }
            out.println("B has cloud cover " + cloudCover(products, "B"));
            out.println(products.info());
        }
    }

    private static void harvest(Collection products, PrintStream out, Datapoint... rows) {
        IngestCounts counts = products.ingest(List.of(rows), IngestMode.REPLACE).counts();
        out.println(counts.created() + " created, " + counts.existing() + " existing, " + counts.replaced()
                + " replaced, " + counts.stale() + " stale");
    }

    private static Datapoint edited(String published, double cloudCover, DatapointId expected) {
        return product("B", published, cloudCover).toBuilder()
                .expecting(expected)
                .build();
    }

    private static Datapoint product(String name, String published, double cloudCover) {
        return Datapoint.at("2025-04-30T10:15:00Z")
                .set("product", name)
                .set("published", Instant.parse(published))
                .set("cloud_cover", cloudCover)
                .build();
    }

    private static Object cloudCover(Collection products, String name) {
        return products.findByKey(name).orElseThrow().value("cloud_cover").orElseThrow();
    }
}
