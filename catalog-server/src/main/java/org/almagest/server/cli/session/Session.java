package org.almagest.server.cli.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.almagest.error.InvalidRequestException;
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

    /** Returns all variables of the process. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Tells whether the terminal shows UTF-8, as far as the locale of the environment says. */
    public boolean speaksUtf8() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(locale -> !locale.isEmpty())
                .findFirst()
                .filter(locale -> locale.toLowerCase(Locale.ROOT).matches(".*utf-?8.*"))
                .isPresent();
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

    /** Returns how long earlier versions stay readable. */
    public Duration history() {
        String given = options.history;
        String variable = environment.getOrDefault(GlobalOptions.HISTORY_VARIABLE, "");
        if (given == null && variable.isEmpty()) {
            return Duration.ZERO;
        }
        return given != null
                ? DurationText.parse("--history", given)
                : DurationText.parse(GlobalOptions.HISTORY_VARIABLE, variable);
    }

    /**
     * Returns how the store is opened.
     *
     * @throws InvalidRequestException if the time for which history is kept is no duration
     */
    public StoreAccess store() {
        return storeIn(folder());
    }

    /** Returns how a store in another folder is opened; else as {@link #store()}. */
    public StoreAccess storeIn(Path other) {
        return new StoreAccess(other, history(), console);
    }
}
