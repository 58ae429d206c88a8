package org.almagest.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every setting of the server with its value and where that came from. Immutable. */
public final class Settings {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration NONE = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MIB = 1L << 20;

    public static final Setting<String> ADDRESS = Setting.of(
            "listen.address", Kind.text(), "127.0.0.1", "Another than loopback needs tls and keys, or --insecure.");
    public static final Setting<Integer> PORT = Setting.of(
            "listen.port", Kind.whole(0, 65_535), "8080", "0 takes a free one; the first line printed says which.");
    public static final Setting<String> PUBLIC_URL = Setting.of(
            "listen.public-url",
            Kind.url(),
            "",
            "What links begin with, such as https://catalog.example.org; empty: the Host header.");
    public static final Setting<List<String>> HOSTS = Setting.empty(
            "listen.hosts", "Names accepted in the Host header beside public-url, loopback names and address.");
    public static final Setting<List<String>> TRUSTED_PROXIES =
            Setting.empty("listen.trusted-proxies", "Networks such as 10.0.0.0/8 whose X-Forwarded-For is believed.");

    public static final Setting<String> TLS_CERTIFICATE =
            Setting.of("tls.certificate", Kind.text(), "", "PEM file, leaf first; empty: plain HTTP.");
    public static final Setting<String> TLS_KEY =
            Setting.of("tls.key", Kind.text(), "", "PEM file, PKCS 8, not encrypted, not readable by others.");
    public static final Setting<String> TLS_CLIENT_CA =
            Setting.of("tls.client-ca", Kind.text(), "", "PEM file: clients must show a certificate of it.");
    public static final Setting<Duration> TLS_RELOAD =
            Setting.of("tls.reload", Kind.span(SECOND, DAY), "60s", "How often the files are looked at.");

    public static final Setting<String> KEYS_REQUIRED = Setting.of(
            "keys.required",
            Kind.choice("auto", "true", "false"),
            "auto",
            "auto: yes, unless loopback and no key exists; false needs loopback or --insecure.");
    public static final Setting<Duration> KEYS_POLL = Setting.of(
            "keys.poll",
            Kind.span(Duration.ofMillis(100), Duration.ofSeconds(5)),
            "1s",
            "How soon a changed file of keys is seen.");

    public static final Setting<String> QUOTA_REQUESTS =
            Setting.of("quota.requests", Kind.rate(), "200/1s", "Requests of a key that says nothing else.");
    public static final Setting<Integer> QUOTA_CONCURRENT =
            Setting.of("quota.concurrent", Kind.whole(1, 10_000), "16", "Requests of one key at the same time.");
    public static final Setting<String> QUOTA_BYTES_OUT =
            Setting.of("quota.bytes-out", Kind.rate(), "100GiB/1d", "Bytes of answers of one key.");
    public static final Setting<String> QUOTA_BYTES_IN =
            Setting.of("quota.bytes-in", Kind.rate(), "10GiB/1d", "Bytes of request bodies of one key.");
    public static final Setting<String> QUOTA_FAILED_LOGINS =
            Setting.of("quota.failed-logins", Kind.rate(), "20/1m", "Refused keys of one address.");

