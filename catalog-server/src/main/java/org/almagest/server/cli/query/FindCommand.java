package org.almagest.server.cli.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.NotFoundException;
import org.almagest.error.Quoted;
import org.almagest.io.RowJson;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.server.cli.rows.RowText;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code almagest find}. */
@Command(
        name = "find",
        description = "Prints the datapoint with an id, or those with a key, one for each collection.",
        footer = {
            "",
            "Examples:",
            "  almagest find my.granules 0195dc91-45d8-7000-8000-000000000000",
            "  almagest find my.granules --key S2A_MSIL2A_20250401T101559 --json"
        })
public final class FindCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Id of the datapoint, 36 characters.")
    private @Nullable String id;

    @Option(names = "--key", paramLabel = "VALUE", description = "Value of the dataset's key field.")
    private @Nullable String key;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "Look in this collection only; give it again for several.")
    private List<String> collections = new ArrayList<>();

    @Option(names = "--skip-data", description = "Print time, id and ingestion_time only.")
    private boolean skipsFields;

    public FindCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if ((id == null) == (key == null)) {
            throw new ParameterException(spec.commandLine(), "expected either an ID or --key");
        }
        DatapointId sought = id == null ? null : DatapointId.parse(id);
        try (Catalog catalog = session.store().read()) {
            Dataset dataset = catalog.dataset(slug);
            List<Datapoint> found = sought != null ? byId(dataset, sought) : byKey(dataset, String.valueOf(key));
            if (found.isEmpty()) {
                throw new NotFoundException("No such datapoint " + (sought != null ? sought : Quoted.text("" + key)));
            }
            found.forEach(this::print);
        }
        return 0;
    }

    private List<Datapoint> byId(Dataset dataset, DatapointId sought) {
        if (collections.isEmpty()) {
            return dataset.find(sought).stream().toList();
        }
        return chosen(dataset).stream()
                .map(collection -> collection.find(sought))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Datapoint> byKey(Dataset dataset, String text) {
        Object value = KeyValue.parse(KeyValue.field(dataset), text);
        if (collections.isEmpty()) {
            return dataset.findByKey(value);
        }
        return chosen(dataset).stream()
                .map(collection -> collection.findByKey(value))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Collection> chosen(Dataset dataset) {
        return collections.stream().map(dataset::collection).toList();
    }

    private void print(Datapoint found) {
        Datapoint row = skipsFields
                ? Datapoint.at(found.time())
                        .stored(found.id().orElseThrow(), found.ingestionTime().orElseThrow())
                        .build()
                : found;
        if (session.wantsJson()) {
            StringBuilder json = new StringBuilder();
            RowJson.append(json, row);
            session.console().print(json.toString());
        } else {
            RowText.print(session.console(), row);
        }
    }
}
