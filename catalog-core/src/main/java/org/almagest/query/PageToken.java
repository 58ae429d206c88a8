package org.almagest.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.value.SortValueText;
import org.almagest.internal.value.SortValues;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a query begins: after the datapoint with this id and these values.
 *
 * @param after the id of the last datapoint of the page before; it need not be live any more
 * @param sortValues its values of the fields that the query sorts by, in their order, empty where unset; none without a
 *     sort
 */
public record PageToken(DatapointId after, List<Optional<Object>> sortValues) {
    private static final char SEPARATOR = '~';

    /**
     * Brings each value into one form.
     *
     * <p>Integers become Long where they fit, floats Double, enum values their name.
     *
     * @throws InvalidRequestException if values of that type cannot be sorted by
     */
    public PageToken {
        List<Optional<Object>> canonical = new ArrayList<>(sortValues.size());
        sortValues.forEach(value -> canonical.add(value.map(SortValues::canonical)));
        sortValues = List.copyOf(canonical);
    }

    /** Creates the token of a query without a sort. */
    public PageToken(DatapointId after) {
        this(after, List.of());
    }

    /** Returns the token of a datapoint with these values, null where unset. */
    public static PageToken of(DatapointId after, @Nullable Object... sortValues) {
        return new PageToken(
                after, Arrays.stream(sortValues).map(Optional::ofNullable).toList());
    }

    /**
     * Reads what {@link #toString} writes, and nothing else; costs time and memory in proportion to the text.
     *
     * @throws InvalidRequestException if the text is no page token
     */
    public static PageToken parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            return new PageToken(DatapointId.parse(text));
        }
        DatapointId after = DatapointId.parse(text.substring(0, separator));
        try {
            return new PageToken(after, SortValueText.parse(text.substring(separator + 1)));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "page token " + Quoted.text(text), "damaged (expected one as an earlier page ended with)", e);
        }
    }

    /** Returns the id as text; with sort values followed by {@code ~} and their bytes in base64url. */
    @Override
    public String toString() {
        return sortValues.isEmpty()
                ? after.toString()
                : after.toString() + SEPARATOR + SortValueText.format(sortValues);
    }
}
