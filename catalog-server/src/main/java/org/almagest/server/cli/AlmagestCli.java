package org.almagest.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.almagest.server.cli.dataset.CollectionCommand;
import org.almagest.server.cli.dataset.CollectionCreateCommand;
import org.almagest.server.cli.dataset.CollectionDeleteCommand;
import org.almagest.server.cli.dataset.CollectionListCommand;
import org.almagest.server.cli.dataset.DatasetCommand;
import org.almagest.server.cli.dataset.DatasetCreateCommand;
import org.almagest.server.cli.dataset.DatasetDeleteCommand;
import org.almagest.server.cli.dataset.DatasetListCommand;
import org.almagest.server.cli.dataset.DatasetRestoreCommand;
import org.almagest.server.cli.dataset.DatasetShowCommand;
import org.almagest.server.cli.dataset.InfoCommand;
import org.almagest.server.cli.dataset.RetentionCommand;
import org.almagest.server.cli.ingest.IngestCommand;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.Terminal;
import org.almagest.server.cli.query.DeleteCommand;
import org.almagest.server.cli.query.FindCommand;
import org.almagest.server.cli.query.QueryCommand;
import org.almagest.server.cli.serve.KeyCommand;
import org.almagest.server.cli.serve.ServeCommand;
import org.almagest.server.cli.session.FailureReport;
import org.almagest.server.cli.session.Session;
import org.almagest.server.cli.stac.StacCommand;
import org.almagest.server.cli.stac.StacExportCommand;
import org.almagest.server.cli.stac.StacImportCommand;
import org.almagest.server.cli.store.CompactCommand;
import org.almagest.server.cli.store.ExpireCommand;
import org.almagest.server.cli.store.FlushCommand;
import org.almagest.server.cli.store.LimitsCommand;
import org.almagest.server.cli.store.StatsCommand;
import org.almagest.server.cli.store.VerifyCommand;
import org.almagest.server.cli.store.VersionCommand;
import org.almagest.server.cli.synthetic.GenerateCommand;
import org.almagest.server.cli.synthetic.QuickstartCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code almagest}: finds the subcommand, reports failures, sets the exit status. */
@Command(
        name = "almagest",
        description = {"A catalog of data that has a time and a place.", "", "Begin with \"almagest quickstart\".", ""},
        synopsisSubcommandLabel = "COMMAND")
public final class AlmagestCli implements Runnable {
    private static final List<String> EXIT_STATUS = List.of(
            "",
            "Exit status: 0 done, 1 wrong usage, 2 bad input, 3 corrupt store, 4 store",
            "locked, 5 storage failed, 6 unsupported format, 7 no space, 8 not found,",
            "9 exists or conflicts, 10 deadline, 70 unexpected.");

    private static final Map<String, Function<Session, Object>> COMMANDS = commands();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private AlmagestCli() {}

