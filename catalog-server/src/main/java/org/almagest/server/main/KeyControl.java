package org.almagest.server.main;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.almagest.error.CatalogException;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.server.auth.Authenticator;
import org.almagest.server.auth.Credentials;
import org.almagest.server.auth.KeyRing;
import org.almagest.server.config.Settings;
import org.almagest.server.http.door.Admission;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.KeyUsage;
import org.almagest.server.keys.Rate;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.keys.UsageFile;
import org.almagest.server.keys.UsageFile.Saved;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;
import org.almagest.server.quota.FailedLogins;
import org.almagest.server.quota.Quotas;

/** Who may come in, as the file of keys and the settings say it now. Safe for use by several threads. */
final class KeyControl {
    private static final String NEVER = "false";
    private static final String ALWAYS = "true";

    private final Credentials credentials;
    private final Quotas quotas;
    private final UsageFile usage;
    private final Observer told;
    private final Admission admission;
    private final Clock clock;
    private final AtomicLong reloadFailures = new AtomicLong();

    /** What it is made of that tests replace. */
    record Seams(Clock clock, LongSupplier ticker, RandomSource random) {}

    private KeyControl(ServerFolder folder, Settings settings, Observer told, Seams seams) {
        this.clock = seams.clock();
        this.told = told;
        this.usage = new UsageFile(folder);
        this.quotas = new Quotas(defaults(settings), seams.ticker(), clock, usage.read());
        this.credentials = Credentials.open(folder, clock, new Credentials.Watcher() {
            @Override
            public void changed(KeyRing ring) {
                quotas.keep(Set.copyOf(ring.ids()));
                told.event(Event.info("keys", "keys: " + ring.ids().size() + " read"));
            }

            @Override
            public void failed(String problem) {
                reloadFailures.incrementAndGet();
                told.event(Event.error("keys", problem + " (the keys from before hold)"));
            }
        });
        FailedLogins logins = new FailedLogins(
                Rate.parse(Settings.QUOTA_FAILED_LOGINS.path(), settings.of(Settings.QUOTA_FAILED_LOGINS)),
                seams.ticker());
        String required = settings.of(Settings.KEYS_REQUIRED);
        this.admission = new KeyAdmission(
                () -> required.equals(ALWAYS) || !required.equals(NEVER) && credentials.everSome(),
                new Authenticator(credentials, seams.random()),
                logins,
                quotas);
    }

    private static KeyQuota defaults(Settings settings) {
        return new KeyQuota(
                Rate.parse(Settings.QUOTA_REQUESTS.path(), settings.of(Settings.QUOTA_REQUESTS)),
                settings.of(Settings.QUOTA_CONCURRENT),
                Rate.parse(Settings.QUOTA_BYTES_OUT.path(), settings.of(Settings.QUOTA_BYTES_OUT)),
                Rate.parse(Settings.QUOTA_BYTES_IN.path(), settings.of(Settings.QUOTA_BYTES_IN)));
    }

    /**
     * Reads the keys of a folder, which need not be there.
     *
     * @throws CatalogException if they cannot be read, are open to others, or are there without their pepper
     */
    static KeyControl open(ServerFolder folder, Settings settings, Observer told, Seams seams) {
        return new KeyControl(folder, settings, told, seams);
    }

    /** Returns who decides; a key is needed from the first key on, unless the settings say always or never. */
    Admission admission() {
        return admission;
    }

    /** Looks whether the file was changed, and ends what has expired; to be called every {@code keys.poll}. */
    void poll() {
        credentials.poll();
    }

    /**
     * Writes down what keys have used, for the next start; to be called at the end, and now and then before.
     *
     * <p>A failure is told and nothing else: it costs no more than that quotas begin anew.
     */
    void save() {
        Saved now = quotas.saved();
        Map<String, KeyUsage> all = new TreeMap<>(now.keys());
        all.keySet().retainAll(credentials.current().ids());
        if (all.isEmpty()) {
            return;
        }
        try {
            usage.write(new Saved(now.at(), all));
        } catch (CatalogException | UncheckedIOException e) {
            told.event(Event.warn("keys", "usage of keys: not written: " + e.getMessage()));
        }
    }

    /** Returns how many keys open something now. */
    int liveKeys() {
        return keys().getOrDefault(ApiKey.State.LIVE, 0);
    }

    /** Returns how many keys there are of each state. */
    Map<ApiKey.State, Integer> keys() {
        return credentials.current().counts(clock.now());
    }

    /** Returns how many tenants have keys, the default one counted in any case. */
    int tenants() {
        long others = credentials.current().list().keys().stream()
                .map(ApiKey::tenant)
                .filter(tenant -> !tenant.equals(ApiKey.DEFAULT_TENANT))
                .distinct()
                .count();
        return (int) others + 1;
    }

    /** Tells whether the file as it is now could not be taken, so that a revocation may have no effect. */
    boolean failing() {
        return credentials.failing();
    }

    /** Returns how often the file was changed and could not be read. */
    long reloadFailures() {
        return reloadFailures.get();
    }
}
