package org.almagest.io.stac.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;

/** Conditions on times that are finer than the engine's millisecond. */
public final class FineTime {
    /** Never true, and known to be so. */
    static final Filter NEVER = new Filter.Constant(Truth.FALSE);

    /** Always true. */
    static final Filter ALWAYS = new Filter.Constant(Truth.TRUE);

    private FineTime() {}

    /** Returns the millisecond that an instant lies in. */
    public static Instant floor(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Returns the condition that a row has a time finer than a millisecond.
     *
     * @param field where such times are, from {@link StacProperties#fineTime}
     */
    public static Filter isFine(String field) {
        return notFine(field).not();
    }

    private static Filter notFine(String field) {
        return new Filter.IsNull(new Property(field));
    }

    /** Tells whether a comparison of the floored time says all: before or from a whole millisecond on. */
    static boolean isExact(Filter whole) {
        return whole instanceof Filter.Comparison comparison
                && comparison.left() instanceof Property property
                && property.name().equals(DatasetSchema.TIME)
                && comparison.right() instanceof Literal literal
                && literal.value() instanceof Instant instant
                && floor(instant).equals(instant)
                && (comparison.operator() == ComparisonOperator.LESS_THAN
                        || comparison.operator() == ComparisonOperator.AT_LEAST);
    }

    /**
     * Returns the condition that holds as {@code whole} where the field is unset, and as {@code fine} where it is set.
     *
     * <p>Neither part is unknown where the other decides, so that its negation is right too. A coarse condition on the
     * floored time comes first, where there is one, so that few rows are looked at.
     */
    static Filter either(String field, Filter whole, Filter fine) {
        Filter exact = new Filter.Or(
                List.of(new Filter.And(List.of(notFine(field), whole)), new Filter.And(List.of(isFine(field), fine))));
        if (fine instanceof Filter.Comparison comparison
                && comparison.left() instanceof Property
                && comparison.right() instanceof Literal literal
                && literal.value() instanceof Instant instant) {
            Literal floor = Literal.of(floor(instant));
            Property time = new Property(DatasetSchema.TIME);
            return switch (comparison.operator()) {
                case EQUAL ->
                    new Filter.And(List.of(new Filter.Comparison(time, ComparisonOperator.EQUAL, floor), exact));
                case NOT_EQUAL -> exact;
                case LESS_THAN, AT_MOST ->
                    new Filter.And(List.of(new Filter.Comparison(time, ComparisonOperator.AT_MOST, floor), exact));
                case GREATER_THAN, AT_LEAST ->
                    new Filter.And(List.of(new Filter.Comparison(time, ComparisonOperator.AT_LEAST, floor), exact));
            };
        }
        return exact;
    }

    /**
     * Returns the condition that a row which meets an interval at milliseconds also meets it at nanoseconds.
     *
     * <p>Rows with an extent are compared at nanoseconds by the engine itself, so that they pass.
     *
     * @param properties the names of the datasets that are searched
     */
    public static Filter within(Instant first, Instant last, StacProperties properties) {
        Property time = new Property(DatasetSchema.TIME);
        List<Filter> terms = new ArrayList<>();
        terms.add(new Filter.And(List.of(
                new Filter.Comparison(time, ComparisonOperator.GREATER_THAN, Literal.of(floor(first))),
                new Filter.Comparison(time, ComparisonOperator.LESS_THAN, Literal.of(floor(last))))));
        for (String field : properties.extentFields()) { // one end is enough: the time is the other then
            terms.add(new Filter.IsNull(new Property(field)).not());
        }
        Filter whole = new Filter.And(List.of(
                FilterRewrite.timeCompared(ComparisonOperator.AT_LEAST, first),
                FilterRewrite.timeCompared(ComparisonOperator.AT_MOST, last)));
        if (properties.fineTime().isPresent()) {
            String field = properties.fineTime().get();
            Property fine = new Property(field);
            terms.add(new Filter.And(List.of(notFine(field), whole)));
            terms.add(new Filter.And(List.of(
                    isFine(field),
                    new Filter.Comparison(fine, ComparisonOperator.AT_LEAST, Literal.of(first)),
                    new Filter.Comparison(fine, ComparisonOperator.AT_MOST, Literal.of(last)))));
        } else {
            terms.add(whole);
        }
        return new Filter.Or(terms);
    }
}
