package org.almagest.server.quota;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.almagest.runtime.Clock;
import org.almagest.server.keys.KeyQuota;

/** How much each key has used. Safe for use by several threads; never blocks. */
public final class Quotas {
    private static final long DAY_SECONDS = 86_400;

    private final KeyQuota defaults;
    private final LongSupplier ticker;
    private final Clock clock;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param defaults what holds for keys that say nothing else; none of its parts is null
     * @param ticker nanoseconds, which never go back
     */
    public Quotas(KeyQuota defaults, LongSupplier ticker, Clock clock) {
        this.defaults = defaults;
        this.ticker = ticker;
        this.clock = clock;
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
            use = uses.compute(keyId, (id, now) -> now != null && now.isOf(quota) ? now : new Use(quota, ticker));
        }
        return use.enter(clock.now().getEpochSecond() / DAY_SECONDS);
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
