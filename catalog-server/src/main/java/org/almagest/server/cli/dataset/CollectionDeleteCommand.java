package org.almagest.server.cli.dataset;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest collection delete}. */
@Command(
        name = "delete",
        description = {"Deletes a collection with its datapoints, at once and for good.", ""},
        footer = {
            "",
            "To delete some datapoints, see \"almagest delete --help\".",
            "",
            "Example:",
            "  almagest collection delete my.granules S2A"
        })
public final class CollectionDeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Name of the collection.")
    private String name = "";

    public CollectionDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            Dataset dataset = catalog.dataset(slug);
            long count = dataset.collection(name).info().count();
            dataset.deleteCollection(name);
            session.console()
                    .print(
                            session.wantsJson()
                                    ? new JsonObjectText()
                                            .put("name", name)
                                            .put("deleted", count)
                                            .toString()
                                    : String.format(
                                            Locale.ROOT, "deleted %s of %s with %,d datapoints", name, slug, count));
        }
        return 0;
    }
}
