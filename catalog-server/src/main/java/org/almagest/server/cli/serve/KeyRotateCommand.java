package org.almagest.server.cli.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.almagest.server.cli.session.DurationText;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code almagest key rotate}. */
@Command(
        name = "rotate",
        description = {
            "Makes a new API key with the rights, label and lifetime of another one.",
            "",
            "Both are good until the overlap is over, so that whoever uses the old one can take",
            "the new one without being refused.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  almagest key rotate 3k9d0m2qx7ra",
            "  almagest key rotate 3k9d0m2qx7ra --overlap 7d --out new.key"
        })
public final class KeyRotateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the old key, 12 characters.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            description = "For how long the old key is good; 24h unless set.")
    private String overlap = "24h";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the key to this new file, do not print it.")
    private @Nullable Path out;

    public KeyRotateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Duration both = DurationText.parse("--overlap", overlap);
        KeyAccess access = KeyAccess.existing(session);
        access.told(
                "key.rotated",
                KeyText.showOnce(session, out, () -> access.keys().rotate(id, both)));
        return 0;
    }
}
