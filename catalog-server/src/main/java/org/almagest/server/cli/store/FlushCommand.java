package org.almagest.server.cli.store;

import java.util.Map;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Maintenance;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest flush}. */
@Command(
        name = "flush",
        description = "Writes what only the log holds to segments, so that the next open is fast.",
        footer = {"", "Example:", "  almagest flush"})
public final class FlushCommand implements Callable<Integer> {
    private final Session session;

    public FlushCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            Maintenance maintenance = catalog.maintenance().orElseThrow();
            maintenance.flush();
            Map<String, Long> statistics = maintenance.statistics();
            long segments = statistics.getOrDefault("segment_count", 0L);
            session.console()
                    .print(
                            session.wantsJson()
                                    ? new JsonObjectText()
                                            .put("segment_count", segments)
                                            .toString()
                                    : "flushed; segments: " + segments);
        }
        return 0;
    }
}
