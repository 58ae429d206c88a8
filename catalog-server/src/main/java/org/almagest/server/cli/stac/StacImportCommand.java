package org.almagest.server.cli.stac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.tree.TreeImport;
import org.almagest.io.stac.tree.TreeReport;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.almagest.server.cli.ingest.RejectLog;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code almagest stac import}. */
@Command(
        name = "import",
        description = {
            "Stores static STAC catalogs, item collections, collections, NDJSON and stac-geoparquet.",
            "",
            "A folder is read by its catalog.json or collection.json, following links to child",
            "and item; without one, every file in it. Links to other machines and out of the",
            "folder are reported and not followed. Each collection goes to where its id is, else",
            "to the dataset stac.<id>; an item takes the place of the one with its id.",
            ""
        },
        footer = {
            "",
            "An item that is wrong is set aside with its file, line and reason, the others are",
            "stored, and the exit status is 2.",
            "With --json it ends with {\"collections\":…,\"items\":…,\"created\":…,\"existing\":…,",
            "\"replaced\":…,\"superseded\":…,\"rejected\":…}.",
            "",
            "Examples:",
            "  almagest stac import my-catalog/catalog.json",
            "  almagest stac import collections.json items.ndjson --rejects rejected.ndjson",
            "  almagest stac import s2.parquet --collection sentinel-2-l2a"
        })
public final class StacImportCommand implements Callable<Integer> {
    private static final int SOME_REJECTED = 2;

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders and files; JSON also gzip-compressed.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--dataset",
            paramLabel = "SLUG",
            description = "Dataset of all collections that are not there yet; one each by default.")
    private @Nullable String dataset;

    @Option(
            names = "--collection",
            paramLabel = "ID",
            description = "Collection of items that name none; such items are set aside by default.")
    private @Nullable String collection;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write what is set aside there, with its reason.")
    private @Nullable Path rejects;

    public StacImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (dataset != null) {
            Names.checkSlug(dataset);
        }
        if (collection != null) {
            Names.checkCollectionName(collection);
        }
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new InvalidRequestException(path.toString(), "no such file");
            }
        }
        TreeReport report;
        try (RejectLog rejected = RejectLog.open(rejects, session.console());
                Catalog catalog = session.store().writeOrCreate();
                TreeImport into = new TreeImport(catalog, settings(rejected))) {
            paths.forEach(into::read);
            report = into.report();
        }
        session.console().print(session.wantsJson() ? json(report) : text(report));
        return report.counts().rejected() > 0 ? SOME_REJECTED : 0;
    }

    private TreeImport.Settings settings(RejectLog rejected) {
        return new TreeImport.Settings(
                dataset,
                collection,
                Limits.defaults(),
                (place, reason) -> append(rejected, place, reason),
                ParquetItems::read);
    }

    private static void append(RejectLog rejected, String place, String reason) {
        try {
            rejected.append(place.replaceFirst(": line \\d+$", ""), reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(TreeReport report) {
        return new JsonObjectText()
                .put("collections", report.collections())
                .put("items", report.items())
                .put("created", report.counts().created())
                .put("existing", report.counts().existing())
                .put("replaced", report.counts().replaced())
                .put("superseded", report.counts().superseded())
                .put("rejected", report.counts().rejected())
                .toString();
    }

    private static String text(TreeReport report) {
        return String.format(
                Locale.ROOT,
                "%,d collections, %,d items: %,d created, %,d existing, %,d replaced, %,d rejected",
                report.collections(),
                report.items(),
                report.counts().created(),
                report.counts().existing(),
                report.counts().replaced(),
                report.counts().rejected());
    }
}
