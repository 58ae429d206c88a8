package org.almagest.server.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest dataset list}. */
@Command(
        name = "list",
        description = "Lists the datasets of the store.",
        footer = {"", "Example:", "  almagest dataset list --json"})
public final class DatasetListCommand implements Callable<Integer> {
    private final Session session;

    public DatasetListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            List<Dataset> datasets = catalog.datasets();
            if (session.wantsJson()) {
                List<String> all = new ArrayList<>();
                datasets.forEach(dataset -> all.add(json(dataset)));
                session.console().print("[" + String.join(",", all) + "]");
            } else if (datasets.isEmpty()) {
                session.console().say("no datasets");
            } else {
                print(datasets);
            }
        }
        return 0;
    }

    private static long rows(Dataset dataset) {
        return dataset.collections().stream()
                .map(Collection::info)
                .mapToLong(info -> info.count())
                .sum();
    }

    static String json(Dataset dataset) {
        return new JsonObjectText()
                .put("slug", dataset.slug())
                .put("id", dataset.id().toString())
                .put("kind", SchemaParts.kindText(dataset.schema().kind()))
                .put("fields", dataset.schema().fields().size())
                .put("collections", dataset.collections().size())
                .put("count", rows(dataset))
                .toString();
    }

    private void print(List<Dataset> datasets) {
        List<Column> columns = List.of(
                Column.text("dataset"),
                Column.text("kind"),
                Column.number("fields"),
                Column.number("collections"),
                Column.number("datapoints"));
        try (TablePrinter table = new TablePrinter(session.console(), columns)) {
            for (Dataset dataset : datasets) {
                table.row(
                        dataset.slug(),
                        SchemaParts.kindText(dataset.schema().kind()),
                        Integer.toString(dataset.schema().fields().size()),
                        Integer.toString(dataset.collections().size()),
                        String.format(Locale.ROOT, "%,d", rows(dataset)));
            }
        }
    }
}
