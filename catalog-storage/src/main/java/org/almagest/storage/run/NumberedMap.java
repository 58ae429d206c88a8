package org.almagest.storage.run;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of numbers from 0 that never changes: {@link #with} and {@link #without} return another one that shares all but
 * one path. A tree of 32 branches a level, as high as the highest number asks for.
 *
 * <p>A commit replaces the runs of one collection; copying those of ten thousand others would cost more than the commit.
 */
final class NumberedMap<V> extends AbstractMap<Long, V> {
    private static final int BITS = 5;
    private static final int BRANCHES = 1 << BITS;
    private static final int SHIFT_MAX = 60;

    private final @Nullable Object[] root;
    private final int shift;
    private final int size;

    private NumberedMap(@Nullable Object[] root, int shift, int size) {
        this.root = root;
        this.shift = shift;
        this.size = size;
    }

    /** Returns a map with the same entries; the same one where it is of this kind. */
    static <V> NumberedMap<V> copyOf(Map<Long, V> map) {
        if (map instanceof NumberedMap<V> numbered) {
            return numbered;
        }
        long highest = 0;
        for (Long number : map.keySet()) {
            highest = Math.max(highest, number);
        }
        int height = 0;
        while (!reaches(highest, height)) {
            height += BITS;
        }
        @Nullable Object[] root = new Object[BRANCHES];
        for (Map.Entry<Long, V> entry : map.entrySet()) {
            @Nullable Object[] node = root;
            for (int at = height; at > 0; at -= BITS) {
                int branch = branch(entry.getKey(), at);
                @Nullable Object[] inner = (@Nullable Object[]) node[branch];
                if (inner == null) {
                    inner = new Object[BRANCHES];
                    node[branch] = inner;
                }
                node = inner;
            }
            node[branch(entry.getKey(), 0)] = entry.getValue();
        }
        return new NumberedMap<>(root, height, map.size());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(@Nullable Object key) {
        if (!(key instanceof Long)) {
            return null;
        }
        long number = (Long) key;
        if (!reaches(number, shift)) {
            return null;
        }
        @Nullable Object[] node = root;
        for (int at = shift; at > 0; at -= BITS) {
            node = (@Nullable Object[]) node[branch(number, at)];
            if (node == null) {
                return null;
            }
        }
        return (V) node[branch(number, 0)];
    }

    private static boolean reaches(long number, int shift) {
        return shift >= SHIFT_MAX || number >>> shift + BITS == 0;
    }

    private static int branch(long number, int shift) {
        return (int) (number >>> shift) & BRANCHES - 1;
    }

    /** Returns the map in which a number, not negative, has this value. */
    NumberedMap<V> with(long number, V value) {
        @Nullable Object[] top = root;
        int height = shift;
        while (!reaches(number, height)) {
            @Nullable Object[] higher = new Object[BRANCHES];
            higher[0] = top;
            top = higher;
            height += BITS;
        }
        return new NumberedMap<>(replaced(top, height, number, value), height, containsKey(number) ? size : size + 1);
    }

    /** Returns the map without a number; this one where it is not in it. */
    NumberedMap<V> without(long number) {
        return containsKey(number) ? new NumberedMap<>(replaced(root, shift, number, null), shift, size - 1) : this;
    }

    private static @Nullable Object[] replaced(
            @Nullable Object @Nullable [] node, int shift, long number, @Nullable Object value) {
        @Nullable Object[] copy = node == null ? new Object[BRANCHES] : Arrays.copyOf(node, BRANCHES);
        int branch = branch(number, shift);
        copy[branch] = shift == 0
                ? value
                : replaced((@Nullable Object @Nullable []) copy[branch], shift - BITS, number, value);
        return copy;
    }

    @Override
    public Set<Map.Entry<Long, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Long, V>> iterator() {
                List<Map.Entry<Long, V>> entries = new ArrayList<>(size);
                collect(root, shift, 0, entries);
                return entries.iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <V> void collect(@Nullable Object[] node, int shift, long prefix, List<Map.Entry<Long, V>> entries) {
        for (int branch = 0; branch < BRANCHES; branch++) {
            Object inner = node[branch];
            if (inner == null) {
                continue;
            }
            long number = prefix | (long) branch << shift;
            if (shift == 0) {
                entries.add(Map.entry(number, (V) inner));
            } else {
                collect((@Nullable Object[]) inner, shift - BITS, number, entries);
            }
        }
    }
}
