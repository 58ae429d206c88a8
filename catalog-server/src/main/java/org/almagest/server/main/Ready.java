package org.almagest.server.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.runtime.Clock;
import org.almagest.server.auth.Credentials;
import org.almagest.server.config.ListenRules;
import org.almagest.server.config.Networks;
import org.almagest.server.config.Setting;
import org.almagest.server.config.Settings;
import org.almagest.server.config.SettingsReading;
import org.almagest.server.config.TlsFiles;
import org.almagest.server.keys.Rate;
import org.almagest.server.keys.ServerFolder;

/**
 * All that is read before a server starts.
 *
 * @param problems each keeps it from starting
 */
record Ready(
        Settings settings, ListenRules rules, Optional<TlsFiles> tls, List<String> problems, List<String> warnings) {
    private static final List<Setting<String>> RATES = List.of(
            Settings.QUOTA_REQUESTS, Settings.QUOTA_BYTES_OUT, Settings.QUOTA_BYTES_IN, Settings.QUOTA_FAILED_LOGINS);

    Ready {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads settings, keys and certificates, and finds what is wrong with any of them.
     *
     * @throws CatalogException if the file of keys is damaged
     */
    static Ready of(ServePlan plan, Clock clock) {
        SettingsReading reading = plan.read();
        List<String> problems = new ArrayList<>(reading.problems());
        List<String> warnings = new ArrayList<>(reading.warnings());
        Settings settings = reading.settings();
        int keys = Credentials.open(ServerFolder.in(plan.store()), clock, Credentials.Watcher.NONE)
                .current()
                .list()
                .keys()
                .size();
        ListenRules rules = ListenRules.check(settings, keys, plan.insecure());
        problems.addAll(rules.problems());
        warnings.addAll(rules.warnings());
        Optional<TlsFiles> tls = Optional.empty();
        try {
            Networks.parse(Settings.TRUSTED_PROXIES.path(), settings.of(Settings.TRUSTED_PROXIES));
            for (Setting<String> rate : RATES) {
                Rate.parse(rate.path(), settings.of(rate));
            }
            tls = problems.isEmpty() ? TlsFiles.open(settings, clock) : tls;
        } catch (InvalidRequestException e) {
            problems.add(e.getMessage());
        }
        if (rules.keys() == ListenRules.Keys.REQUIRED) {
            // Also where the file of keys goes away between here and the start.
            settings = settings.with(Settings.KEYS_REQUIRED, "true", "there are keys");
        }
        return new Ready(settings, rules, tls, problems, warnings);
    }
}
