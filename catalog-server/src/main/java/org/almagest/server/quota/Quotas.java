package org.almagest.server.quota;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.almagest.runtime.Clock;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.KeyUsage;
import org.almagest.server.keys.KeyUsage.Owed;
import org.almagest.server.keys.UsageFile.Saved;

/** How much each key has used. Safe for use by several threads; never blocks. */
public final class Quotas {
    private static final long DAY_SECONDS = 86_400;

    private final KeyQuota defaults;
    private final LongSupplier ticker;
    private final Clock clock;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private final Saved before;

    /**
     * Creates it.
     *
     * @param defaults what holds for keys that say nothing else; none of its parts is null
     * @param ticker nanoseconds, which never go back
     * @param before what keys had used when a server stopped, so that they go on from there
     */
    public Quotas(KeyQuota defaults, LongSupplier ticker, Clock clock, Saved before) {
        this.defaults = defaults;
        this.ticker = ticker;
        this.clock = clock;
        this.before = before;
    }

    /**
     * Lets one request of a key in, or says what is in its way.
     *
     * @param keyId of a key that was found to be good, so that strangers take no memory
     * @param own what the key itself says
     */
    public Turn enter(String keyId, KeyQuota own) {
        KeyQuota quota = own.or(defaults);
        Use use = uses.get(keyId);
        if (use == null || !use.isOf(quota)) {
            // A quota that was changed begins anew; requests inside give their place back to the old one.
            use = uses.compute(keyId, (id, now) -> {
                if (now == null) {
                    return begin(id, quota);
                }
                return now.isOf(quota) ? now : new Use(quota, ticker);
            });
        }
        return use.enter(clock.now().getEpochSecond() / DAY_SECONDS);
    }

    private Use begin(String id, KeyQuota quota) {
        Use use = new Use(quota, ticker);
        before.find(id).ifPresent(usage -> {
            long ago = Math.max(0, clock.now().getEpochSecond() - before.at().getEpochSecond());
            use.owe(usage.owed(), ago);
        });
        return use;
    }

    /** Returns what every key has used, those included that were used before this process only. */
    public Saved saved() {
        Instant now = clock.now();
        long ago = Math.max(0, now.getEpochSecond() - before.at().getEpochSecond());
        Map<String, KeyUsage> all = new TreeMap<>();
        before.keys().forEach((id, usage) -> {
            Owed owed = usage.owed();
            all.put(
                    id,
                    new KeyUsage(
                            usage.lastDay(),
                            new Owed(
                                    Math.max(0, owed.requests() - ago),
                                    Math.max(0, owed.bytesOut() - ago),
                                    Math.max(0, owed.bytesIn() - ago))));
        });
        uses.forEach((id, use) -> {
            if (use.lastDay() != Use.NEVER) {
                all.put(id, new KeyUsage(LocalDate.ofEpochDay(use.lastDay()), use.owed()));
            }
        });
        return new Saved(now, all);
    }

    /** Forgets the keys that are not among these. */
    public void keep(Set<String> keyIds) {
        uses.keySet().retainAll(keyIds);
    }

    /** Returns what is known of each key that was used, by id. */
    Map<String, Use> uses() {
        return uses;
    }
}
