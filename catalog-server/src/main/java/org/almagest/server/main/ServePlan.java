package org.almagest.server.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.SettingsReader;
import org.almagest.server.config.SettingsReader.Flag;
import org.almagest.server.config.SettingsReading;

/**
 * What the command line says about a server.
 *
 * @param store the folder of the store, which need not be there
 * @param config the file of settings, where one is named
 * @param environment all variables of the process
 */
public record ServePlan(
        Path store, Optional<Path> config, Map<String, String> environment, List<Flag> flags, Insecure insecure) {
    private static final String CONFIG_VARIABLE = "ALMAGEST_CONFIG";

    /** Copies map and list. */
    public ServePlan {
        environment = Map.copyOf(environment);
        flags = List.copyOf(flags);
    }

    /** Returns the folder of what belongs to the server and not to a dataset. */
    Path serverFolder() {
        return store.resolve("server");
    }

    /** Returns the file of settings: the one named, the one of the environment, the one beside the store. */
    Optional<Path> file() {
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        Path own = serverFolder().resolve("almagest.conf");
        return config.or(() -> variable.isEmpty() ? Optional.empty() : Optional.of(Path.of(variable)))
                .or(() -> Files.isRegularFile(own) ? Optional.of(own) : Optional.empty());
    }

    /** Reads all sources of settings. */
    public SettingsReading read() {
        return SettingsReader.read(file(), environment, flags);
    }
}
