package org.almagest.server.tenant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.CatalogException;
import org.almagest.error.StoreLockedException;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.model.Limits;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ServerFolder;
import org.jspecify.annotations.Nullable;

/**
 * The store of each tenant: the data folder itself for the tenant {@code default}, {@code tenants/<tenant>} in it for
 * every other one.
 *
 * <p>A store is made and opened when its tenant first asks, and closed when another needs its place and nobody uses it.
 * The default one is opened at once and stays open, so that its lock keeps a second server out. Which store is meant is
 * said by the key alone, never by a request. Safe for use by several threads.
 */
public final class TenantStores implements AutoCloseable {
    private static final String FOLDER = "tenants";

    private final Path data;
    private final Options options;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong uses = new AtomicLong();
    private volatile boolean closed;

    /** Keeps the default store open; null until it is. */
    private @Nullable Lease home;

    /**
     * How stores are opened.
     *
     * @param openMax how many at a time, the default one among them
     * @param tenants how many there are, for the share of the heap that each gets when it is opened; a store that was
     *     opened while there were fewer keeps the share of then until it is opened again
     * @param catalog with which options; the limits are made smaller where there are several tenants
     * @param stac how the API over each behaves; its token keys may be the same, as tokens are bound to their tenant
     */
    public record Options(int openMax, IntSupplier tenants, CatalogOptions catalog, StacOptions stac) {
        private CatalogOptions shared() {
            int share = Math.max(1, Math.min(openMax, tenants.getAsInt()));
            return share == 1
                    ? catalog
                    : catalog.with(Limits.forHeap(Runtime.getRuntime().maxMemory() / share));
        }
    }

    private TenantStores(Path data, Options options) {
        this.data = data;
        this.options = options;
    }

    /**
     * Opens the store of the default tenant; makes it where there is none.
     *
     * @throws CatalogException if it cannot be opened
     */
    public static TenantStores open(Path data, Options options) {
        TenantStores stores = new TenantStores(data, options);
        stores.home = stores.acquire(ApiKey.DEFAULT_TENANT);
        return stores;
    }

    /**
     * Returns the store of a tenant for a while, opened where it is not; closing the lease gives it back.
     *
     * @param tenant as a key names it
     * @throws StoreLockedException if another process writes to it, or as many stores as may be open are in use
     * @throws CatalogException if it cannot be opened
     */
    public Lease acquire(String tenant) {
        ApiKey.checkTenant(tenant);
        Slot slot = slots.computeIfAbsent(tenant, name -> new Slot());
        slot.lock.lock();
        try {
            if (closed) {
                throw new StoreLockedException(tenant, "the server stops");
            }
            OpenStore store = slot.store;
            if (store == null) {
                store = open(tenant);
                slot.store = store;
            }
            slot.users++;
            slot.lastUse = uses.incrementAndGet();
            return new Lease(store, () -> release(slot));
        } finally {
            slot.lock.unlock();
        }
    }

    private void release(Slot slot) {
        slot.lock.lock();
        try {
            slot.users--;
            OpenStore store = slot.store;
            if (closed && slot.users == 0 && store != null) {
                close(slot, store);
            }
        } finally {
            slot.lock.unlock();
        }
    }

    private OpenStore open(String tenant) {
        takePlace(tenant);
        try {
            return OpenStore.open(folder(tenant), options.shared(), options.stac);
        } catch (RuntimeException | Error e) {
            open.decrementAndGet();
            throw e;
        }
    }

    private Path folder(String tenant) {
        Path folder = tenant.equals(ApiKey.DEFAULT_TENANT)
                ? data
                : data.resolve(FOLDER).resolve(tenant);
        ServerFolder.makePrivate(folder);
        return folder;
    }

    private void takePlace(String tenant) {
        while (open.incrementAndGet() > options.openMax) {
            open.decrementAndGet();
            if (!closeOne()) {
                throw new StoreLockedException(tenant, "all stores that may be open are in use");
            }
        }
    }

    /** Closes the store that was used longest ago and is in use no more; tells whether there was one. */
    private boolean closeOne() {
        List<Slot> oldest = new ArrayList<>(slots.values());
        oldest.sort(Comparator.comparingLong(slot -> slot.lastUse));
        for (Slot slot : oldest) {
            // Never waits: whoever opens a store holds its slot, and two could wait for each other's.
            if (slot.lock.tryLock()) {
                try {
                    OpenStore store = slot.store;
                    if (store != null && slot.users == 0) {
                        close(slot, store);
                        return true;
                    }
                } finally {
                    slot.lock.unlock();
                }
            }
        }
        return false;
    }

    private void close(Slot slot, OpenStore store) {
        slot.store = null;
        try {
            store.close();
        } finally {
            open.decrementAndGet();
        }
    }

    /** Answers a request from the store of its caller's tenant, which stays open until the answer is closed. */
    public StacResponse handle(StacRequest request) {
        Lease lease;
        try {
            lease = acquire(request.caller().tenant());
        } catch (CatalogException e) {
            Problem problem = Problems.of(e);
            StacResponse answer =
                    problem.toResponse(request.headers().first("x-request-id").orElse(""));
            return problem.status() == 503 ? answer.with("retry-after", "1") : answer;
        }
        try {
            StacResponse answer = lease.api().handle(request);
            return answer.with(new LeasedBody(answer.body(), lease));
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** Returns the API over the default store: its routes are those of every store. */
    public StacApi api() {
        try (Lease lease = acquire(ApiKey.DEFAULT_TENANT)) {
            return lease.api();
        }
    }

    /** Shows each store that is open; none is closed meanwhile. */
    public void eachOpen(Consumer<Catalog> look) {
        for (Slot slot : slots.values()) {
            slot.lock.lock();
            try {
                if (slot.store != null) {
                    look.accept(slot.store.catalog());
                }
            } finally {
                slot.lock.unlock();
            }
        }
    }

    /** Returns how many stores are open. */
    public int openCount() {
        return open.get();
    }

    /**
     * Closes every store that nobody uses, and opens none any more.
     *
     * <p>One in use is closed by the last who gives it back, never under somebody who writes to it. {@link #openCount}
     * tells how many those are; when the process ends before, they are left as after a kill.
     */
    @Override
    public void close() {
        if (home != null) {
            home.close();
        }
        closed = true;
        RuntimeException failure = null;
        for (Slot slot : slots.values()) {
            slot.lock.lock();
            try {
                OpenStore store = slot.store;
                if (store != null && slot.users == 0) {
                    close(slot, store);
                }
            } catch (RuntimeException e) {
                failure = e; // the others are closed all the same
            } finally {
                slot.lock.unlock();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
