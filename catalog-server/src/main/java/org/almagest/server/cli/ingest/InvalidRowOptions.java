package org.almagest.server.cli.ingest;

import java.nio.file.Path;
import org.almagest.model.GeometryValidity;
import org.almagest.model.IngestOptions;
import org.almagest.model.OnInvalid;
import org.almagest.server.cli.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say what is invalid, and what happens to it. */
final class InvalidRowOptions {
    @Option(
            names = "--on-invalid",
            paramLabel = "ACTION",
            description = "refuse (default): the first invalid row ends the run. quarantine: valid rows are stored,"
                    + " the others are counted and reported.")
    private @Nullable Action action;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Write invalid rows with their reasons there; quarantine goes without saying.")
    private @Nullable Path rejects;

    @Option(
            names = "--strict",
            description = "Take polygons that cross themselves for invalid; else they are stored as they are and"
                    + " repaired for searching.")
    private boolean strict;

    /** The words for {@link OnInvalid}. */
    private enum Action {
        REFUSE,
        QUARANTINE
    }

    /** Returns options of ingest with these. */
    IngestOptions in(IngestOptions options, CommandLine command) {
        if (action == Action.REFUSE && rejects != null) {
            throw new ParameterException(command, "--rejects goes without --on-invalid refuse");
        }
        boolean setsAside = action == Action.QUARANTINE || rejects != null;
        return options.with(setsAside ? OnInvalid.QUARANTINE : OnInvalid.REFUSE)
                .with(strict ? GeometryValidity.STRICT : GeometryValidity.REPAIR_INDEX_FORM);
    }

    /** Opens what invalid rows are written to. */
    RejectLog openLog(Console console) {
        return RejectLog.open(rejects, console);
    }
}
