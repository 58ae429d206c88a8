package org.almagest.server.cli.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
public final class GlobalOptions {
    static final String STORE_VARIABLE = "ALMAGEST_STORE";
    static final String HISTORY_VARIABLE = "ALMAGEST_HISTORY";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the store; else $" + STORE_VARIABLE + ", else almagest-data here.")
    @Nullable
    Path store;

    @Option(
            names = "--history",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            description = "Keep replaced and deleted datapoints readable in earlier versions for so long, such as 7d;"
                    + " else $" + HISTORY_VARIABLE + ", else 0. A write without it ends them.")
    @Nullable
    String history;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print machine-readable JSON, errors included.")
    boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    boolean help;
}
