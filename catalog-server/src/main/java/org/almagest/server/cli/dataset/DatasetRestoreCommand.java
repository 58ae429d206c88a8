package org.almagest.server.cli.dataset;

import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest dataset restore}. */
@Command(
        name = "restore",
        description = "Brings back a dataset that was deleted in the last 7 days, with everything in it.",
        footer = {"", "Examples:", "  almagest dataset list --deleted", "  almagest dataset restore my.granules"})
public final class DatasetRestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLUG", description = "Name of the deleted dataset.")
    private String slug = "";

    public DatasetRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            Dataset restored = catalog.restoreDataset(slug);
            session.console()
                    .print(session.wantsJson() ? DatasetListCommand.json(restored) : "restored " + restored.slug());
        }
        return 0;
    }
}
