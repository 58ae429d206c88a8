package org.almagest.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The names of the fields that many datapoints have in common, kept once for all of them. Immutable.
 *
 * <p>Readers of stored rows make datapoints with it from arrays of values; everybody else uses {@link Datapoint#at}.
 */
public final class FieldNames {
    private final List<String> names;

    // A table of names by hash, at most half full, and beside it where each stands: every value of every row is looked
    // up.
    private final @Nullable String[] table;
    private final int[] positions;

    private FieldNames(List<String> names) {
        // Names in programs are interned as well: most are found by comparing references.
        List<String> interned = new ArrayList<>(names.size());
        for (String name : names) {
            interned.add(name.intern());
        }
        this.names = Collections.unmodifiableList(interned);
        int size = Integer.highestOneBit(Math.max(1, this.names.size())) * 4;
        table = new @Nullable String[size];
        positions = new int[size];
        for (int i = 0; i < this.names.size(); i++) {
            String name = this.names.get(i);
            int at = slotOf(name);
            if (table[at] != null) {
                throw new IllegalArgumentException("field names: " + name + ": twice");
            }
            table[at] = name;
            positions[at] = i;
        }
    }

    /** Returns where a name is in the table, or the free place where it would be. */
    private int slotOf(String name) {
        int hash = name.hashCode();
        int at = hash ^ hash >>> 16;
        while (true) {
            at &= table.length - 1;
            String known = table[at];
            if (known == null || known.equals(name)) {
                return at;
            }
            at++;
        }
    }

    /**
     * Returns these names, in this order.
     *
     * @throws IllegalArgumentException if a name occurs twice
     */
    public static FieldNames of(List<String> names) {
        return new FieldNames(names);
    }

    /** Returns the names in order; unmodifiable. */
    public List<String> names() {
        return names;
    }

    /** Returns where a name stands, from 0; -1 where it is not one of these. */
    public int positionOf(String name) {
        int at = slotOf(name);
        return table[at] == null ? -1 : positions[at];
    }

    /** Where stored rows come from, the same for all rows of a collection in one answer. Safe to share between threads. */
    public interface Origin {
        /** Returns the id of the collection. */
        UUID collectionId();

        /**
         * Returns the index box of a row of it.
         *
         * @param geometry the row's geometry
         * @param flags the {@link StoredGeometry#flags} of the row
         */
        BoundingBox box(Geometry geometry, int flags);
    }

    /** A stored geometry, made when it is first asked for, perhaps more than once where threads race. */
    public interface StoredGeometry extends Supplier<Geometry> {
        /** Returns the flags that its footprint had when it was stored; mostly 0. */
        int flags();
    }

    /**
     * Returns a datapoint with these fields, in this order.
     *
     * @param id the stored id, which tells the time as well
     * @param ingestionTime the time of the commit
     * @param origin where the row is from; null where nobody will ask
     * @param geometry null where there is none
     * @param values one value for each name, null where the field is unset; the array is kept, not copied
     */
    public Datapoint datapoint(
            DatapointId id,
            Instant ingestionTime,
            @Nullable Origin origin,
            @Nullable StoredGeometry geometry,
            @Nullable Object[] values) {
        if (values.length != names.size()) {
            throw new IllegalArgumentException(
                    "datapoint: " + values.length + " values (expected " + names.size() + ")");
        }
        return new Datapoint(id, ingestionTime, origin, geometry, new FieldMap(this, values));
    }
}
