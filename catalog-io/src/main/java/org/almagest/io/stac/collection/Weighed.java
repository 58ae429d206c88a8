package org.almagest.io.stac.collection;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Keeps what was used last, up to a weight in all. Safe for use by several threads. */
final class Weighed<K, V> {
    private final long weightMax;
    private final ToLongFunction<V> weights;
    private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /** @param weights how much a value weighs, in bytes by a rough look; always the same for one value */
    Weighed(long weightMax, ToLongFunction<V> weights) {
        this.weightMax = weightMax;
        this.weights = weights;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(kept.get(key));
    }

    /** Keeps a value in the place of those that were not used for longest. */
    synchronized void put(K key, V value) {
        remove(key);
        long more = weights.applyAsLong(value);
        if (more > weightMax) {
            return;
        }
        Iterator<V> eldest = kept.values().iterator();
        while (weight + more > weightMax && eldest.hasNext()) {
            weight -= weights.applyAsLong(eldest.next());
            eldest.remove();
        }
        kept.put(key, value);
        weight += more;
    }

    /** Keeps a value if there is room: who looks at everything once is not to drive out what others use. */
    synchronized void offer(K key, V value) {
        remove(key);
        if (weight + weights.applyAsLong(value) <= weightMax) {
            put(key, value);
        }
    }

    private void remove(K key) {
        V before = kept.remove(key);
        if (before != null) {
            weight -= weights.applyAsLong(before);
        }
    }

    synchronized long weight() {
        return weight;
    }
}
