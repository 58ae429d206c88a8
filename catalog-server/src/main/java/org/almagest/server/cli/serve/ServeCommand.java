package org.almagest.server.cli.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.server.cli.session.Session;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.SettingsReader.Flag;
import org.almagest.server.main.ServeOutput;
import org.almagest.server.main.ServePlan;
import org.almagest.server.main.ServerStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest serve}. */
@Command(
        name = "serve",
        description = {
            "Serves the store over HTTP, a STAC API under /stac, until it is told to stop.",
            "",
            "Listens on 127.0.0.1:8080 unless told otherwise. The first line on standard output",
            "says where; the log goes to standard error. SIGTERM or Ctrl-C lets requests under",
            "way finish, a second one ends at once.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  almagest serve",
            "  almagest serve --port 0 --json",
            "  almagest serve --config /etc/almagest/almagest.conf --check"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings; else $ALMAGEST_CONFIG, else server/almagest.conf in the store's folder.")
    private @Nullable Path config;

    @Option(names = "--address", paramLabel = "HOST", description = "Where to listen; 127.0.0.1 unless set.")
    private @Nullable String address;

    @Option(names = "--port", paramLabel = "N", description = "Port; 8080 unless set, 0 takes a free one.")
    private @Nullable String port;

    @Option(names = "--public-url", paramLabel = "URL", description = "What links begin with, behind a proxy.")
    private @Nullable String publicUrl;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificates as PEM, leaf first.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key as PEM, PKCS 8.")
    private @Nullable String tlsKey;

    @Option(names = "--metrics-port", paramLabel = "N", description = "Port of /metrics; off unless set.")
    private @Nullable String metricsPort;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Any setting, such as --set limits.idle=1m; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--insecure", description = "Listen beyond this machine without TLS or without keys.")
    private boolean insecure;

    @Option(names = "--check", description = "Read all a start would read, tell what is wrong, do not start.")
    private boolean check;

    @Option(names = "--print-config", description = "Print every setting with where it came from, do not start.")
    private boolean printConfig;

    public ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ServePlan plan = new ServePlan(
                session.folder(),
                Optional.ofNullable(config),
                session.environment(),
                flags(),
                insecure ? Insecure.ALLOWED : Insecure.REFUSED);
        ServeOutput output = ServeConsole.of(session);
        if (printConfig) {
            return ServerStart.printConfig(plan, output);
        }
        return check ? ServerStart.check(plan, output) : ServerStart.run(plan, output);
    }

    private List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        for (String text : settings) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new InvalidRequestException(
                        "--set", Quoted.text(text) + " (expected PATH=VALUE such as limits.idle=1m)");
            }
            flags.add(new Flag("--set", text.substring(0, equals).strip(), text.substring(equals + 1)));
        }
        Duration history = session.history();
        add(flags, "--history", "history", history.isZero() ? null : history.toString());
        add(flags, "--address", "listen.address", address);
        add(flags, "--port", "listen.port", port);
        add(flags, "--public-url", "listen.public-url", publicUrl);
        add(flags, "--tls-cert", "tls.certificate", tlsCertificate);
        add(flags, "--tls-key", "tls.key", tlsKey);
        add(flags, "--metrics-port", "metrics.port", metricsPort);
        return flags;
    }

    private static void add(List<Flag> flags, String name, String path, @Nullable String value) {
        if (value != null) {
            flags.add(new Flag(name, path, value));
        }
    }
}
