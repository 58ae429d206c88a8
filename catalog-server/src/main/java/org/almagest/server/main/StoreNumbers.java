package org.almagest.server.main;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.almagest.server.tenant.TenantStores;

/** What the open stores say about themselves, added up; looked at anew after ten seconds. */
final class StoreNumbers {
    private static final long FRESH_NANOS = 10_000_000_000L;

    private final TenantStores stores;
    private final LongSupplier ticker;
    private Map<String, Long> sums; // guarded by this
    private long readNanos; // guarded by this

    StoreNumbers(TenantStores stores, LongSupplier ticker) {
        this.stores = stores;
        this.ticker = ticker;
        this.sums = read();
        this.readNanos = ticker.getAsLong();
    }

    /** Returns the names, which are the same for every store. */
    List<String> names() {
        return List.copyOf(sums.keySet());
    }

    /** Returns one sum, 0 for a name that no store has. */
    synchronized long value(String name) {
        long now = ticker.getAsLong();
        if (now - readNanos > FRESH_NANOS) {
            sums = read();
            readNanos = now;
        }
        return sums.getOrDefault(name, 0L);
    }

    private Map<String, Long> read() {
        Map<String, Long> all = new TreeMap<>();
        stores.eachOpen(catalog -> catalog.maintenance()
                .ifPresent(maintenance ->
                        maintenance.statistics().forEach((name, value) -> all.merge(name, value, Long::sum))));
        return all;
    }
}
