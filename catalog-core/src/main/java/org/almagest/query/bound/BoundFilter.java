package org.almagest.query.bound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.query.Filter;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;

/**
 * A filter made ready for the rows of one schema. Immutable, safe to share between threads.
 *
 * <p>Testing allocates nothing beyond what the row does, except for numbers that are computed, texts that are folded,
 * geometries, arrays sorted because they are long, and LIKE with {@code _} between two {@code %}.
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
 * <p>{@code time} is stored floored to the millisecond. A constant finer than that is floored, and {@code <} and
 * {@code >} include the millisecond it lies in, as in a {@link org.almagest.model.TimeInterval}, so that they exclude no
 * row that they could match. {@code <>} and NOT are the opposite of what they negate there too.
 */
public final class BoundFilter {
    private final RowTest test;
    private final List<BoundTerm> terms;
    private final Set<String> fields;

    private BoundFilter(RowTest test, List<BoundTerm> terms) {
        this.test = test;
        this.terms = terms;
        Set<String> all = new LinkedHashSet<>();
        terms.forEach(term -> all.addAll(term.fields()));
        this.fields = Collections.unmodifiableSet(all);
    }

    /**
     * Binds a filter to a schema. A name that is no field of the schema stands for a field that is always unset.
     *
     * <p>Costs time in proportion to the filter. Recursive: check the filter's depth with {@link FilterScope} first.
     */
    public static BoundFilter bind(Filter filter, DatasetSchema schema) {
        FilterBinder binder = new FilterBinder(schema);
        List<BoundTerm> terms = new ArrayList<>();
        for (Filter conjunct : FilterConjuncts.of(filter)) {
            terms.add(new BoundTerm(conjunct.accept(binder)));
        }
        RowTest test = RowTest.all(terms.stream().map(BoundTerm::rowTest).toList());
        if (test instanceof RowTest.Fixed fixed) {
            return new BoundFilter(test, fixed.truth() == Truth.TRUE ? List.of() : List.of(new BoundTerm(test)));
        }
        terms.removeIf(term -> term.rowTest() instanceof RowTest.Fixed fixed && fixed.truth() == Truth.TRUE);
        return new BoundFilter(test, List.copyOf(terms));
    }

    /**
     * Returns conditions, in the order of the filter; it is true in a row where all of them are.
     *
     * <p>None where the filter is always true. Several conditions on one field may follow each other.
     */
    public List<BoundTerm> terms() {
        return terms;
    }

    /** Tells whether the schema alone decides that the filter is true in no row. */
    public boolean isNeverTrue() {
        return terms.stream().anyMatch(term -> term.rowTest() instanceof RowTest.Fixed);
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
