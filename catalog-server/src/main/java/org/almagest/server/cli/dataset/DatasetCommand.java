package org.almagest.server.cli.dataset;

import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest dataset}: its own commands do the work. */
@Command(
        name = "dataset",
        description = "Creates, lists, shows, deletes and restores datasets.",
        synopsisSubcommandLabel = "(create | list | show | delete | restore)",
        footer = {
            "",
            "Examples:",
            "  almagest dataset create my.granules --kind spatiotemporal --field name:string",
            "  almagest dataset list",
            "  almagest dataset show my.granules"
        })
public final class DatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public DatasetCommand(Session session) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected create, list, show, delete or restore)");
    }
}
