package org.almagest.server.log;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.Clock;
import org.almagest.server.log.Refusal.Reason;

/**
 * Writes refused keys to the audit log, and why they were: the first of each address at once, the others of the same
 * minute as a number; of a key that asked for more than it may, the first of the key.
 *
 * <p>So that who tries many keys fills no disk, whatever addresses they have: IPv6 counts by its first 64 bits, at most
 * {@link #LINES_MAX} lines are written in a minute, and {@link #ADDRESSES_MAX} addresses are remembered. A thread of its own
 * writes, since a refusal is told where nothing may wait for a disk.
 */
public final class AuditedRefusals implements Observer, AutoCloseable {
    static final int ADDRESSES_MAX = 4_096;
    static final int LINES_MAX = 300;

    private static final Set<Reason> AUDITED = EnumSet.of(
            Reason.BAD_KEY, Reason.UNKNOWN_KEY, Reason.EXPIRED_KEY, Reason.REVOKED_KEY, Reason.SCOPE, Reason.LOGINS);
    private static final int WAITING_MAX = 64;
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final AuditLog audit;
    private final Clock clock;
    private final ThreadPoolExecutor thread;

    private final Map<String, Count> counts = new LinkedHashMap<>() { // guarded by this
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };
    private Instant minute = Instant.MIN; // guarded by this
    private int linesOfMinute; // guarded by this
    private long unwritten; // guarded by this

    /** Since when an address is counted, and how many were not written. */
    private record Count(Instant since, long unwritten) {}

    /** Writes to this log. */
    public AuditedRefusals(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
            Thread made = new Thread(task, "almagest-audit");
            made.setDaemon(true);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void refused(Refusal why) {
        if (!AUDITED.contains(why.reason())) {
            return;
        }
        long before = before(why.reason() == Reason.SCOPE ? why.key() : network(why.address()));
        if (before < 0) {
            return;
        }
        AuditLine line = AuditLine.of(why.key().isEmpty() ? "unknown" : why.key(), "", "key.refused", "")
                .with("reason", why.reason().label())
                .with("address", why.address())
                .with("request", why.id());
        AuditLine whole = before == 0 ? line : line.with("since_the_last_line", before);
        try {
            thread.execute(() -> write(whole));
        } catch (RejectedExecutionException e) {
            skip();
        }
    }

    private void write(AuditLine line) {
        try {
            audit.append(line);
        } catch (StorageFailedException e) {
            skip(); // health says so, and the request was refused anyway
        }
    }

    private synchronized void skip() {
        unwritten++;
    }

    /** Returns how many were not written before this one; below 0 where this one is not written either. */
    private synchronized long before(String network) {
        Instant now = clock.now();
        Count count = counts.get(network);
        if (count != null && now.isBefore(count.since().plus(QUIET))) {
            counts.put(network, new Count(count.since(), count.unwritten() + 1));
            return -1;
        }
        if (!now.isBefore(minute.equals(Instant.MIN) ? now : minute.plus(QUIET))) {
            minute = now;
            linesOfMinute = 0;
        }
        if (++linesOfMinute > LINES_MAX) {
            unwritten++;
            return -1;
        }
        counts.remove(network);
        counts.put(network, new Count(now, 0));
        long before = unwritten + (count == null ? 0 : count.unwritten());
        unwritten = 0;
        return before;
    }

    /** Returns the address, or the first half of one of IPv6: whoever has one of those has them all. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress(); // digits, so nobody is asked
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** Writes what waits, for a few seconds at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
