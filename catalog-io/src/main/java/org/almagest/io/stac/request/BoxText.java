package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.BoundingBox;

/** The parameter {@code bbox}: west, south, east, north in degrees; heights after south and at the end are dropped. */
public final class BoxText {
    private static final String NAME = "bbox";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{0,300})?([eE][+-]?[0-9]{1,3})?");

    private BoxText() {}

    /**
     * Reads numbers with commas between; west above east crosses the antimeridian.
     *
     * @throws InvalidRequestException if they are not 4 or 6 numbers that make a box
     */
    public static BoundingBox parse(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text.split(",", 8)) {
            String number = part.strip();
            if (!NUMBER.matcher(number).matches()) {
                throw new InvalidRequestException(NAME, Quoted.text(number) + " (expected a number)");
            }
            numbers.add(Double.parseDouble(number));
        }
        return of(numbers);
    }

    /** Reads an array of numbers; else as {@link #parse}. */
    static BoundingBox parse(JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            throw new InvalidRequestException(NAME, value.kindName() + " (expected an array of numbers)");
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonNumber number)) {
                throw new InvalidRequestException(NAME, element.kindName() + " (expected a number)");
            }
            numbers.add(number.toDouble());
        }
        return of(numbers);
    }

    private static BoundingBox of(List<Double> numbers) {
        if (numbers.size() == 4) {
            return BoundingBox.of(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        }
        if (numbers.size() != 6) {
            throw new InvalidRequestException(NAME, numbers.size() + " numbers (expected 4 or 6)");
        }
        if (numbers.get(2) > numbers.get(5)) {
            throw new InvalidRequestException(
                    NAME, "height " + numbers.get(2) + " above " + numbers.get(5) + " (expected the lower one first)");
        }
        return BoundingBox.of(numbers.get(0), numbers.get(1), numbers.get(3), numbers.get(4));
    }
}
