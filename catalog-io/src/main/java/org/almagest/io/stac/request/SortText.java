package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.almagest.query.SortOrder;
import org.jspecify.annotations.Nullable;

/** The parameter {@code sortby}. */
public final class SortText {
    private static final String NAME = "sortby";

    private SortText() {}

    /**
     * Reads {@code +a,-b,c}; a plus sign may have become a blank on its way through a form.
     *
     * @throws InvalidRequestException if a name is empty
     */
    public static List<SortTerm> parse(String text) {
        List<SortTerm> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            boolean signed = part.startsWith("+") || part.startsWith("-") || part.startsWith(" ");
            String name = signed ? part.substring(1) : part;
            if (name.isBlank()) {
                throw new InvalidRequestException(NAME, Quoted.text(text) + ": empty name (expected +a,-b)");
            }
            terms.add(new SortTerm(name, part.startsWith("-") ? SortOrder.DESCENDING : SortOrder.ASCENDING));
        }
        return terms;
    }

    /**
     * Reads {@code [{"field":"a","direction":"desc"}]}.
     *
     * @throws InvalidRequestException if it is anything else
     */
    static List<SortTerm> parse(JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            throw new InvalidRequestException(NAME, value.kindName() + " (expected an array of objects)");
        }
        List<SortTerm> terms = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonObject object) || !(object.member("field") instanceof JsonString field)) {
                throw new InvalidRequestException(NAME, element.kindName() + " (expected an object with text field)");
            }
            if (field.value().isBlank()) {
                throw new InvalidRequestException(NAME, "empty name of a field");
            }
            terms.add(new SortTerm(field.value(), direction(object.member("direction"))));
        }
        return terms;
    }

    /** Returns these terms, if they are no more than the engine sorts by. */
    static List<SortTerm> checked(List<SortTerm> terms, Limits limits) {
        Limits.check(NAME + ": names", "sortFieldsMax", terms.size(), limits.sortFieldsMax());
        return terms;
    }

    private static SortOrder direction(@Nullable JsonValue value) {
        if (value == null) {
            return SortOrder.ASCENDING;
        }
        if (value instanceof JsonString text && text.value().equals("asc")) {
            return SortOrder.ASCENDING;
        }
        if (value instanceof JsonString text && text.value().equals("desc")) {
            return SortOrder.DESCENDING;
        }
        throw new InvalidRequestException(NAME, "direction of another form (expected asc or desc)");
    }
}
