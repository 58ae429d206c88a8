package org.almagest.server.log;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.Clock;
import org.almagest.server.log.Refusal.Reason;

/**
 * Writes refused keys to the audit log: the first of each address at once, the others of the same minute as a number.
 *
 * <p>So that who tries many keys fills no disk. Remembers at most {@link #ADDRESSES_MAX} addresses.
 */
public final class AuditedRefusals implements Observer {
    static final int ADDRESSES_MAX = 4_096;

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final AuditLog audit;
    private final Clock clock;

    private final Map<String, Count> counts = new LinkedHashMap<>() { // guarded by this
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };

    /** Since when an address is counted, and how many were not written. */
    private record Count(Instant since, long unwritten) {}

    /** Writes to this log. */
    public AuditedRefusals(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void refused(Refusal why) {
        if (why.reason() != Reason.BAD_KEY && why.reason() != Reason.LOGINS) {
            return;
        }
        long before = unwritten(why.address());
        if (before < 0) {
            return;
        }
        AuditLine line = AuditLine.of(why.key().isEmpty() ? "unknown" : why.key(), "", "key.refused", "")
                .with("reason", why.reason().label())
                .with("address", why.address())
                .with("request", why.id());
        try {
            audit.append(before == 0 ? line : line.with("since_the_last_line", before));
        } catch (StorageFailedException e) {
            return; // health says so, and the request is refused anyway
        }
    }

    /** Returns how many were not written since the last line; below 0 where this one is not written either. */
    private synchronized long unwritten(String address) {
        Instant now = clock.now();
        Count count = counts.get(address);
        if (count != null && now.isBefore(count.since().plus(QUIET))) {
            counts.put(address, new Count(count.since(), count.unwritten() + 1));
            return -1;
        }
        counts.remove(address);
        counts.put(address, new Count(now, 0));
        return count == null ? 0 : count.unwritten();
    }
}
