package org.almagest.server.quota;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.almagest.server.keys.Rate;

/**
 * Addresses that sent keys which are not good. Safe for use by several threads.
 *
 * <p>Bounded: the address that failed longest ago makes room. IPv6 addresses count by their first 64 bits, as whoever has
 * one has them all.
 */
public final class FailedLogins {
    private static final int ADDRESSES_MAX = 4096;
    private static final int NETWORK_BYTES = 8;

    private final Rate rate;
    private final LongSupplier ticker;

    private final Map<String, Balance> failed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Balance> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    /** Creates it; so many failures in a time are allowed to each address. */
    public FailedLogins(Rate rate, LongSupplier ticker) {
        this.rate = rate;
        this.ticker = ticker;
    }

    /** Returns 0, or how many nanoseconds an address has to wait until a key of it is looked at again. */
    public long waitNanos(InetAddress address) {
        String name = name(address);
        synchronized (failed) {
            Balance balance = failed.containsKey(name) ? failed.get(name) : null;
            return balance == null ? 0 : balance.waitNanos(ticker.getAsLong());
        }
    }

    /** Counts a key that was not good; tells whether it is the first of the address in the time of the rate. */
    public boolean failed(InetAddress address) {
        long now = ticker.getAsLong();
        synchronized (failed) {
            Balance balance = failed.computeIfAbsent(name(address), name -> new Balance(rate, now));
            boolean first = balance.owedNanos(now) == 0;
            balance.charge(1, now);
            return first;
        }
    }

    /** Returns of how many addresses something is known. */
    int size() {
        synchronized (failed) {
            return failed.size();
        }
    }

    private static String name(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, address instanceof Inet6Address ? NETWORK_BYTES : bytes.length);
    }
}
