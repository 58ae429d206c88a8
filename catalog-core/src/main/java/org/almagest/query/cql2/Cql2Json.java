package org.almagest.query.cql2;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.almagest.query.Filter;

/**
 * Filters as JSON, in the form of CQL2 (OGC 21-065r2).
 *
 * <p>Reads what {@link Cql2Text} reads, into equal filters. Beyond CQL2, the functions {@code duration}, {@code uuid},
 * {@code bytes}, {@code float} and {@code unknown} are read, so that every filter has a JSON form. Names of operations
 * may be in any case.
 */
public final class Cql2Json {
    /** Levels of JSON that one level of a filter may take: an object, its array of operands, and an array in it. */
    private static final long LEVELS = 3;

    /** Levels of JSON beyond those of the filter and of geometry collections: the coordinates of a geometry. */
    private static final long FURTHER_LEVELS = 16;

    private static final long DEPTH_MAX = 2_000;

    private Cql2Json() {}

    /**
     * Returns the filter that a JSON text describes, within the default limits.
     *
     * @throws InvalidRequestException if the text is no such filter; names its JSON pointer
     * @throws LimitExceededException as {@link #parse(String, Limits)} says
     */
    public static Filter parse(String text) {
        return parse(text, Limits.defaults());
    }

    /**
     * Returns the filter that a JSON text describes.
     *
     * @throws InvalidRequestException if the text is no such filter; names its JSON pointer, or line and column where it
     *     is no JSON
     * @throws LimitExceededException if the text passes {@code filterTextLengthMax} or {@code filterNumberLengthMax},
     *     or the filter a bound of {@link Filter#checkedFields} or of geometry
     */
    public static Filter parse(String text, Limits limits) {
        Limits.check("filter: text length", "filterTextLengthMax", text.length(), limits.filterTextLengthMax());
        JsonValue tree;
        try {
            tree = JsonReader.read(text, within(text, limits));
        } catch (InvalidRequestException e) {
            throw e.within("filter");
        } catch (LimitExceededException e) {
            // Nothing else is bounded: the length was checked, and no text has so many values.
            throw new DeepJson(text, (int) e.limit()).refusal(limits);
        }
        Filter filter = new Cql2JsonParser(limits).filter(tree, JsonPointer.ROOT);
        filter.checkedFields(limits);
        return filter;
    }

    private static JsonLimits within(String text, Limits limits) {
        long depth = LEVELS * limits.filterDepthMax() + 2 * limits.geometryDepthMax() + FURTHER_LEVELS;
        return new JsonLimits(
                Long.MAX_VALUE,
                "filterTextLengthMax",
                (int) Math.min(DEPTH_MAX, depth),
                "filterDepthMax",
                text.length() + 1L, // no text has as many, the one after its end included
                "filterTextLengthMax");
    }

    /**
     * Returns a JSON text without blanks that {@link #parse} reads as an equal filter.
     *
     * <p>Exceptions are those of {@link Cql2Text#print}, and text with half a surrogate pair, which JSON does not have.
     * Recursive: check the depth with {@link Filter#checkedFields} first.
     */
    public static String print(Filter filter) {
        Cql2JsonPrinter printer = new Cql2JsonPrinter();
        filter.accept(printer);
        return printer.text();
    }
}
