package org.almagest.query.cql2;

import java.util.Locale;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.almagest.query.Filter;

/**
 * Filters as text, in the syntax of CQL2 (OGC 21-065r2).
 *
 * <p>All of CQL2 is read but functions that nobody defined, which are refused by name. Beyond CQL2,
 * {@code DURATION('PT1H')}, {@code UUID('…')}, {@code BYTES('0aff')}, {@code FLOAT('NaN')} and {@code UNKNOWN} are
 * read, so that every filter has a text. {@code docs/filters.md} has the grammar.
 */
public final class Cql2Text {
    /** Words that name a field only in double quotes. */
    private static final Set<String> RESERVED =
            Set.of("AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL", "TRUE", "FALSE", "DIV");

    private Cql2Text() {}

    /**
     * Returns the filter that a text describes, within the default limits.
     *
     * @throws InvalidRequestException if the text is no such filter; names the column, from 1 in code points
     * @throws LimitExceededException as {@link #parse(String, Limits)} says
     */
    public static Filter parse(String text) {
        return parse(text, Limits.defaults());
    }

    /**
     * Returns the filter that a text describes.
     *
     * @throws InvalidRequestException if the text is no such filter; names the column, from 1 in code points
     * @throws LimitExceededException if the text passes {@code filterTextLengthMax} or {@code filterNumberLengthMax},
     *     or the filter a bound of {@link Filter#checkedFields}; a parenthesis or NOT counts as a level
     */
    public static Filter parse(String text, Limits limits) {
        Limits.check("filter: text length", "filterTextLengthMax", text.length(), limits.filterTextLengthMax());
        Filter filter = new Cql2Parser(new Cql2Tokens(text, limits), limits).parse();
        filter.checkedFields(limits);
        return filter;
    }

    /**
     * Returns a text that {@link #parse} reads as an equal filter.
     *
     * <p>A conjunction or disjunction of fewer than two terms is read as an equivalent one without it, and an instant
     * outside of the years -9999 to 9999 is not read. Recursive: check the depth with {@link Filter#checkedFields} first.
     */
    public static String print(Filter filter) {
        Cql2Printer printer = new Cql2Printer();
        filter.accept(printer);
        return printer.text();
    }

    static boolean isReserved(String name) {
        return RESERVED.contains(name.toUpperCase(Locale.ROOT));
    }
}
