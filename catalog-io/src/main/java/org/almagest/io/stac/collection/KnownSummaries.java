package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.almagest.Collection;
import org.almagest.runtime.Stopwatch;

/**
 * The summaries of collections as they were found last. Safe for use by several threads.
 *
 * <p>They may be as old as two hundred times what the last look took, so that ingest does not make every request pay for
 * one. Of several requests at once, one looks.
 */
final class KnownSummaries {
    private static final long REST = 200;
    private static final long WEIGHT_MAX = 8L << 20;
    private static final long WEIGHT_OF_EACH = 200;
    private static final int LISTED = 8;
    private static final int LOCKS = 64;
    private static final long NEVER = -1;

    private final long millisMax;
    private final Weighed<UUID, Known> kept = new Weighed<>(WEIGHT_MAX, Known::weight);
    private final List<Lock> looking = new ArrayList<>();

    /** Summaries, the change after which they were found, and the nanoseconds from which on they are looked for again. */
    private record Known(long version, Map<String, String> texts, long agedAt) {
        boolean isRecent(long datapoints) {
            return version == datapoints || Stopwatch.nanos() - agedAt < 0;
        }

        long weight() {
            long weight = WEIGHT_OF_EACH;
            for (Map.Entry<String, String> text : texts.entrySet()) {
                weight += WEIGHT_OF_EACH
                        + 2L * text.getKey().length()
                        + 2L * text.getValue().length();
            }
            return weight;
        }
    }

    /** How long summaries may be looked for, for one answer. One thread. */
    static final class Budget {
        private long nanos;

        private Budget(long millis) {
            this.nanos = millis * 1_000_000;
        }
    }

    /** @param millisMax how long it may take for one collection; 0 finds none */
    KnownSummaries(long millisMax) {
        this.millisMax = millisMax;
        for (int i = 0; i < LOCKS; i++) {
            looking.add(new ReentrantLock());
        }
    }

    Budget forOne() {
        return new Budget(millisMax);
    }

    /** For a list of any length: what is not found in time is left out, and found for one that asks later. */
    Budget forList() {
        return new Budget(LISTED * millisMax);
    }

    /** Returns the summaries of a collection; those found last, or none, where there is no time. */
    Map<String, String> of(Collection collection, Budget budget) {
        UUID id = collection.id();
        long version = collection.lastChange(); // before the look: what changes meanwhile is seen by the next one
        Optional<Known> last = kept.get(id);
        if (budget.nanos <= 0 || last.filter(known -> known.isRecent(version)).isPresent()) {
            return last.map(Known::texts).orElse(Map.of());
        }
        Lock lock = looking.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            Optional<Known> meanwhile = kept.get(id).filter(known -> known.isRecent(version));
            return meanwhile.orElseGet(() -> look(collection, version, budget)).texts;
        } finally {
            lock.unlock();
        }
    }

    private Known look(Collection collection, long version, Budget budget) {
        UUID id = collection.id();
        long start = Stopwatch.nanos();
        long most = Math.min(budget.nanos, millisMax * 1_000_000);
        Optional<Map<String, String>> found = Summaries.of(collection, start + most);
        long end = Stopwatch.nanos();
        budget.nanos -= end - start;
        long agedAt = end + REST * (end - start);
        Known known = found.map(texts -> new Known(version, texts, agedAt)).orElseGet(() -> {
            Map<String, String> before = kept.get(id).map(Known::texts).orElse(Map.of());
            return new Known(NEVER, before, agedAt);
        });
        kept.put(id, known);
        return known;
    }
}
