package org.almagest.server.cli.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest stats}. */
@Command(
        name = "stats",
        description = {
            "Prints counters and sizes of the store.",
            "",
            "Rates and totals are those of all writers that closed the store so far; counters",
            "without total_ in their name are those of this process.",
            "  write_amplification  bytes written to files for each byte of the rows stored",
            "  space_amplification  bytes of the data files for each byte of them that the",
            "                       live rows have a share in: deleted rows and holes make it",
            "                       grow above 1, compaction brings it back",
            "  retired_file_bytes   bytes of files that go once nobody reads them",
            "  retired_bytes        bytes of mappings that the JVM has still to let go of",
            ""
        },
        footer = {"", "Example:", "  almagest stats --json"})
public final class StatsCommand implements Callable<Integer> {
    private final Session session;

    public StatsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            Map<String, Long> statistics = catalog.maintenance().orElseThrow().statistics();
            Map<String, Double> rates = rates(statistics);
            if (session.wantsJson()) {
                JsonObjectText json = new JsonObjectText();
                rates.forEach((name, value) -> json.put(name, value.doubleValue()));
                statistics.forEach((name, value) -> json.put(name, value.longValue()));
                session.console().print(json.toString());
                return 0;
            }
            try (TablePrinter table =
                    new TablePrinter(session.console(), List.of(Column.text("statistic"), Column.number("value")))) {
                rates.forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%,.2f", value)));
                statistics.forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%,d", value)));
            }
        }
        return 0;
    }

    /** Returns what people ask first, made of the counters of all writers so far. */
    private static Map<String, Double> rates(Map<String, Long> statistics) {
        Map<String, Double> rates = new LinkedHashMap<>();
        long segmentRows = value(statistics, "row_count")
                + value(statistics, "dead_row_count")
                - value(statistics, "memory_row_count");
        put(rates, "bytes_per_row", value(statistics, "segment_bytes"), segmentRows);
        put(
                rates,
                "write_amplification",
                value(statistics, "total_bytes_written"),
                value(statistics, "total_stored_row_bytes"));
        put(
                rates,
                "space_amplification",
                value(statistics, "data_file_bytes"),
                value(statistics, "segment_live_bytes"));
        long micros = value(statistics, "total_ingest_micros");
        put(rates, "ingest_rows_per_second", 1e6 * value(statistics, "total_ingest_row_count"), micros);
        long batches = value(statistics, "total_ingest_batch_count");
        put(rates, "file_forces_per_batch", value(statistics, "total_file_forces"), batches);
        put(rates, "directory_syncs_per_batch", value(statistics, "total_directory_syncs"), batches);
        return rates;
    }

    private static long value(Map<String, Long> statistics, String name) {
        return statistics.getOrDefault(name, 0L);
    }

    private static void put(Map<String, Double> rates, String name, double amount, long of) {
        if (of > 0) {
            rates.put(name, Math.round(100 * amount / of) / 100.0);
        }
    }
}
