package org.almagest.server.cli.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.NewFields;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.TimeText;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code almagest ingest}. */
@Command(
        name = "ingest",
        description = {
            "Stores the datapoints of files in a collection, batch by batch.",
            "",
            "Rows that are there already are skipped, so a run that was stopped is finished",
            "by the same command.",
            ""
        },
        footer = {
            "",
            "With --json it ends with {\"rows\":…,\"created\":…,\"existing\":…,\"replaced\":…,",
            "\"superseded\":…,\"stale\":…,\"rejected\":…,\"batches\":…,\"seconds\":…}.",
            "",
            "Examples:",
            "  almagest ingest stac.naip naip items.ndjson --create",
            "  almagest ingest my.telemetry Measurements export.csv.gz --drop comment",
            "  almagest ingest my.granules S2A *.ndjson --rejects rejected.ndjson"
        })
public final class IngestCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "Name of the collection.")
    private String collection = "";

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "FILE", description = "Files; text also gzip-compressed.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "auto (default), stac, geojson, ndjson, csv or parquet.")
    private String format = "auto";

    @Option(
            names = "--create",
            description = "Create dataset and collection where they are absent, with the schema that the files have.")
    private boolean creates;

    @Option(
            names = "--evolve",
            negatable = true,
            description = "Add fields that the schema lacks; on for STAC and GeoJSON, off for others.")
    private @Nullable Boolean evolves;

    @Option(names = "--drop", paramLabel = "FIELD", description = "Leave out a field or column of the files.")
    private List<String> dropped = new ArrayList<>();

    @Option(
            names = "--time-field",
            paramLabel = "FIELD",
            description = "Field or column of the files that holds the time, where it is not the format's own.")
    private @Nullable String timeField;

    @Option(names = "--default-time", paramLabel = "TIME", description = "Time of rows that have none.")
    private @Nullable String defaultTime;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What happens to rows that exist: skip (default), refuse or replace.")
    private Mode mode = Mode.SKIP;

    @Mixin
    private InvalidRowOptions invalid = new InvalidRowOptions();

    @Option(
            names = "--as-drawn",
            description =
                    "Take edges of geometries that are wider than 180 degrees as they are drawn, not the short way.")
    private boolean asDrawn;

    @Option(names = "--batch-rows", paramLabel = "N", description = "Rows of one commit; 10000 by default.")
    private int batchRows = IngestRun.BATCH_ROWS;

    @Option(
            names = "--ack-log",
            paramLabel = "FILE",
            description = "Append \"<batch> <rows> <created> <existing>\" there once a batch is durable.")
    private @Nullable Path ackLog;

    /** The words for {@link IngestMode}. */
    private enum Mode {
        SKIP(IngestMode.SKIP_EXISTING),
        REFUSE(IngestMode.REFUSE_EXISTING),
        REPLACE(IngestMode.REPLACE);

        private final IngestMode mode;

        Mode(IngestMode mode) {
            this.mode = mode;
        }
    }

    public IngestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.Builder options = SourceOptions.builder()
                .format(sourceFormat())
                .newFields(newFields())
                .timeField(timeField);
        if (defaultTime != null) {
            options.fixedTime(TimeText.parseInstant(defaultTime));
        }
        dropped.forEach(options::drop);
        if (batchRows < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--batch-rows': " + batchRows + " (at least 1)");
        }
        requireFiles();
        IngestOptions rows = invalid.in(IngestOptions.of(mode.mode), spec.commandLine())
                .with(asDrawn ? AntimeridianRule.AS_DRAWN : AntimeridianRule.SHORT_WAY);
        IngestTotals totals;
        try (IngestTarget target = new IngestTarget(session.store(), slug, collection, absent());
                AckLog acks = AckLog.open(ackLog);
                RejectLog rejected = invalid.openLog(session.console())) {
            IngestRun run = new IngestRun(session.console(), target, new IngestRun.Logs(acks, rejected));
            totals = run.ingest(files, options.build(), rows, batchRows);
        } catch (InvalidRequestException e) {
            throw e.subject().endsWith(": field \"time\"") && e.problem().startsWith("unset")
                    ? new InvalidRequestException(
                            e.subject(), "unset (--time-field names another field, --default-time one time for all)", e)
                    : e;
        }
        session.console().print(session.wantsJson() ? totals.json() : totals.text());
        return 0;
    }

    private IngestTarget.Absent absent() {
        return creates ? IngestTarget.Absent.CREATED : IngestTarget.Absent.REFUSED;
    }

    private NewFields newFields() {
        if (evolves == null) {
            return NewFields.BY_FORMAT;
        }
        return evolves ? NewFields.ADD : NewFields.REFUSE;
    }

    private @Nullable SourceFormat sourceFormat() {
        if (format.toLowerCase(Locale.ROOT).equals("auto")) {
            return null;
        }
        return SourceFormat.ofText(format.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Invalid value for option '--format': '" + format
                                + "' (expected auto, stac, geojson, ndjson, csv or parquet)"));
    }

    /** A file that is missing is found out before anything is created or stored. */
    private void requireFiles() {
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                throw new InvalidRequestException(file.toString(), "is a folder (expected a file)");
            }
            if (!Files.exists(file)) {
                throw new InvalidRequestException(file.toString(), "no such file");
            }
        }
    }
}
