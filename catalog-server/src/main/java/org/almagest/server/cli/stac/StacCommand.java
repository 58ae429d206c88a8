package org.almagest.server.cli.stac;

import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest stac}. */
@Command(
        name = "stac",
        description = "Takes whole STAC catalogs in and gives them out.",
        synopsisSubcommandLabel = "(import | export)",
        footer = {"", "Examples:", "  almagest stac import my-catalog/catalog.json", "  almagest stac export my-catalog"
        })
public final class StacCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public StacCommand(Session session) {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected import or export)");
    }
}
