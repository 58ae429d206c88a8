package org.almagest.server.cli.serve;

import org.almagest.server.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest key}: its own commands do the work. */
@Command(
        name = "key",
        description = {
            "Makes, lists, rotates and revokes the API keys of a server.",
            "",
            "A running server sees a change within a second. The first key that is made ends",
            "that everybody on the machine may do everything.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  almagest key create --label 'harvester 3' --write 'stac.*'",
            "  almagest key list",
            "  almagest key revoke 3k9d0m2qx7ra"
        })
public final class KeyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public KeyCommand(Session session) {}

    /** Adds its own commands. */
    public static void addTo(CommandLine line, Session session) {
        line.addSubcommand(new KeyCreateCommand(session))
                .addSubcommand(new KeyListCommand(session))
                .addSubcommand(new KeyShowCommand(session))
                .addSubcommand(new KeyRotateCommand(session))
                .addSubcommand(new KeyRevokeCommand(session))
                .addSubcommand(new KeyDeleteCommand(session))
                .addSubcommand(new KeyTokensCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command (expected create, list, show, rotate, revoke, delete or rotate-tokens)");
    }
}
