package org.almagest.server.cli.dataset;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.model.CollectionInfo;
import org.almagest.model.TimeText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest collection list}. */
@Command(
        name = "list",
        description = "Lists the collections of a dataset.",
        footer = {"", "Example:", "  almagest collection list my.granules"})
public final class CollectionListCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    public CollectionListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            List<Collection> collections = catalog.dataset(slug).collections();
            List<CollectionInfo> infos =
                    collections.stream().map(Collection::info).toList();
            if (session.wantsJson()) {
                session.console()
                        .print(infos.stream().map(InfoCommand::json).collect(Collectors.joining(",", "[", "]")));
            } else if (infos.isEmpty()) {
                session.console().say("no collections in " + slug);
            } else {
                print(collections, infos);
            }
        }
        return 0;
    }

    private void print(List<Collection> collections, List<CollectionInfo> infos) {
        List<Column> columns = List.of(
                Column.text("collection"),
                Column.number("datapoints"),
                Column.text("first"),
                Column.text("last"),
                Column.text("kept for"));
        try (TablePrinter table = new TablePrinter(session.console(), columns)) {
            for (int i = 0; i < infos.size(); i++) {
                CollectionInfo info = infos.get(i);
                table.row(
                        info.name(),
                        String.format(Locale.ROOT, "%,d", info.count()),
                        info.first().map(TimeText::format).orElse(""),
                        info.last().map(TimeText::format).orElse(""),
                        collections
                                .get(i)
                                .retention()
                                .map(RetentionCommand::text)
                                .orElse(""));
            }
        }
    }
}
