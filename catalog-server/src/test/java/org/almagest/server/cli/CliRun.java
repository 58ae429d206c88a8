package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.Terminal;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine;

/** One run of the command line in this process. */
record CliRun(int status, String out, String err) {
    /** Runs a command on a store. */
    static CliRun of(Path store, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(0, store.toString());
        all.add(0, "--store");
        return bare(Map.of(), all.toArray(String[]::new));
    }

    /** Runs a command that must succeed and returns what it prints. */
    static String ok(Path store, String... args) {
        CliRun run = of(store, args);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    /** Runs a command with nothing but these words and this environment. */
    static CliRun bare(Map<String, String> environment, String... args) {
        return on(Terminal.NONE, environment, args);
    }

    /** Runs a command with its streams on a terminal. */
    static CliRun on(Terminal terminal, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = AlmagestCli.run(new Session(new Console(out, err, terminal), environment), args);
        return new CliRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Returns the command line with all commands, to read words with. */
    static CommandLine commandLine() {
        Console console = new Console(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Terminal.NONE);
        return AlmagestCli.commandLine(new Session(console, Map.of()));
    }
}
