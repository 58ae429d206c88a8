package org.almagest.server.cli.store;

import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.server.cli.output.DeletedCount;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest expire}. */
@Command(
        name = "expire",
        description = {
            "Deletes what retention no longer keeps, and deleted datasets after their 7 days.",
            "",
            "A process that has the store open for writing does so by itself, when it opens",
            "it and about once a minute.",
            ""
        },
        footer = {"", "Example:", "  almagest expire --json"})
public final class ExpireCommand implements Callable<Integer> {
    private final Session session;

    public ExpireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().write()) {
            long deleted = catalog.maintenance().orElseThrow().expire();
            session.console().print(session.wantsJson() ? DeletedCount.json(deleted) : DeletedCount.text(deleted));
        }
        return 0;
    }
}
