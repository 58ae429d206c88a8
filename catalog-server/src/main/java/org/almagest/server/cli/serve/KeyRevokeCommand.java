package org.almagest.server.cli.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest key revoke}. */
@Command(
        name = "revoke",
        description = {
            "Makes API keys worthless for good: all that are named or, where one is not there,",
            "none. A running server refuses them within a second and breaks off what they run.",
            ""
        },
        footer = {"", "Example:", "  almagest key revoke 3k9d0m2qx7ra"})
public final class KeyRevokeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the keys, 12 characters each.")
    private List<String> ids = new ArrayList<>();

    public KeyRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        KeyAccess access = KeyAccess.existing(session);
        List<ApiKey> revoked = access.keys().revoke(ids);
        if (session.wantsJson()) {
            session.console()
                    .print(new JsonObjectText()
                            .put("revoked", KeyText.ids(revoked))
                            .toString());
        } else {
            revoked.forEach(key -> session.console().print("revoked " + key.id() + " (" + key.label() + ")"));
            if (revoked.size() < ids.size()) {
                session.console().say("the others were revoked before");
            }
        }
        access.told("key.revoked", revoked); // after they are named: the change is made, whatever becomes of the log
        return 0;
    }
}
