package org.almagest.server.http;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import com.linecorp.armeria.server.ServerTlsConfigBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.almagest.server.config.TlsFiles;
import org.almagest.server.config.TlsPair;

/** Shows each new connection the certificate of the moment. */
final class TlsIdentities implements TlsProvider {
    private final Supplier<TlsPair> source;
    private volatile Shown shown;

    private record Shown(TlsPair pair, TlsKeyPair keys) {}

    private TlsIdentities(Supplier<TlsPair> source) {
        this.source = source;
        this.shown = show(source.get());
    }

    private static Shown show(TlsPair pair) {
        return new Shown(pair, TlsKeyPair.of(pair.key(), pair.chain()));
    }

    static void apply(ServerBuilder builder, Supplier<TlsPair> source) {
        ServerTlsConfigBuilder config = ServerTlsConfig.builder()
                .tlsCustomizer(context -> context.protocols(TlsFiles.PROTOCOLS)
                        .ciphers(TlsFiles.CIPHER_SUITES, SupportedCipherSuiteFilter.INSTANCE));
        if (!source.get().clientAuthorities().isEmpty()) {
            config.clientAuth(ClientAuth.REQUIRE);
        }
        builder.tlsProvider(new TlsIdentities(source), config.build());
    }

    @Override
    public TlsKeyPair keyPair(String hostname) {
        TlsPair now = source.get();
        Shown last = shown;
        if (last.pair() != now) {
            last = show(now);
            shown = last;
        }
        return last.keys();
    }

    @Override
    public List<X509Certificate> trustedCertificates(String hostname) {
        return source.get().clientAuthorities();
    }
}
