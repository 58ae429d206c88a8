package org.almagest.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.Quoted;

/**
 * Where a server may listen, and whether it asks for keys.
 *
 * @param address where to listen, looked up once; loopback where that fails
 * @param problems why it may not start; empty where it may
 * @param warnings what somebody should know each time it starts
 */
public record ListenRules(InetAddress address, List<String> problems, List<String> warnings, Keys keys) {
    /** Whether requests need a key. */
    public enum Keys {
        REQUIRED,
        NOT_ASKED
    }

    /** Whether the person who starts it says that it may be unprotected. */
    public enum Insecure {
        ALLOWED,
        REFUSED
    }

    /** Copies the lists. */
    public ListenRules {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Decides from the settings and how many keys there are. */
    public static ListenRules check(Settings settings, int keyCount, Insecure insecure) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String address = settings.of(Settings.ADDRESS);
        InetAddress found = find(Settings.ADDRESS, settings, problems);
        boolean loopback = found.isLoopbackAddress();
        boolean tls = !settings.of(Settings.TLS_CERTIFICATE).isEmpty();
        if (tls != !settings.of(Settings.TLS_KEY).isEmpty()) {
            problems.add("tls: needs both tls.certificate and tls.key");
        }
        if (!tls && !settings.of(Settings.TLS_CLIENT_CA).isEmpty()) {
            problems.add("tls.client-ca: needs tls.certificate and tls.key");
        }
        Keys keys = keys(settings.of(Settings.KEYS_REQUIRED), keyCount, loopback, insecure, problems);
        if (!loopback && insecure == Insecure.REFUSED && problems.isEmpty() && (!tls || keyCount == 0)) {
            problems.add("listen.address: " + address + " is not loopback: needs " + missing(tls, keyCount)
                    + " (or --insecure)");
        }
        checkMetrics(settings, insecure, problems, warnings);
        if (keys == Keys.NOT_ASKED
                && insecure == Insecure.REFUSED
                && !settings.of(Settings.CORS_ORIGINS).isEmpty()) {
            problems.add("cors.origins: without keys pages of these origins could change everything: needs at least one"
                    + " key (or --insecure)");
        }
        if (keys == Keys.NOT_ASKED) {
            warnings.add(
                    loopback
                            ? "anybody on this machine may read and write (no keys: make one with \"almagest key create\")"
                            : "anybody who reaches " + address + " may read and write (--insecure, no keys)");
        }
        if (!loopback && !tls) {
            warnings.add("keys and data pass " + address + " in the clear (--insecure, no tls.certificate)");
        }
        return new ListenRules(found, problems, warnings, keys);
    }

    private static Keys keys(
            String required, int keyCount, boolean loopback, Insecure insecure, List<String> problems) {
        switch (required) {
            case "true" -> {
                if (keyCount == 0) {
                    problems.add("keys.required: true, and there is no key (make one with \"almagest key create\")");
                }
                return Keys.REQUIRED;
            }
            case "false" -> {
                if (!loopback && insecure == Insecure.REFUSED) {
                    problems.add("keys.required: false needs a loopback address (or --insecure)");
                }
                return Keys.NOT_ASKED;
            }
            default -> {
                return keyCount == 0 ? Keys.NOT_ASKED : Keys.REQUIRED;
            }
        }
    }

    private static String missing(boolean tls, int keyCount) {
        if (tls) {
            return "at least one key";
        }
        return keyCount > 0 ? "tls.certificate" : "tls.certificate and at least one key";
    }

    private static void checkMetrics(
            Settings settings, Insecure insecure, List<String> problems, List<String> warnings) {
        if (settings.of(Settings.METRICS_PORT) == 0) {
            return;
        }
        String address = settings.of(Settings.METRICS_ADDRESS);
        if (find(Settings.METRICS_ADDRESS, settings, problems).isLoopbackAddress()) {
            return;
        }
        if (insecure == Insecure.REFUSED) {
            problems.add(
                    "metrics.address: " + address + " is not loopback, and metrics ask for no key (or --insecure)");
        } else {
            warnings.add("metrics are shown to anybody who reaches " + address + " (--insecure)");
        }
    }

    /** Returns the address of a setting; {@code localhost} is 127.0.0.1, and so is what cannot be found. */
    private static InetAddress find(Setting<String> setting, Settings settings, List<String> problems) {
        String name = settings.of(setting);
        try {
            return InetAddress.getByName(name.equals("localhost") ? "127.0.0.1" : name);
        } catch (UnknownHostException e) {
            problems.add(setting.path() + ": " + Quoted.text(name) + " is no address of this machine");
            return InetAddress.getLoopbackAddress();
        }
    }
}
