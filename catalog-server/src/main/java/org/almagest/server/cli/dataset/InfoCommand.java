package org.almagest.server.cli.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.model.CollectionInfo;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest info}. */
@Command(
        name = "info",
        description = "Prints how many datapoints collections hold, with the first and the last time.",
        footer = {
            "",
            "Without a collection: all of the dataset. With --json one object a line:",
            "  {\"name\":…,\"count\":…,\"first\":…,\"last\":…}",
            "with null for the times where there are no datapoints.",
            "",
            "Examples:",
            "  almagest info my.granules S2A",
            "  almagest info my.granules S2A S2B --json"
        })
public final class InfoCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COLLECTION", description = "Names of collections.")
    private List<String> collections = new ArrayList<>();

    public InfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            Dataset dataset = catalog.dataset(slug);
            List<Collection> chosen = collections.isEmpty()
                    ? dataset.collections()
                    : collections.stream().map(dataset::collection).toList();
            for (Collection each : chosen) {
                CollectionInfo info = each.info();
                session.console().print(session.wantsJson() ? json(info) : TablePrinter.printable(info.toString()));
            }
            if (chosen.isEmpty()) {
                session.console().say("no collections in " + slug);
            }
        }
        return 0;
    }

    static String json(CollectionInfo info) {
        return new JsonObjectText()
                .put("name", info.name())
                .put("count", info.count())
                .put("first", info.first().map(Instant::toString).orElse(null))
                .put("last", info.last().map(Instant::toString).orElse(null))
                .toString();
    }
}
