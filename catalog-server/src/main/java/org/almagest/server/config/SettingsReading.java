package org.almagest.server.config;

import java.util.List;

/**
 * What came of reading all sources.
 *
 * @param settings complete; of those with a problem, the default
 * @param problems each one line with where it stands; a server with any of them does not start
 * @param warnings each one line
 */
public record SettingsReading(Settings settings, List<String> problems, List<String> warnings) {
    /** Copies the lists. */
    public SettingsReading {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
