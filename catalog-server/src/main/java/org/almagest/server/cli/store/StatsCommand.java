package org.almagest.server.cli.store;

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
        description = "Prints counters and sizes of the store.",
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
            if (session.wantsJson()) {
                JsonObjectText json = new JsonObjectText();
                statistics.forEach((name, value) -> json.put(name, value.longValue()));
                session.console().print(json.toString());
                return 0;
            }
            try (TablePrinter table =
                    new TablePrinter(session.console(), List.of(Column.text("statistic"), Column.number("value")))) {
                statistics.forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%,d", value)));
            }
        }
        return 0;
    }
}
