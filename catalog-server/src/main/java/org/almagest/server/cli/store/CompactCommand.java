package org.almagest.server.cli.store;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.almagest.Catalog;
import org.almagest.Maintenance;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest compact}. */
@Command(
        name = "compact",
        description = {
            "Merges segments until every time partition is in its best form.",
            "",
            "Gives back the space of datapoints that were deleted or replaced, unless the",
            "history that is kept still needs them.",
            ""
        },
        footer = {"", "Example:", "  almagest compact --json"})
public final class CompactCommand implements Callable<Integer> {
    private static final List<String> SHOWN = List.of(
            "row_count",
            "dead_row_count",
            "segment_count",
            "partition_count",
            "data_file_count",
            "data_file_bytes",
            "retired_file_bytes",
            "compaction_count",
            "compaction_bytes_written");

    private final Session session;

    public CompactCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            Maintenance maintenance = catalog.maintenance().orElseThrow();
            Map<String, Long> before = maintenance.statistics();
            long start = System.nanoTime();
            maintenance.compact();
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            Map<String, Long> after = maintenance.statistics();
            session.console().print(session.wantsJson() ? json(before, after, seconds) : text(before, after, seconds));
        }
        return 0;
    }

    private static String json(Map<String, Long> before, Map<String, Long> after, double seconds) {
        return new JsonObjectText()
                .putRaw("before", json(before))
                .putRaw("after", json(after))
                .put("seconds", Math.round(seconds * 1000) / 1000.0)
                .toString();
    }

    private static String json(Map<String, Long> statistics) {
        JsonObjectText json = new JsonObjectText();
        SHOWN.forEach(name -> json.put(name, value(statistics, name)));
        return json.toString();
    }

    private static String text(Map<String, Long> before, Map<String, Long> after, double seconds) {
        return String.format(
                Locale.ROOT,
                "compacted in %.2f s: segments %,d -> %,d, deleted rows %,d -> %,d, data bytes %,d -> %,d",
                seconds,
                value(before, "segment_count"),
                value(after, "segment_count"),
                value(before, "dead_row_count"),
                value(after, "dead_row_count"),
                value(before, "data_file_bytes"),
                value(after, "data_file_bytes"));
    }

    private static long value(Map<String, Long> statistics, String name) {
        return statistics.getOrDefault(name, 0L);
    }
}
