package org.almagest.io.stac.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.Catalog;
import org.almagest.VersionLease;
import org.almagest.error.LimitExceededException;
import org.almagest.runtime.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the versions that pages show, so that the next page shows the same: one lease for all readers of a version, and
 * a bounded number of them. Safe for use by several threads.
 */
public final class VersionPins implements AutoCloseable {
    /** Shorter than a lease, which ends by itself: what is shared last must still be held. */
    private static final Duration KEPT = Duration.ofSeconds(590);

    private final Catalog catalog;
    private final Clock clock;
    private final long pinsMax;

    /** By version, the least recently used first. Guarded by this. */
    private final Map<Long, Pin> pins = new LinkedHashMap<>(16, 0.75f, true);

    /** Keeps at most so many versions of a catalog. */
    public VersionPins(Catalog catalog, Clock clock, long pinsMax) {
        this.catalog = catalog;
        this.clock = clock;
        this.pinsMax = pinsMax;
    }

    /** Tells whether a version is surely kept. */
    public synchronized boolean holds(long version) {
        dropExpired();
        return pins.containsKey(version);
    }

    /** Returns the use of a version that is held; of the newest one where it is not. */
    public synchronized Use use(long version) {
        dropExpired();
        Pin pin = pins.get(version);
        return pin == null ? newest() : begin(pin);
    }

    /** Returns the use of the newest version; without a promise where no more versions can be kept. */
    public synchronized Use newest() {
        dropExpired();
        Pin pin = pins.get(catalog.version());
        if (pin != null) {
            return begin(pin);
        }
        makeRoom();
        if (pins.size() >= pinsMax) {
            return new Use(null, -1);
        }
        try {
            VersionLease lease = catalog.lease();
            Pin taken = new Pin(lease, clock.now().plus(KEPT));
            Pin known = pins.putIfAbsent(lease.version(), taken);
            if (known != null) {
                lease.close();
                return begin(known);
            }
            return begin(taken);
        } catch (LimitExceededException e) {
            return new Use(null, -1);
        }
    }

    private Use begin(Pin pin) {
        pin.readers++;
        return new Use(pin, pin.lease.version());
    }

    private void dropExpired() {
        Instant now = clock.now();
        pins.values().removeIf(pin -> {
            boolean over = !now.isBefore(pin.end);
            if (over) {
                pin.lease.close();
            }
            return over;
        });
    }

    private void makeRoom() {
        Iterator<Pin> oldest = pins.values().iterator();
        while (pins.size() >= pinsMax && oldest.hasNext()) {
            Pin pin = oldest.next();
            if (pin.readers == 0) {
                pin.lease.close();
                oldest.remove();
            }
        }
    }

    private synchronized void end(Pin pin, boolean kept) {
        pin.readers--;
        pin.kept |= kept;
        if (pin.readers == 0 && !pin.kept && pins.remove(pin.lease.version(), pin)) {
            pin.lease.close();
        }
    }

    /** Lets go of all versions; answers that are being read go on. */
    @Override
    public synchronized void close() {
        pins.values().forEach(pin -> pin.lease.close());
        pins.clear();
    }

    /** A version while it is read. */
    public final class Use implements AutoCloseable {
        private final @Nullable Pin pin;
        private final long version;
        private boolean kept;
        private boolean ended;

        private Use(@Nullable Pin pin, long version) {
            this.pin = pin;
            this.version = version;
        }

        /** Tells whether the version is kept while it is read. */
        public boolean isPinned() {
            return pin != null;
        }

        /** Returns the version; -1 where none is kept. */
        public long version() {
            return version;
        }

        /** Keeps the version after this use, for the next page. */
        public void keep() {
            kept = true;
        }

        /** Ends the use. Closing again does nothing. */
        @Override
        public void close() {
            if (pin != null && !ended) {
                ended = true;
                end(pin, kept);
            }
        }
    }

    private static final class Pin {
        private final VersionLease lease;
        private final Instant end;
        private int readers;
        private boolean kept;

        Pin(VersionLease lease, Instant end) {
            this.lease = lease;
            this.end = end;
        }
    }
}