    public static final Setting<Integer> CONNECTIONS_MAX =
            Setting.of("limits.connections-max", Kind.whole(1, 100_000), "1000", "Connections at once.");
    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS_MAX = Setting.of(
            "limits.connections-per-address-max",
            Kind.whole(1, 100_000),
            "100",
            "Connections of one address; raise it behind a proxy, which is one address.");
    public static final Setting<Integer> STREAMS_MAX = Setting.of(
            "limits.streams-per-connection-max", Kind.whole(1, 10_000), "128", "Requests at once on one connection.");
    public static final Setting<Long> URL_BYTES_MAX =
            Setting.of("limits.url-bytes-max", Kind.bytes(256, 65_536), "8KiB", "Path and query of one request.");
    public static final Setting<Long> HEADER_BYTES_MAX = Setting.of(
            "limits.header-bytes-max", Kind.bytes(1_024, 65_536), "8KiB", "All other header fields together.");
    public static final Setting<Long> BODY_BYTES_MAX =
            Setting.of("limits.body-bytes-max", Kind.bytes(1_024, 1024 * MIB), "64MiB", "Body of one request.");
    public static final Setting<Long> BODIES_BYTES_MAX = Setting.of(
            "limits.bodies-bytes-max",
            Kind.bytes(0, 1024 * 1024 * MIB),
            "0",
            "All bodies in memory; 0: an eighth of the heap, at most 256MiB.");
    public static final Setting<Duration> HEADER_TIME =
            Setting.of("limits.header-time", Kind.span(SECOND, DAY), "10s", "Handshake and headers of one request.");
    public static final Setting<Long> BODY_RATE_MIN = Setting.of(
            "limits.body-rate-min", Kind.bytes(1, 1024 * MIB), "1KiB", "Bytes per second of a body, after 10 seconds.");
    public static final Setting<Duration> WRITE_STALL = Setting.of(
            "limits.write-stall", Kind.span(SECOND, DAY), "30s", "How long a client may leave its answer unread.");
    public static final Setting<Duration> IDLE =
            Setting.of("limits.idle", Kind.span(SECOND, DAY), "5m", "How long a connection may ask nothing.");
    public static final Setting<Duration> QUERY_TIME = Setting.of(
            "limits.query-time", Kind.span(SECOND, DAY), "30s", "Work for one request; then it is given up.");
    public static final Setting<Duration> RESPONSE_TIME = Setting.of(
            "limits.response-time", Kind.span(SECOND, DAY), "10m", "One answer by the clock, slow readers included.");
    public static final Setting<Integer> WAITING_MAX =
            Setting.of("limits.waiting-max", Kind.whole(1, 100_000), "512", "Requests that wait for a worker.");

    public static final Setting<Integer> WORKERS = Setting.of(
            "workers", Kind.whole(0, 1_024), "0", "Threads that answer; 0: twice the processors, at least 4.");
    public static final Setting<Integer> TENANTS_OPEN_MAX = Setting.of(
            "tenants.open-max", Kind.whole(2, 1_000), "32", "Stores held open; the longest unused is closed.");
    public static final Setting<Boolean> COMPRESSION =
            Setting.of("http.compression", Kind.flag(), "on", "Answers in gzip for clients that take it.");
    public static final Setting<List<String>> CORS_ORIGINS = Setting.empty(
            "cors.origins",
            "Origins whose pages may read, such as https://map.example.org, or *; never with credentials.");
    public static final Setting<String> STAC_TITLE =
            Setting.of("stac.title", Kind.text(), "Almagest", "Title of the landing page.");
    public static final Setting<String> STAC_DESCRIPTION =
            Setting.of("stac.description", Kind.text(), "", "Description of the landing page; empty: a general one.");
    public static final Setting<Boolean> STAC_READ_ONLY =
            Setting.of("stac.read-only", Kind.flag(), "off", "Leaves out every route that writes.");
    public static final Setting<Duration> HISTORY = Setting.of(
            "history",
            Kind.span(NONE, Duration.ofDays(36_500)),
            "0s",
            "How long earlier versions stay readable, as --history of every command.");

    public static final Setting<String> LOG_FORMAT = Setting.of(
            "log.format", Kind.choice("auto", "text", "json"), "auto", "auto: text on a terminal, else json.");
    public static final Setting<String> LOG_LEVEL = Setting.of(
            "log.level", Kind.choice("debug", "info", "warn", "error"), "info", "Events below it are not written.");
    public static final Setting<Boolean> LOG_REQUESTS =
            Setting.of("log.requests", Kind.flag(), "on", "One line for each request.");
    public static final Setting<Boolean> LOG_AUDIT_WRITES =
            Setting.of("log.audit-writes", Kind.flag(), "on", "Audit lines for writes of items too, one a request.");
    public static final Setting<String> LOG_AUDIT = Setting.of(
            "log.audit", Kind.text(), "", "Folder of the audit log; empty: server/audit in the store's folder.");
    public static final Setting<Duration> LOG_SLOW = Setting.of(
            "log.slow", Kind.span(NONE, DAY), "1s", "Queries slower than that are written with their plan; 0s: none.");

