package org.almagest.server.cli.dataset;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.model.TimeText;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest dataset delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a dataset with all its collections.",
            "",
            "It can be restored for 7 days; until then its name stays reserved. A dataset",
            "without any datapoint is gone at once.",
            ""
        },
        footer = {"", "Example:", "  almagest dataset delete my.granules"})
public final class DatasetDeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    public DatasetDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            Optional<Instant> until = catalog.deleteDataset(slug);
            if (session.wantsJson()) {
                session.console()
                        .print(new JsonObjectText()
                                .put("slug", slug)
                                .put(
                                        "restorable_until",
                                        until.map(Instant::toString).orElse(null))
                                .toString());
            } else {
                session.console()
                        .print("deleted " + slug + until.map(this::hint).orElse(": it was empty and is gone"));
            }
        }
        return 0;
    }

    private String hint(Instant until) {
        return "; until " + TimeText.format(until) + " it can be restored: almagest dataset restore " + slug;
    }
}
