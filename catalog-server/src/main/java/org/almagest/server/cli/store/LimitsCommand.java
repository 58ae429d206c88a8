package org.almagest.server.cli.store;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.model.Limits;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import org.almagest.server.main.ServerLimits;
import picocli.CommandLine.Command;

/** {@code almagest limits}. */
@Command(
        name = "limits",
        description =
                "Prints every bound of the engine, of the STAC API and of the server; some depend on the heap of this process.",
        footer = {"", "Example:", "  almagest limits --json"})
public final class LimitsCommand implements Callable<Integer> {
    private final Session session;

    public LimitsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, Long> limits = Limits.defaults().toMap();
        StacLimits.defaults().toMap().forEach((name, value) -> limits.put("stac." + name, value));
        ServerLimits.http().forEach((name, value) -> limits.put("http." + name, value));
        if (session.wantsJson()) {
            JsonObjectText json = new JsonObjectText();
            limits.forEach((name, value) -> json.put(name, value.longValue()));
            session.console().print(json.toString());
            return 0;
        }
        try (TablePrinter table =
                new TablePrinter(session.console(), List.of(Column.text("limit"), Column.number("value")))) {
            limits.forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%,d", value)));
        }
        return 0;
    }
}
