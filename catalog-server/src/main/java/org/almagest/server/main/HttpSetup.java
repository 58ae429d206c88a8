package org.almagest.server.main;

import java.net.InetSocketAddress;
import java.util.Set;
import org.almagest.server.config.Networks;
import org.almagest.server.config.Settings;
import org.almagest.server.http.HttpOptions;
import org.almagest.server.http.door.HttpLimits;

/** Turns settings into what the transport wants to know. */
final class HttpSetup {
    private static final long BODIES_BYTES_MAX = 256L << 20;
    private static final int HEAP_SHARE = 8;

    private HttpSetup() {}

    /** Returns how the server listens; without what answers. */
    static HttpOptions options(Ready ready) {
        Settings settings = ready.settings();
        HttpOptions options = HttpOptions.at(new InetSocketAddress(ready.rules().address(), settings.of(Settings.PORT)))
                .limits(limits(settings))
                .publicUrl(settings.of(Settings.PUBLIC_URL))
                .hosts(Set.copyOf(settings.of(Settings.HOSTS)))
                .origins(Set.copyOf(settings.of(Settings.CORS_ORIGINS)))
                .notice(String.join(" ", ready.rules().warnings()));
        if (!settings.of(Settings.COMPRESSION)) {
            options = options.uncompressed();
        }
        Networks proxies = Networks.parse(Settings.TRUSTED_PROXIES.path(), settings.of(Settings.TRUSTED_PROXIES));
        options = proxies.isEmpty() ? options : options.trustedProxies(proxies);
        return ready.tls().isEmpty() ? options : options.tls(ready.tls().get()::current);
    }

    private static HttpLimits limits(Settings settings) {
        long bodies = settings.of(Settings.BODIES_BYTES_MAX);
        long share = Math.min(BODIES_BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        return HttpLimits.defaults()
                .with("connectionsMax", settings.of(Settings.CONNECTIONS_MAX))
                .with("connectionsPerAddressMax", settings.of(Settings.CONNECTIONS_PER_ADDRESS_MAX))
                .with("streamsPerConnectionMax", settings.of(Settings.STREAMS_MAX))
                .with("urlBytesMax", settings.of(Settings.URL_BYTES_MAX))
                .with("headerBytesMax", settings.of(Settings.HEADER_BYTES_MAX))
                .with("bodyBytesMax", settings.of(Settings.BODY_BYTES_MAX))
                .with("bodiesBytesMax", bodies > 0 ? bodies : share)
                .with("headerMillisMax", settings.of(Settings.HEADER_TIME).toMillis())
                .with("bodyBytesPerSecondMin", settings.of(Settings.BODY_RATE_MIN))
                .with("stallMillisMax", settings.of(Settings.WRITE_STALL).toMillis())
                .with("idleMillisMax", settings.of(Settings.IDLE).toMillis())
                .with("workMillisMax", settings.of(Settings.QUERY_TIME).toMillis())
                .with("responseMillisMax", settings.of(Settings.RESPONSE_TIME).toMillis());
    }
}
