package org.almagest.server.cli.serve;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.KeyList;
import org.almagest.server.keys.UsageFile.Saved;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest key list}. */
@Command(
        name = "list",
        description = "Lists the API keys: ids and rights, never the keys themselves.",
        footer = {"", "Examples:", "  almagest key list", "  almagest key list --tenant partner --json"})
public final class KeyListCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only the keys of this tenant.")
    private @Nullable String tenant;

    public KeyListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        KeyAccess access = KeyAccess.existing(session);
        ApiKeys keys = access.keys();
        Saved usage = access.usage();
        KeyList list = keys.list();
        Instant now = keys.now();
        List<ApiKey> shown = list.keys().stream()
                .filter(key -> tenant == null || key.tenant().equals(tenant))
                .toList();
        if (session.wantsJson()) {
            session.console()
                    .print(shown.stream()
                            .map(key -> KeyText.json(list, key, now, usage))
                            .collect(Collectors.joining(",", "[", "]")));
        } else if (shown.isEmpty()) {
            session.console().say("no keys");
        } else {
            print(list, shown, now, usage);
        }
        return 0;
    }

    private void print(KeyList list, List<ApiKey> shown, Instant now, Saved usage) {
        List<Column> columns = List.of(
                Column.text("id"),
                Column.text("label"),
                Column.text("tenant"),
                Column.text("may"),
                Column.text("created"),
                Column.text("expires"),
                Column.text("last used"),
                Column.text("state"));
        try (TablePrinter table = new TablePrinter(session.console(), columns)) {
            for (ApiKey key : shown) {
                table.row(
                        key.id(),
                        key.label(),
                        key.tenant(),
                        KeyText.grants(key),
                        key.created().toString(),
                        Objects.requireNonNullElse(KeyText.text(key.expires()), ""),
                        KeyText.lastUsed(key, usage).orElse(""),
                        KeyText.state(list, key, now));
            }
        }
    }
}
