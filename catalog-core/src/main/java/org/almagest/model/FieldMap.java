package org.almagest.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The fields of one datapoint that are set, by name: an array of values beside shared names. Unmodifiable. */
final class FieldMap extends AbstractMap<String, Object> {
    private final FieldNames names;
    private final @Nullable Object[] values;

    FieldMap(FieldNames names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int position = name instanceof String ? names.positionOf((String) name) : -1;
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        int count = 0;
        for (Object value : values) {
            count += value == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                action.accept(names.names().get(i), value);
            }
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {
        @Override
        public int size() {
            return FieldMap.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new Fields();
        }
    }

    private final class Fields implements Iterator<Map.Entry<String, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            while (next < values.length && values[next] == null) {
                next++;
            }
            return next < values.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            Object value = hasNext() ? values[next] : null;
            if (value == null) {
                throw new NoSuchElementException();
            }
            return Map.entry(names.names().get(next++), value);
        }
    }
}
