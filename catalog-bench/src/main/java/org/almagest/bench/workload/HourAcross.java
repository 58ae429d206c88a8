package org.almagest.bench.workload;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Dataset;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.locationtech.jts.geom.Coordinate;

/**
 * Asks stores for one hour and a box of 2° by 2°, anywhere and around rows, and says how much processor time of the asking
 * thread that takes.
 *
 * <p>Arguments: how many questions, how many passes, and folders of stores as {@link LivingDataWorkload} fills them, which
 * take turns. With one folder it also prints what is left in the heap after collection.
 */
public final class HourAcross {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant BEGIN = Instant.parse("2015-01-01T00:00:00Z");
    private static final int DAYS = 1_080;
    private static final double SIDE = 2;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private final int count;
    private final List<Asked> all = new ArrayList<>();

    /** The questions to one store. */
    private record Asked(String name, Dataset dataset, List<Query> questions) {}

    private HourAcross(PrintStream out, int count) {
        this.out = out;
        this.count = count;
    }

    /** Runs the workload. */
    public static void main(String[] args) {
        if (args.length < 3) {
            System.err.println("Usage: HourAcross QUESTIONS PASSES FOLDER...");
            System.exit(1);
        }
        HourAcross workload = new HourAcross(System.out, Integer.parseInt(args[0]));
        List<Catalog> catalogs = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            Catalog catalog = Catalog.open(Path.of(args[i]), CatalogOptions.readOnly());
            catalogs.add(catalog);
            workload.prepare(args[i], catalog.datasets().get(0));
        }
        for (int pass = 0; pass < Integer.parseInt(args[1]); pass++) {
            for (Asked asked : workload.all) {
                workload.ask(pass, asked);
            }
        }
        if (catalogs.size() == 1) {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            System.out.printf(Locale.ROOT, "heap after collection: %.1f MiB%n", used / BYTES_PER_MEBIBYTE);
        }
        catalogs.forEach(Catalog::close);
    }

    private void prepare(String name, Dataset dataset) {
        SplittableRandom random = new SplittableRandom(5);
        List<Query> anywhere = new ArrayList<>();
        List<Query> around = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time =
                    BEGIN.plusMillis(random.nextLong(Duration.ofDays(DAYS).toMillis()));
            anywhere.add(question(time, random.nextDouble(-170, 170), random.nextDouble(-60, 60)));
            Query day = Query.during(TimeInterval.of(time, time.plus(Duration.ofDays(1))))
                    .limit(1)
                    .build();
            Datapoint row = dataset.query(day).toList().get(0);
            Coordinate place = row.geometry().orElseThrow().getInteriorPoint().getCoordinate();
            Instant begin = row.time().minusMillis(random.nextLong(HOUR.toMillis()));
            around.add(question(begin, place.x - SIDE / 2, place.y - SIDE / 2));
        }
        all.add(new Asked(name + ", anywhere", dataset, anywhere));
        all.add(new Asked(name + ", around a row", dataset, around));
    }

    private static Query question(Instant begin, double west, double south) {
        double x = Math.max(-180, Math.min(180 - SIDE, west));
        double y = Math.max(-90, Math.min(90 - SIDE, south));
        return Query.during(TimeInterval.of(begin, begin.plus(HOUR)))
                .intersecting(BoundingBox.of(x, y, x + SIDE, y + SIDE))
                .build();
    }

    private void ask(int pass, Asked asked) {
        double[] micros = new double[count];
        long rows = 0;
        for (int i = 0; i < count; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            try (QueryResult result = asked.dataset.query(asked.questions.get(i))) {
                for (Datapoint row : result) {
                    rows += row.id().isPresent() ? 1 : 0;
                }
            }
            micros[i] = (THREADS.getCurrentThreadCpuTime() - before) / NANOS_PER_MICRO;
        }
        double mean = Arrays.stream(micros).average().orElse(0);
        Arrays.sort(micros);
        out.printf(
                Locale.ROOT,
                "pass %d, %s: %d rows, p50 %.1f, p99 %.1f, mean %.1f, max %.0f µs%n",
                pass,
                asked.name,
                rows,
                micros[count / 2],
                micros[count * 99 / 100],
                mean,
                micros[count - 1]);
    }
}
