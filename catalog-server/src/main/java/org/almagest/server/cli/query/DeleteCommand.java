package org.almagest.server.cli.query;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.almagest.server.cli.output.DeletedCount;
import org.almagest.server.cli.session.Session;
import org.almagest.server.cli.session.TextFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code almagest delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes datapoints of a collection: those with ids or keys, all or none; or",
            "those that match, of which there may be none.",
            ""
        },
        customSynopsis = {
            "almagest delete SLUG COLLECTION",
            "           (--id ID... | --ids FILE | --key KEY... | --keys FILE)",
            "   or: almagest delete SLUG COLLECTION",
            "           (--time A/B | --datetime A/B | --all-time) [--extent]",
            "           [--where CQL2] [--bbox W,S,E,N | --intersects AREA |",
            "           --within AREA | --containing AREA] [OPTIONS]"
        },
        footer = {
            "",
            "Times, areas and conditions are those of \"almagest query\", so a query with",
            "--count tells before what would go.",
            "",
            "Examples:",
            "  almagest delete my.granules S2A --id 0195dc91-45d8-7000-8000-000000000000",
            "  almagest delete my.granules S2A --keys withdrawn.txt",
            "  almagest delete my.granules S2A --time 2015-01-01/2016-01-01",
            "  almagest delete my.granules S2A --all-time --where 'cloud_cover > 95'"
        })
public final class DeleteCommand implements Callable<Integer> {
    private static final long FILE_BYTES_MAX = 1 << 30;

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "Name of the collection.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--extent", description = "Compare the times with the temporal extent of a datapoint.")
    private boolean byExtent;

    @Option(names = "--where", paramLabel = "CQL2", description = "Condition on the fields, as CQL2 text or JSON.")
    private @Nullable String where;

    @Mixin
    private AreaOptions area = new AreaOptions();

    /** What is to go. */
    private static final class Which {
        @Option(names = "--id", arity = "1..*", paramLabel = "ID", description = "Datapoints with these ids.")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--ids", paramLabel = "FILE", description = "Datapoints with the ids in a file, one a line.")
        private @Nullable Path idFile;

        @Option(names = "--key", arity = "1..*", paramLabel = "KEY", description = "Datapoints with these keys.")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--keys", paramLabel = "FILE", description = "Datapoints with the keys in a file, one a line.")
        private @Nullable Path keyFile;

        @Option(
                names = "--time",
                paramLabel = "A/B",
                description = "Datapoints from A up to but not including B; [A/B] includes it. Also a single time.")
        private @Nullable String interval;

        @Option(
                names = "--datetime",
                paramLabel = "A/B",
                description = "Datapoints from A to B, both included; .. or nothing is open.")
        private @Nullable String closedInterval;

        @Option(names = "--all-time", description = "Datapoints of any time.")
        private boolean all;

        private boolean isByTime() {
            return all || interval != null || closedInterval != null;
        }
    }

    public DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!which.isByTime() && (where != null || byExtent || area.filter().isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "conditions go with --time, --datetime or --all-time, not with ids or keys");
        }
        Function<Collection, Long> deletion = deletion();
        try (Catalog catalog = session.store().write()) {
            long deleted = deletion.apply(catalog.dataset(slug).collection(name));
            session.console().print(session.wantsJson() ? DeletedCount.json(deleted) : DeletedCount.text(deleted));
        }
        return 0;
    }

    /** Returns what is to be done; what is wrong in itself is found before the store is opened. */
    private Function<Collection, Long> deletion() {
        if (which.isByTime()) {
            Query query = query();
            return collection -> collection.delete(query);
        }
        if (!which.keys.isEmpty() || which.keyFile != null) {
            List<Entry> keys = entries(which.keys, which.keyFile);
            return collection -> collection.deleteByKeys(keys(collection, keys));
        }
        List<DatapointId> ids = entries(which.ids, which.idFile).stream()
                .map(entry -> entry.parse(text -> DatapointId.parse(text.strip())))
                .toList();
        return collection -> collection.delete(ids);
    }

    private static List<Object> keys(Collection collection, List<Entry> entries) {
        Field field = KeyValue.field(collection.dataset());
        return entries.stream()
                .map(entry -> entry.parse(text -> KeyValue.parse(field, text)))
                .toList();
    }

    private Query query() {
        Query.Builder query = Query.allTime();
        if (which.interval != null) {
            query = Query.during(TimeInterval.parse(which.interval));
        } else if (which.closedInterval != null) {
            query = Query.during(TimeInterval.parseClosed(which.closedInterval));
        }
        area.filter().ifPresent(query::spatial);
        if (where != null) {
            query.where(ConditionText.parse(where));
        }
        return query.match(byExtent ? TimeMatch.EXTENT : TimeMatch.INSTANT).build();
    }

    /**
     * An id or key that a user gave.
     *
     * @param text it
     * @param place the line of the file where it stands; empty on the command line
     */
    private record Entry(String text, String place) {
        private <T> T parse(Function<String, T> parser) {
            try {
                return parser.apply(text);
            } catch (InvalidRequestException e) {
                throw place.isEmpty() ? e : e.within(place);
            }
        }
    }

    private List<Entry> entries(List<String> given, @Nullable Path file) {
        List<Entry> entries = new ArrayList<>();
        given.forEach(text -> entries.add(new Entry(text, "")));
        if (file != null) {
            long[] line = {0};
            TextFile.read(file, FILE_BYTES_MAX).lines().forEach(text -> {
                line[0]++;
                if (!text.isBlank()) {
                    entries.add(new Entry(text, file + ": line " + line[0]));
                }
            });
            if (entries.isEmpty()) {
                session.console().say(file + ": nothing in it (expected one a line)");
            }
        }
        return entries;
    }
}
