package org.almagest.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.runtime.Stopwatch;
import org.almagest.server.config.TlsPair;
import org.almagest.server.http.body.Compression;
import org.almagest.server.http.door.Admission;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.http.door.Mount;
import org.almagest.server.log.Observer;
import org.jspecify.annotations.Nullable;

/** How a server listens and answers. Immutable; withers return copies. */
public final class HttpOptions implements Cloneable {
    /** Who calls {@link HttpServer#sweep}. */
    enum Sweeping {
        EACH_SECOND,
        BY_HAND
    }

    private final InetSocketAddress address;
    private List<Mount> mounts = List.of();
    private Admission admission = Admission.OPEN;
    private HttpLimits limits = HttpLimits.defaults();
    private @Nullable Workers workers;
    private Observer observer = Observer.NONE;
    private Set<String> hosts = Set.of();
    private String publicUrl = "";
    private Set<String> origins = Set.of();
    private Compression.Use compression = Compression.Use.ON;
    private @Nullable Supplier<TlsPair> tls;
    private @Nullable Predicate<InetAddress> trustedProxies;
    private Supplier<String> failing = () -> "";
    private String version = "";
    private String notice = "";
    private LongSupplier ticker = Stopwatch::nanos;
    private Clock clock = Clock.system();
    private RandomSource random = RandomSource.secure();
    private Sweeping sweeping = Sweeping.EACH_SECOND;

    private HttpOptions(InetSocketAddress address) {
        this.address = address;
    }

    /** Returns options for an address; port 0 takes a free one. Everybody may do everything, without TLS. */
    public static HttpOptions at(InetSocketAddress address) {
        return new HttpOptions(address);
    }

    private HttpOptions copy() {
        try {
            return (HttpOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers one address more, and all below it. */
    public HttpOptions mount(Mount mount) {
        HttpOptions copy = copy();
        List<Mount> all = new ArrayList<>(mounts);
        all.add(mount);
        copy.mounts = List.copyOf(all);
        return copy;
    }

    /** Sets who may come in. */
    public HttpOptions admission(Admission value) {
        HttpOptions copy = copy();
        copy.admission = value;
        return copy;
    }

    /** Sets the bounds. */
    public HttpOptions limits(HttpLimits value) {
        HttpOptions copy = copy();
        copy.limits = value;
        return copy;
    }

    /** Sets where requests are worked on; they stay the caller's to stop, after the server. */
    public HttpOptions workers(Workers value) {
        HttpOptions copy = copy();
        copy.workers = value;
        return copy;
    }

    /** Sets who is told. */
    public HttpOptions observer(Observer value) {
        HttpOptions copy = copy();
        copy.observer = value;
        return copy;
    }

    /** Sets the names that the field Host may say, beside loopback, the public address and the listening one. */
    public HttpOptions hosts(Set<String> value) {
        HttpOptions copy = copy();
        copy.hosts = Set.copyOf(value);
        return copy;
    }

    /** Sets what links begin with, such as {@code https://catalog.example.org}; empty takes the field Host. */
    public HttpOptions publicUrl(String value) {
        HttpOptions copy = copy();
        copy.publicUrl = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return copy;
    }

    /** Sets the origins whose pages may read answers, {@code *} for all; none turns CORS off. */
    public HttpOptions origins(Set<String> value) {
        HttpOptions copy = copy();
        copy.origins = Set.copyOf(value);
        return copy;
    }

    /** Sends all answers as they are; for those behind a proxy that compresses. */
    public HttpOptions uncompressed() {
        HttpOptions copy = copy();
        copy.compression = Compression.Use.OFF;
        return copy;
    }

    /** Listens for TLS alone; asked for each new connection, so a certificate can be renewed. */
    public HttpOptions tls(Supplier<TlsPair> value) {
        HttpOptions copy = copy();
        copy.tls = value;
        return copy;
    }

    /** Takes X-Forwarded-For of these for the address of the client. */
    public HttpOptions trustedProxies(Predicate<InetAddress> value) {
        HttpOptions copy = copy();
        copy.trustedProxies = value;
        return copy;
    }

    /** Sets what tells why the server fails, for its health: one word such as {@code storage}; empty while it does not. */
    public HttpOptions failing(Supplier<String> value) {
        HttpOptions copy = copy();
        copy.failing = value;
        return copy;
    }

    /** Sets what the start page and the health say the version is. */
    public HttpOptions version(String value) {
        HttpOptions copy = copy();
        copy.version = value;
        return copy;
    }

    /** Sets a warning for the start page; empty shows none. */
    public HttpOptions notice(String value) {
        HttpOptions copy = copy();
        copy.notice = value;
        return copy;
    }

    /** Sets the clock of log lines. */
    public HttpOptions clock(Clock value) {
        HttpOptions copy = copy();
        copy.clock = value;
        return copy;
    }

    /** Sets where ids of requests come from. */
    public HttpOptions random(RandomSource value) {
        HttpOptions copy = copy();
        copy.random = value;
        return copy;
    }

    /** Counts time by a ticker, and sweeps when told; for tests. */
    HttpOptions steppedBy(LongSupplier value) {
        HttpOptions copy = copy();
        copy.ticker = value;
        copy.sweeping = Sweeping.BY_HAND;
        return copy;
    }

    InetSocketAddress address() {
        return address;
    }

    List<Mount> mounts() {
        return mounts;
    }

    Admission admission() {
        return admission;
    }

    HttpLimits limits() {
        return limits;
    }

    @Nullable
    Workers workers() {
        return workers;
    }

    Observer observer() {
        return observer;
    }

    Set<String> hosts() {
        return hosts;
    }

    String publicUrl() {
        return publicUrl;
    }

    Set<String> origins() {
        return origins;
    }

    Compression.Use compression() {
        return compression;
    }

    @Nullable
    Supplier<TlsPair> tls() {
        return tls;
    }

    @Nullable
    Predicate<InetAddress> trustedProxies() {
        return trustedProxies;
    }

    Supplier<String> failing() {
        return failing;
    }

    String version() {
        return version;
    }

    String notice() {
        return notice;
    }

    LongSupplier ticker() {
        return ticker;
    }

    Clock clock() {
        return clock;
    }

    RandomSource random() {
        return random;
    }

    Sweeping sweeping() {
        return sweeping;
    }
}
