package org.almagest.server.cli.dataset;

import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest collection}: its own commands do the work. */
@Command(
        name = "collection",
        description = "Creates and lists the collections of a dataset.",
        synopsisSubcommandLabel = "(create | list)",
        footer = {
            "",
            "Examples:",
            "  almagest collection create my.granules S2A",
            "  almagest collection list my.granules"
        })
public final class CollectionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CollectionCommand(Session session) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected create or list)");
    }
}
