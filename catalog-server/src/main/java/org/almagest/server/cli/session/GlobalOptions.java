package org.almagest.server.cli.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
public final class GlobalOptions {
    static final String STORE_VARIABLE = "ALMAGEST_STORE";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the store; else $" + STORE_VARIABLE + ", else ./almagest-data.")
    @Nullable
    Path store;

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