    private static Map<String, Function<Session, Object>> commands() {
        Map<String, Function<Session, Object>> all = new LinkedHashMap<>();
        all.put("quickstart", QuickstartCommand::new);
        all.put("dataset", DatasetCommand::new);
        all.put("collection", CollectionCommand::new);
        all.put("ingest", IngestCommand::new);
        all.put("query", QueryCommand::new);
        all.put("stac", StacCommand::new);
        all.put("info", InfoCommand::new);
        all.put("find", FindCommand::new);
        all.put("delete", DeleteCommand::new);
        all.put("flush", FlushCommand::new);
        all.put("compact", CompactCommand::new);
        all.put("expire", ExpireCommand::new);
        all.put("stats", StatsCommand::new);
        all.put("verify", VerifyCommand::new);
        all.put("serve", ServeCommand::new);
        all.put("key", KeyCommand::new);
        all.put("generate", GenerateCommand::new);
        all.put("limits", LimitsCommand::new);
        all.put("version", VersionCommand::new);
        return all;
    }

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        Terminal terminal =
                Terminal.of(System.getProperty("almagest.terminals", ""), System.getProperty("almagest.columns", ""));
        Console console = new Console(StandardStreams.output(), StandardStreams.error(), terminal);
        System.exit(run(new Session(console, System.getenv()), args));
    }

    /** Runs one command and returns its status. */
    static int run(Session session, String... args) {
        FailureReport report = new FailureReport(session);
        try {
            int status = commandLine(session, args).execute(args);
            session.console().flush();
            return status;
        } catch (Throwable e) { // Errors too: each ends in one line and a status.
            return report.failure(e);
        }
    }

    /** Returns the command line with all commands. */
    static CommandLine commandLine(Session session) {
        return commandLine(session, COMMANDS);
    }

    /**
     * Returns the command line with the commands that {@code args} name, or all where they name none.
     *
     * <p>To look through the annotations of every command takes longer than most commands.
     */
    private static CommandLine commandLine(Session session, String... args) {
        Map<String, Function<Session, Object>> named = new LinkedHashMap<>(COMMANDS);
        named.keySet().retainAll(Arrays.asList(args));
        return commandLine(session, named.isEmpty() ? COMMANDS : named);
    }

    private static CommandLine commandLine(Session session, Map<String, Function<Session, Object>> commands) {
        CommandLine root = new CommandLine(new AlmagestCli());
        root.addMixin("options", session.options());
        commands.forEach((name, command) -> root.addSubcommand(name, withCommands(session, name, command)));
        describe(root);
        FailureReport report = new FailureReport(session);
        PrintWriter help = new PrintWriter(session.console().results(), true, StandardCharsets.UTF_8);
        return root.setOut(help)
                .setExpandAtFiles(false) // @FILE is the value of an option here
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(80, session.console().terminal().columns()))
                .setParameterExceptionHandler((e, args) -> usage(session, report, e, args))
                .setExecutionExceptionHandler((e, line, parsed) -> report.failure(e));
    }

    private static CommandLine withCommands(Session session, String name, Function<Session, Object> command) {
        CommandLine line = new CommandLine(command.apply(session));
        if (name.equals("dataset")) {
            line.addSubcommand(new DatasetCreateCommand(session))
                    .addSubcommand(new DatasetListCommand(session))
                    .addSubcommand(new DatasetShowCommand(session))
                    .addSubcommand(new DatasetDeleteCommand(session))
                    .addSubcommand(new DatasetRestoreCommand(session));
        } else if (name.equals("stac")) {
            line.addSubcommand(new StacImportCommand(session)).addSubcommand(new StacExportCommand(session));
        } else if (name.equals("collection")) {
            line.addSubcommand(new CollectionCreateCommand(session))
                    .addSubcommand(new CollectionListCommand(session))
                    .addSubcommand(new RetentionCommand(session))
                    .addSubcommand(new CollectionDeleteCommand(session));
        } else if (name.equals("key")) {
            KeyCommand.addTo(line, session);
        }
        return line;
    }

    /** Adds to every help what is the same in all. */
    private static void describe(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage().abbreviateSynopsis(true).sortOptions(false);
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.addAll(EXIT_STATUS);
        spec.usageMessage().footer(footer.toArray(String[]::new));
        line.getSubcommands().values().forEach(AlmagestCli::describe);
    }

    private static int usage(Session session, FailureReport report, ParameterException e, String... args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
        String hint = "Try: " + name + " --help";
        if (e instanceof UnmatchedArgumentException) {
            boolean atRoot = name.equals("almagest");
            CommandLine all = atRoot ? commandLine(session) : e.getCommandLine();
            List<String> unmatched = ((UnmatchedArgumentException) e).getUnmatched();
            if (atRoot && !unmatched.get(0).startsWith("-")) {
                message = "no such command: '" + unmatched.get(0) + "'";
            }
            List<String> suggestions = new UnmatchedArgumentException(all, unmatched).getSuggestions();
            if (!suggestions.isEmpty()) {
                hint = "Did you mean: " + String.join(" or ", suggestions) + "?\n" + hint;
            }
        }
        return report.usage(message, hint, List.of(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command");
    }
}
