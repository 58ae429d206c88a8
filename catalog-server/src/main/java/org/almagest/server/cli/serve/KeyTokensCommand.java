package org.almagest.server.cli.serve;

import java.util.concurrent.Callable;
import org.almagest.runtime.RandomSource;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.TokenKeyFile;
import picocli.CommandLine.Command;

/** {@code almagest key rotate-tokens}. */
@Command(
        name = "rotate-tokens",
        description = {
            "Makes a new key to seal page tokens with; the three before it still open theirs.",
            "",
            "A running server takes it when it starts the next time.",
            ""
        },
        footer = {"", "Example:", "  almagest key rotate-tokens"})
public final class KeyTokensCommand implements Callable<Integer> {
    private final Session session;

    public KeyTokensCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        KeyAccess access = KeyAccess.existing(session);
        int count =
                new TokenKeyFile(access.folder()).rotate(RandomSource.secure()).size();
        access.told("tokens.rotated");
        session.console()
                .print(
                        session.wantsJson()
                                ? new JsonObjectText().put("keys", count).toString()
                                : "page tokens are sealed with a new key; " + (count - 1) + " before it still open");
        return 0;
    }
}
