package org.almagest.server.http;

import com.linecorp.armeria.common.FlagsProvider;
import com.linecorp.armeria.common.util.Sampler;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.common.util.TransportType;
import java.util.List;

/** What Armeria takes for the whole process and has no option of a server for. Found by its service file. */
public final class HttpFlags implements FlagsProvider {
    private static final int ABOVE_THE_OTHERS = 1_000;
    private static final int CLIENT_HELLO_BYTES = 16 << 10;

    /** Called by the library. */
    public HttpFlags() {}

    @Override
    public int priority() {
        return ABOVE_THE_OTHERS;
    }

    @Override
    public TransportType transportType() {
        return TransportType.NIO;
    }

    @Override
    public TlsEngineType tlsEngineType() {
        return TlsEngineType.JDK;
    }

    /** A path is decoded in one place, which is ours. */
    @Override
    public Boolean allowSemicolonInPathComponent() {
        return true;
    }

    @Override
    public Boolean allowDoubleDotsInQueryString() {
        return true;
    }

    @Override
    public Boolean verboseResponses() {
        return false;
    }

    @Override
    public Sampler<Class<? extends Throwable>> verboseExceptionSampler() {
        return Sampler.never();
    }

    @Override
    public Integer defaultMaxClientHelloLength() {
        return CLIENT_HELLO_BYTES;
    }

    @Override
    public Boolean useJdkDnsResolver() {
        return true;
    }

    /** No text of a user stays in a cache of the process. */
    @Override
    public List<String> cachedHeaders() {
        return List.of();
    }

    @Override
    public String parsedPathCacheSpec() {
        return "off";
    }

    @Override
    public String routeCacheSpec() {
        return "off";
    }

    @Override
    public String routeDecoratorCacheSpec() {
        return "off";
    }

    @Override
    public Boolean annotatedServiceContentLogging() {
        return false;
    }
}
