package org.almagest.io.stac.request;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonValue;

/** The parameter {@code limit}: a whole number. */
public final class LimitText {
    private static final int DIGITS_MAX = 18;

    private LimitText() {}

    /**
     * Reads a limit.
     *
     * @param most the largest limit that is understood
     * @throws InvalidRequestException if it is no whole number from 1 to {@code most}
     */
    public static long parse(String text, long most) {
        boolean digits =
                !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
            throw new InvalidRequestException("limit", Quoted.text(text) + " (expected 1 to " + most + ")");
        }
        return Long.parseLong(text);
    }

    static long parse(JsonValue value, long most) {
        if (!(value instanceof JsonNumber number)) {
            throw new InvalidRequestException("limit", value.kindName() + " (expected 1 to " + most + ")");
        }
        return parse(number.literal(), most);
    }
}
