package org.almagest.server.cli.serve;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.KeyList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest key show}. */
@Command(
        name = "show",
        description = "Shows what is known of one API key; never the key itself.",
        footer = {"", "Example:", "  almagest key show 3k9d0m2qx7ra"})
public final class KeyShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the key, 12 characters.")
    private String id = "";

    public KeyShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        KeyAccess access = KeyAccess.existing(session);
        ApiKeys keys = access.keys();
        KeyList list = keys.list();
        ApiKey key = list.key(id);
        Instant now = keys.now();
        if (session.wantsJson()) {
            session.console().print(KeyText.json(list, key, now, access.usage()));
            return 0;
        }
        Console console = session.console();
        console.print("id         " + key.id());
        console.print("label      " + key.label());
        console.print("tenant     " + key.tenant());
        console.print("may        " + KeyText.grants(key));
        console.print("state      " + KeyText.state(list, key, now));
        console.print("created    " + key.created());
        KeyText.quota(key).forEach((name, value) -> console.print(String.format(Locale.ROOT, "%-10s %s", name, value)));
        if (key.expires() != null) {
            console.print("expires    " + key.expires());
        }
        if (key.revoked() != null) {
            console.print("revoked    " + key.revoked());
        }
        if (key.replaces() != null) {
            console.print("replaces   " + key.replaces());
        }
        KeyText.lastUsed(key, access.usage()).ifPresent(day -> console.print("last used  " + day));
        list.successor(key).ifPresent(other -> console.print("replaced by " + other.id()));
        return 0;
    }
}
