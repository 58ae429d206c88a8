package org.almagest.query;

import java.util.Optional;
import java.util.Set;
import org.almagest.schema.DatasetSchema;

/**
 * A filter made ready for the rows of one schema. Immutable, safe to share between threads; testing allocates nothing
 * beyond what the row does, except LIKE with {@code _} between two {@code %}.
 *
 * <p>Values compare within families: numbers of all types, exactly; text and names of enum values, by code point; bool,
 * false before true; timestamps; durations; UUIDs by unsigned bytes, the {@code id} in the order of
 * {@link org.almagest.model.DatapointId}; bytes, unsigned. Across families, and with geometry, JSON and arrays, a
 * comparison is unknown. Two exceptions, both for constants:
 *
 * <ul>
 *   <li>Text stands for the timestamp, duration (ISO 8601) or UUID that it names.
 *   <li>A decimal of at most 17 significant digits (9 for float32) to which a float rounds and which rounds to that
 *       float stands for the float, so that 0.1 finds what is written 0.1. All other decimals are compared exactly.
 * </ul>
 *
 * <p>{@code time} is stored floored to the millisecond. A constant finer than that excludes no row that it could match:
 * it is floored, and {@code <} and {@code >} include the millisecond it lies in, as in a
 * {@link org.almagest.model.TimeInterval}.
 */
public final class BoundFilter {
    private final RowTest test;
    private final Set<String> fields;

    BoundFilter(RowTest test, Set<String> fields) {
        this.test = test;
        this.fields = test instanceof RowTest.Fixed ? Set.of() : fields;
    }

    /**
     * Binds a filter to a schema. A name that is no field of the schema stands for a field that is always unset.
     *
     * <p>Costs time in proportion to the filter. Recursive: check the filter's depth with {@link FilterScope} first.
     */
    public static BoundFilter bind(Filter filter, DatasetSchema schema) {
        FilterBinder binder = new FilterBinder(schema);
        return new BoundFilter(filter.accept(binder), binder.fields());
    }

    /** Returns the truth of the filter in a row. */
    public Truth test(FieldValues row) {
        return test.test(row);
    }

    /** Tells whether the filter is true in a row; where it is unknown, the row does not match. */
    public boolean matches(FieldValues row) {
        return test.test(row) == Truth.TRUE;
    }

    /** Returns the fields that testing may ask a row for, by the names of the schema; unmodifiable. */
    public Set<String> fields() {
        return fields;
    }

    /** Returns the truth that the filter has in every row, where the schema alone decides it. */
    public Optional<Truth> constant() {
        return test instanceof RowTest.Fixed fixed ? Optional.of(fixed.truth()) : Optional.empty();
    }
}
