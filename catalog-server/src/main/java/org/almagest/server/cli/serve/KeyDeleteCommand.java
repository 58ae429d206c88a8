package org.almagest.server.cli.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest key delete}. */
@Command(
        name = "delete",
        description = {
            "Forgets API keys that are expired or revoked: all that are named or none.",
            "",
            "The audit log keeps them.",
            ""
        },
        footer = {"", "Example:", "  almagest key delete 3k9d0m2qx7ra"})
public final class KeyDeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the keys, 12 characters each.")
    private List<String> ids = new ArrayList<>();

    public KeyDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        KeyAccess access = KeyAccess.existing(session);
        List<ApiKey> deleted = access.keys().delete(ids);
        if (session.wantsJson()) {
            session.console()
                    .print(new JsonObjectText()
                            .put("deleted", KeyText.ids(deleted))
                            .toString());
        } else {
            deleted.forEach(key -> session.console().print("deleted " + key.id() + " (" + key.label() + ")"));
        }
        access.told("key.deleted", deleted); // after they are named: the change is made, whatever becomes of the log
        return 0;
    }
}
