package org.almagest.query.bound;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.query.SpatialFilter;
import org.almagest.query.Truth;

/**
 * One of the conditions that must all be true for a filter to be true. Immutable, safe to share between threads.
 *
 * <p>See {@link BoundFilter#terms()}.
 */
public final class BoundTerm {
    private final RowTest test;
    private final Set<String> fields;

    BoundTerm(RowTest test) {
        Set<String> used = new LinkedHashSet<>();
        test.addFieldsTo(used);
        this.test = test;
        this.fields = Collections.unmodifiableSet(used);
    }

    RowTest rowTest() {
        return test;
    }

    /** Returns the fields that testing may ask a row for, by the names of the schema; unmodifiable. */
    public Set<String> fields() {
        return fields;
    }

    /** Returns the truth of the condition in a row. */
    public Truth test(FieldValues row) {
        return test.test(row);
    }

    /** Returns the values of one field outside of which the condition is not true, where it says so. */
    public Optional<ValueInterval> interval() {
        return test.interval();
    }

    /**
     * Returns constants of which the value of the only field equals one wherever the term is true.
     *
     * <p>Of the types that {@link org.almagest.query.Literal} has, texts that name a time or a UUID already read; empty
     * where the term is no such condition.
     */
    public Optional<List<Object>> constants() {
        return Optional.ofNullable(test.constants());
    }

    /**
     * Returns a planar condition on the geometry of the row itself without which this one is not true.
     *
     * <p>A row that meets it must still be tested.
     */
    public Optional<SpatialFilter> area() {
        return test.area();
    }

    /** Returns the cost of a test in about the cost of comparing a number, to put cheap terms first. */
    public int cost() {
        return test.cost();
    }

    @Override
    public String toString() {
        return "term on " + fields + " of cost " + cost();
    }
}
