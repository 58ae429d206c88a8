package org.almagest.server.cli.store;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;

/** {@code almagest version}. */
@Command(
        name = "version",
        description = "Prints the version of this build and of the JVM it runs on.",
        footer = {"", "Example:", "  almagest version"})
public final class VersionCommand implements Callable<Integer> {
    private final Session session;

    public VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String version = Objects.requireNonNullElse(
                VersionCommand.class.getPackage().getImplementationVersion(), "of classes without a jar");
        String java = Runtime.version().toString();
        session.console()
                .print(
                        session.wantsJson()
                                ? new JsonObjectText()
                                        .put("version", version)
                                        .put("java", java)
                                        .toString()
                                : "almagest " + version + ", Java " + java);
        return 0;
    }
}
