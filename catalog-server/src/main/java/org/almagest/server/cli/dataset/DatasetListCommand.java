package org.almagest.server.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.model.DeletedDataset;
import org.almagest.model.TimeText;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest dataset list}. */
@Command(
        name = "list",
        description = "Lists the datasets of the store.",
        footer = {"", "Examples:", "  almagest dataset list --json", "  almagest dataset list --deleted"})
public final class DatasetListCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--deleted", description = "List the deleted ones that can still be restored instead.")
    private boolean deleted;

    public DatasetListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            if (deleted) {
                printDeleted(catalog.deletedDatasets());
                return 0;
            }
            List<Dataset> datasets = catalog.datasets();
            if (session.wantsJson()) {
                List<String> all = new ArrayList<>();
                datasets.forEach(dataset -> all.add(json(dataset)));
                session.console().print("[" + String.join(",", all) + "]");
            } else if (datasets.isEmpty()) {
                int hidden = catalog.deletedDatasets().size();
                session.console().say("no datasets" + (hidden == 0 ? "" : " (" + hidden + " deleted: --deleted)"));
            } else {
                print(datasets);
            }
        }
        return 0;
    }

    private void printDeleted(List<DeletedDataset> datasets) {
        if (session.wantsJson()) {
            List<String> all = new ArrayList<>();
            datasets.forEach(dataset -> all.add(json(dataset)));
            session.console().print("[" + String.join(",", all) + "]");
            return;
        }
        if (datasets.isEmpty()) {
            session.console().say("no deleted datasets");
        }
        List<Column> columns =
                List.of(Column.text("dataset"), Column.text("deleted"), Column.text("can be restored until"));
        try (TablePrinter table = new TablePrinter(session.console(), columns)) {
            for (DeletedDataset dataset : datasets) {
                table.row(
                        dataset.slug(),
                        TimeText.format(dataset.deletedAt()),
                        TimeText.format(dataset.restorableUntil()));
            }
        }
    }

    private static String json(DeletedDataset dataset) {
        return new JsonObjectText()
                .put("slug", dataset.slug())
                .put("id", dataset.id().toString())
                .put("deleted_at", dataset.deletedAt().toString())
                .put("restorable_until", dataset.restorableUntil().toString())
                .toString();
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
