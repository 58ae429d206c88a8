package org.almagest.samples.retention;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.Retention;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.runtime.Clock;
import org.almagest.schema.Field;

/**
 * Telemetry that is kept for thirty days.
 *
 * <p>The engine deletes by itself what is older, about once a minute; a program need not ask for it. This one sets the
 * clock, so that a month takes no time.
 */
public final class ExpiringTelemetry {
    private ExpiringTelemetry() {}

    /** Runs on a new store in the folder that the first argument names. */
    public static void main(String... arguments) {
        run(Path.of(arguments.length == 0 ? "retention-store" : arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) {
        Instant start = Instant.parse("2025-03-01T00:00:00Z");
        AtomicLong days = new AtomicLong();
        Clock clock = () -> start.plus(Duration.ofDays(days.get()));
        try (Catalog catalog = Catalog.open(folder, CatalogOptions.defaults().with(clock))) {
            Collection telemetry = catalog.createDataset(DatasetSpec.temporal("samples.telemetry")
                            .field(Field.float64("volts"))
                            .build())
                    .createCollection("SAT-1");
            telemetry.ingest(hourly(Instant.parse("2025-02-01T00:00:00Z"), start));
            out.println(telemetry.info());

            telemetry.putRetention(Retention.ofTime(Duration.ofDays(30)));
            out.println("expired: " + catalog.maintenance().orElseThrow().expire() + ", " + telemetry.info());

            days.set(10);
            out.println("expired: " + catalog.maintenance().orElseThrow().expire() + ", " + telemetry.info());

            // What is wrong is deleted by hand, whatever the retention.
            TimeInterval wrong = TimeInterval.parse("2025-02-20/2025-02-21");
            out.println("deleted: " + telemetry.delete(Query.during(wrong).build()) + ", "
                    + telemetry.info().count() + " left");
        }
    }

    private static List<Datapoint> hourly(Instant from, Instant to) {
        List<Datapoint> rows = new ArrayList<>();
        for (Instant time = from; time.isBefore(to); time = time.plus(Duration.ofHours(1))) {
            rows.add(
                    Datapoint.at(time).set("volts", 28 + rows.size() % 7 / 10.0).build());
        }
        return rows;
    }
}
