package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.almagest.CatalogOptions;
import org.almagest.error.ConflictException;
import org.almagest.model.DatapointId;
import org.almagest.model.Retention;

/** What the passing of time does to a {@link ModelCatalog}. */
final class ModelExpiry {
    /** A clock further ahead of the last commit than this is taken for wrong. */
    private static final Duration CLOCK_JUMP_MAX = Duration.ofDays(366);

    private final ModelState all;
    private final CatalogOptions options;
    private final Instant now;

    ModelExpiry(ModelState all, CatalogOptions options) {
        this.all = all;
        this.options = options;
        this.now = options.seams().clock().now();
    }

    /** Does what {@link #expire} does; skips retention where that refuses. */
    long atOpen() {
        purge();
        return clockJumped() ? 0 : retain();
    }

    /** Ends deleted datasets whose time is over and applies retention; returns how many datapoints that deleted. */
    long expire() {
        purge();
        boolean asked = all.collections().stream().anyMatch(collection -> collection.retention != null);
        if (asked && clockJumped()) {
            throw new ConflictException("retention: clock " + now + ": last commit "
                    + all.lastCommit().orElseThrow() + " (expected at most " + CLOCK_JUMP_MAX.toDays()
                    + " days before)");
        }
        return retain();
    }

    private boolean clockJumped() {
        return all.lastCommit()
                .map(last -> now.isAfter(last.plus(CLOCK_JUMP_MAX)))
                .orElse(false);
    }

    private void purge() {
        List.copyOf(all.datasets.keySet()).forEach(this::purge);
    }

    /** Ends a dataset if it was deleted and can no longer be restored. */
    void purge(String slug) {
        ModelState.DatasetRows dataset = all.datasets.get(slug);
        if (dataset != null && dataset.deletedAt != null && !now.isBefore(dataset.restorableUntil())) {
            all.datasets.remove(slug);
            all.commit(options.seams().clock());
            all.definitions = all.version;
        }
    }

    private long retain() {
        long deleted = 0;
        for (ModelState.CollectionRows collection : all.collections()) {
            Retention retention = collection.retention;
            if (retention != null) {
                deleted += retain(collection, retention);
            }
        }
        return deleted;
    }

    private long retain(ModelState.CollectionRows collection, Retention retention) {
        Instant cutoff = now.minus(retention.age());
        List<DatapointId> old = collection.rows.values().stream()
                .filter(row -> timeOf(row, retention).isBefore(cutoff))
                .map(ModelState.Row::id)
                .toList();
        if (!old.isEmpty()) {
            all.commit(options.seams().clock());
            old.forEach(id -> collection.remove(id, all.version));
        }
        return old.size();
    }

    private static Instant timeOf(ModelState.Row row, Retention retention) {
        return retention.basis() == Retention.Basis.TIME
                ? row.stored().time()
                : row.stored().ingestionTime().orElseThrow();
    }
}
