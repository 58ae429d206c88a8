package org.almagest.server.cli.session;

import java.nio.file.Path;
import java.util.Map;
import org.almagest.server.cli.output.Console;

/** What the commands of one process share: the console, the environment, the options that all commands take. */
public final class Session {
    private static final Path STORE = Path.of("almagest-data");

    private final Console console;
    private final Map<String, String> environment;
    private final GlobalOptions options = new GlobalOptions();

    /** Creates it. */
    public Session(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = Map.copyOf(environment);
    }

    public Console console() {
        return console;
    }

    public GlobalOptions options() {
        return options;
    }

    /** Tells whether the result is to be JSON. */
    public boolean wantsJson() {
        return options.json;
    }

    /** Returns the folder of the store, which need not be there. */
    public Path folder() {
        return folderOr(STORE);
    }

    /** Returns the folder of the store that the user named, else {@code other}. */
    public Path folderOr(Path other) {
        Path given = options.store;
        if (given != null) {
            return given;
        }
        String variable = environment.getOrDefault(GlobalOptions.STORE_VARIABLE, "");
        return variable.isEmpty() ? other : Path.of(variable);
    }

    /** Returns how the store is opened. */
    public StoreAccess store() {
        return new StoreAccess(folder(), console);
    }
}
