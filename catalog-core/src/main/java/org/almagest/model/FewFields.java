package org.almagest.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The few fields of a datapoint that is being given, names and values one after the other in the order of setting.
 *
 * <p>An array is read at the speed of memory, where every node of a hash table may be a miss of the cache; ingest reads
 * every field of every datapoint once. Names are searched for one by one, so this is for up to {@value #FIELDS_MAX}.
 * Whoever has one as a {@link Map} cannot change it.
 */
final class FewFields extends AbstractMap<String, Object> {
    /** How many fields are searched for one by one. */
    static final int FIELDS_MAX = 16;

    private static final int FIELDS_FIRST = 8;

    /** A name, its value, the next name ... */
    private @Nullable Object[] pairs;

    private int length;

    FewFields() {
        this(new @Nullable Object[2 * FIELDS_FIRST], 0);
    }

    private FewFields(@Nullable Object[] pairs, int length) {
        this.pairs = pairs;
        this.length = length;
    }

    /** Returns a copy without room for more. */
    FewFields copy() {
        return new FewFields(Arrays.copyOf(pairs, length), length);
    }

    /** Sets a field, in the place of an earlier value; false where there are too many fields for one more. */
    boolean set(String name, Object value) {
        int at = find(name);
        if (at == length) {
            if (length == 2 * FIELDS_MAX) {
                return false;
            }
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * FIELDS_MAX);
            }
            pairs[length] = name;
            length += 2;
        }
        pairs[at + 1] = value;
        return true;
    }

    /** Leaves a field unset. */
    void unset(String name) {
        int at = find(name);
        if (at < length) {
            System.arraycopy(pairs, at + 2, pairs, at, length - at - 2);
            length -= 2;
            pairs[length] = null;
            pairs[length + 1] = null;
        }
    }

    /** Returns where a name stands, or the length. */
    private int find(@Nullable Object name) {
        for (int i = 0; i < length; i += 2) {
            if (pairs[i] == name) {
                return i;
            }
        }
        if (name instanceof String) {
            for (int i = 0; i < length; i += 2) {
                if (name.equals(pairs[i])) {
                    return i;
                }
            }
        }
        return length;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int at = find(name);
        return at < length ? pairs[at + 1] : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return find(name) < length;
    }

    @Override
    public int size() {
        return length / 2;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < length; i += 2) {
            action.accept(name(i), value(i));
        }
    }

    private String name(int at) {
        return (String) present(pairs[at]);
    }

    private Object value(int at) {
        return present(pairs[at + 1]);
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new NoSuchElementException();
        }
        return value;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return FewFields.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                List<Map.Entry<String, Object>> entries = new ArrayList<>(size());
                FewFields.this.forEach((name, value) -> entries.add(Map.entry(name, value)));
                return Collections.unmodifiableList(entries).iterator();
            }
        };
    }
}
