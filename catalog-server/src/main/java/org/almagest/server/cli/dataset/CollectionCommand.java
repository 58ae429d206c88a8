package org.almagest.server.cli.dataset;

import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest collection}: its own commands do the work. */
@Command(
        name = "collection",
        description = "Creates, lists and deletes the collections of a dataset, and says how long they keep data.",
        synopsisSubcommandLabel = "(create | list | retention | delete)",
        footer = {
            "",
            "Examples:",
            "  almagest collection create my.granules S2A",
            "  almagest collection list my.granules",
            "  almagest collection retention my.granules S2A 365d"
        })
public final class CollectionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CollectionCommand(Session session) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected create, list, retention or delete)");
    }
}
