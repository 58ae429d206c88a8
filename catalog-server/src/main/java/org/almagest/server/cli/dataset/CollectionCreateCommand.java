package org.almagest.server.cli.dataset;

import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.model.Names;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest collection create}. */
@Command(
        name = "create",
        description = "Creates a collection, which must not exist.",
        footer = {"", "Example:", "  almagest collection create my.granules S1A_IW_RAW__0S"})
public final class CollectionCreateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Name of the collection, 1 to 256 characters.")
    private String name = "";

    public CollectionCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Names.checkCollectionName(name);
        try (Catalog catalog = session.store().write()) {
            Collection created = catalog.dataset(slug).createCollection(name);
            session.console()
                    .print(
                            session.wantsJson()
                                    ? InfoCommand.json(created.info())
                                    : "created " + created.name() + " in " + slug);
        }
        return 0;
    }
}
