package org.almagest.server.cli.synthetic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.model.CollectionInfo;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.ProgressBar;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest quickstart}. */
@Command(
        name = "quickstart",
        description = {
            "Builds a store, fills it with realistic granules, asks it questions.",
            "",
            "The store is ./almagest-data/quickstart, or what --store names. May be run again.",
            ""
        },
        footer = {"", "Example:", "  almagest quickstart"})
public final class QuickstartCommand implements Callable<Integer> {
    private static final Path FOLDER = Path.of("almagest-data", "quickstart");
    private static final int AGAIN_ROWS = 10_000;

    private final Session session;

    @Option(names = "--rows", paramLabel = "N", description = "How many granules; 120000 by default.")
    private long rows = 120_000;

    public QuickstartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path folder = session.folderOr(FOLDER);
        try (Catalog catalog = session.storeIn(folder).writeOrCreate()) {
            Run run = new Run(folder, new SampleStore(catalog));
            run.fill();
            catalog.maintenance().orElseThrow().flush(); // what is asked later comes from segments
            run.ask();
            run.again();
            if (session.wantsJson()) {
                session.console().print(run.json());
            } else {
                run.next();
            }
        }
        return 0;
    }

    /** One run: what it did so far, told on the way. */
    private final class Run {
        private final Path folder;
        private final SampleStore store;
        private final List<String> answers = new ArrayList<>();
        private IngestCounts counts = IngestCounts.NONE;
        private IngestCounts again = IngestCounts.NONE;

        private Run(Path folder, SampleStore store) {
            this.folder = folder;
            this.store = store;
        }

        private void tell(String line) {
            if (!session.wantsJson()) {
                session.console().print(line);
                session.console().flush();
            }
        }

        private void fill() {
            tell("A store in " + folder + ", dataset " + SampleStore.SLUG + ":");
            long start = System.nanoTime();
            try (ProgressBar bar = new ProgressBar(session.console(), "ingest")) {
                counts = store.ingest(rows, done -> bar.show(done, rows, ""));
            }
            double seconds = seconds(start);
            tell(String.format(
                    Locale.ROOT,
                    "  %,d granules, %,d created, %,d existing; durable after %.1f s (%,.0f rows/s)",
                    counts.rows(),
                    counts.created(),
                    counts.existing(),
                    seconds,
                    counts.rows() / Math.max(1e-3, seconds)));
            for (Collection collection : store.dataset().collections()) {
                CollectionInfo info = collection.info();
                tell("  " + info);
            }
        }

        private void ask() {
            List<SampleQuestion> questions = SampleQuestion.all(known());
            SampleQuestion.Answers all = SampleQuestion.ask(questions, store.dataset());
            tell("");
            tell(
                    "Questions, each granule that is found read in full; the time when it is asked first, and the median once");
            tell("all were asked " + all.rounds() / 2 + " times:");
            tell(String.format(Locale.ROOT, "  %9s %9s %9s", "found", "first ms", "warm ms"));
            for (int i = 0; i < questions.size(); i++) {
                SampleQuestion.Answer answer = all.answers().get(i);
                String text = questions.get(i).text();
                tell(String.format(
                        Locale.ROOT,
                        "  %,9d %9s %9s  %s",
                        answer.count(),
                        answer.firstMillis(),
                        answer.warmMillis(),
                        text));
                answers.add(new JsonObjectText()
                        .put("question", text)
                        .put("count", answer.count())
                        .putRaw("first_millis", answer.firstMillis())
                        .putRaw("millis", answer.warmMillis())
                        .toString());
            }
        }

        private DatapointId known() {
            Query last = Query.allTime().skipData().limit(1).build();
            try (QueryResult result = store.dataset().query(last)) {
                for (Datapoint row : result) {
                    return row.id().orElseThrow();
                }
            }
            return new DatapointId(0, 0);
        }

        private void again() {
            long start = System.nanoTime();
            again = store.ingest(Math.min(rows, AGAIN_ROWS), done -> {});
            tell(String.format(
                    Locale.ROOT,
                    "  %,9d %9.0f            created, when the first %,d granules are ingested again",
                    again.created(),
                    1000 * seconds(start),
                    again.rows()));
        }

        private double seconds(long startNanos) {
            return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        }

        private void next() {
            String store = " --store " + quoted(folder.toString());
            Console console = session.console();
            console.print("");
            console.print("Go on with:");
            console.print("  ./almagest info " + SampleStore.SLUG + store);
            console.print("  ./almagest query " + SampleStore.SLUG + store
                    + " --time 2015-03-14/2015-03-15 --bbox 5.9,45.8,10.5,47.8");
            console.print("  ./almagest query " + SampleStore.SLUG + store
                    + " --all-time --where 'cloud_cover < 1' --select granule_name,cloud_cover --limit 5");
            console.print("  ./almagest query --help");
            console.print("and with a STAC, GeoJSON, NDJSON or CSV file of yours:");
            console.print("  ./almagest ingest my.items all YOUR_FILE --create --store my-store");
            console.print("README.md shows the same from Java.");
        }

        private String json() {
            return new JsonObjectText()
                    .put("store", folder.toString())
                    .put("dataset", SampleStore.SLUG)
                    .put("rows", counts.rows())
                    .put("created", counts.created())
                    .put("existing", counts.existing())
                    .put("created_again", again.created())
                    .putRaw("questions", "[" + String.join(",", answers) + "]")
                    .toString();
        }
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