    public static final Setting<String> METRICS_ADDRESS =
            Setting.of("metrics.address", Kind.text(), "127.0.0.1", "Asks for no key: keep it on an inner address.");
    public static final Setting<Integer> METRICS_PORT =
            Setting.of("metrics.port", Kind.whole(0, 65_535), "0", "Port of /metrics; 0: off.");
    public static final Setting<String> OTEL_ENDPOINT = Setting.of(
            "otel.endpoint",
            Kind.url(),
            "",
            "Where spans go by OTLP over HTTP, such as http://127.0.0.1:4318; empty: nowhere.");
    public static final Setting<Double> OTEL_SAMPLE = Setting.of(
            "otel.sample", Kind.share(), "1.0", "Share of requests without a parent that are traced, 0 to 1.");
    public static final Setting<String> OTEL_SERVICE =
            Setting.of("otel.service", Kind.text(), "almagest", "Name of this server in traces.");
    public static final Setting<Duration> DRAIN = Setting.of(
            "shutdown.drain",
            Kind.span(NONE, Duration.ofHours(1)),
            "30s",
            "How long requests under way may take after the first SIGTERM.");

    /** All of them, in the order of the example file. */
    public static final List<Setting<?>> ALL = List.of(
            ADDRESS,
            PORT,
            PUBLIC_URL,
            HOSTS,
            TRUSTED_PROXIES,
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_CLIENT_CA,
            TLS_RELOAD,
            KEYS_REQUIRED,
            KEYS_POLL,
            QUOTA_REQUESTS,
            QUOTA_CONCURRENT,
            QUOTA_BYTES_OUT,
            QUOTA_BYTES_IN,
            QUOTA_FAILED_LOGINS,
            CONNECTIONS_MAX,
            CONNECTIONS_PER_ADDRESS_MAX,
            STREAMS_MAX,
            URL_BYTES_MAX,
            HEADER_BYTES_MAX,
            BODY_BYTES_MAX,
            BODIES_BYTES_MAX,
            HEADER_TIME,
            BODY_RATE_MIN,
            WRITE_STALL,
            IDLE,
            QUERY_TIME,
            RESPONSE_TIME,
            WAITING_MAX,
            WORKERS,
            TENANTS_OPEN_MAX,
            COMPRESSION,
            CORS_ORIGINS,
            STAC_TITLE,
            STAC_DESCRIPTION,
            STAC_READ_ONLY,
            HISTORY,
            LOG_FORMAT,
            LOG_LEVEL,
            LOG_REQUESTS,
            LOG_AUDIT_WRITES,
            LOG_AUDIT,
            LOG_SLOW,
            METRICS_ADDRESS,
            METRICS_PORT,
            OTEL_ENDPOINT,
            OTEL_SAMPLE,
            OTEL_SERVICE,
            DRAIN);

    private final Map<String, Value> values;

    /** A value as it was written, as it was understood, and where it stood. */
    record Value(List<String> words, Object parsed, String origin) {}

    Settings(Map<String, Value> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** Returns the settings where nobody says anything. */
    public static Settings defaults() {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Setting<?> setting : ALL) {
            values.put(
                    setting.path(), new Value(setting.words(), Objects.requireNonNull(setting.fallback()), "default"));
        }
        return new Settings(values);
    }

    /** Returns these settings with another value for one. */
    public <T> Settings with(Setting<T> setting, String word, String origin) {
        Map<String, Value> changed = new LinkedHashMap<>(values);
        List<String> words = List.of(word);
        T parsed = Objects.requireNonNull(setting.kind().reader().apply(words));
        changed.put(setting.path(), new Value(words, parsed, origin));
        return new Settings(changed);
    }

    private Value value(Setting<?> setting) {
        return Objects.requireNonNull(values.get(setting.path()));
    }

    /** Returns the value of a setting. */
    @SuppressWarnings("unchecked") // a value was made by the kind of its setting
    public <T> T of(Setting<T> setting) {
        return (T) value(setting).parsed();
    }

    /** Returns where the value stood: {@code default}, a variable, a flag, or file and line. */
    public String origin(Setting<?> setting) {
        return value(setting).origin();
    }

    /** Returns one line for each setting, as the file would have it, with where it came from. */
    public List<String> lines() {
        return ALL.stream()
                .map(setting ->
                        setting.path() + " = " + setting.written(value(setting).words()) + "  # " + origin(setting))
                .toList();
    }
}
