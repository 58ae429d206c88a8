package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.model.Limits;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.jspecify.annotations.Nullable;

/** Reads a search from the body of a POST. Immutable. */
public final class SearchDocument {
    /** Members that some clients send and that change nothing. */
    private static final Set<String> IGNORED = Set.of("merge", "filter-lang", "filter-crs");

    private final StacLimits bounds;
    private final Limits limits;
    private final Set<String> others;

    /**
     * Reads within these bounds.
     *
     * @param others members that are allowed beside those of a search, and read by somebody else
     */
    public SearchDocument(StacLimits bounds, Limits limits, Set<String> others) {
        this.bounds = bounds;
        this.limits = limits;
        this.others = Set.copyOf(others);
    }

    /**
     * Returns the search; a member that is null counts as absent.
     *
     * @throws ProblemException if a member is unknown or wrong; names its JSON pointer
     */
    public SearchRequest read(JsonObject body) {
        SearchParts parts = new SearchParts();
        Optional<String> lang = text(body, "filter-lang");
        lang.ifPresent(name -> Reading.member("filter-lang", () -> FilterParameter.checked(name)));
        text(body, "filter-crs").ifPresent(crs -> Reading.member("filter-crs", () -> FilterParameter.checkedCrs(crs)));
        for (Map.Entry<String, JsonValue> member : body.members().entrySet()) {
            boolean absent =
                    member.getValue() instanceof JsonNull && !member.getKey().equals("fields");
            if (!absent && !others.contains(member.getKey())) {
                Reading.member(member.getKey(), () -> {
                    read(parts, member.getKey(), member.getValue(), lang);
                    return parts;
                });
            }
        }
        return parts.request();
    }

    private void read(SearchParts parts, String name, JsonValue value, Optional<String> lang) {
        switch (name) {
            case "limit" -> parts.limit = OptionalLong.of(LimitText.parse(value, bounds.limitMax()));
            case "collections" -> parts.collections = collections(name, value);
            case "ids" -> parts.ids = names(name, value, bounds.idsMax());
            case "bbox" -> parts.box = SpatialFilter.of(SpatialPredicate.INTERSECTS, BoxText.parse(value));
            case "intersects" ->
                parts.geometry = SpatialFilter.of(SpatialPredicate.INTERSECTS, GeoJsonGeometry.read(value, limits));
            case "datetime" -> parts.interval = StrictDatetime.parse(textOf(name, value));
            case "filter" -> parts.filter = FilterParameter.parse(value, lang, limits);
            case "query" -> parts.query = QueryMember.parse(value, limits);
            case "sortby" -> parts.sort = SortText.checked(SortText.parse(value), limits);
            case "fields" -> parts.fields = FieldsText.parse(value);
            case "token" -> parts.token = textOf(name, value);
            default -> {
                if (!IGNORED.contains(name)) {
                    throw new InvalidRequestException(Quoted.text(name), "no such member of a search");
                }
            }
        }
    }

    private static Optional<String> text(JsonObject body, String name) {
        JsonValue value = body.member(name);
        if (value == null || value instanceof JsonNull) {
            return Optional.empty();
        }
        return Optional.of(Reading.member(name, () -> textOf(name, value)));
    }

    private static String textOf(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw new InvalidRequestException(name, value.kindName() + " (expected text)");
    }

    /** Some clients send the id of one collection without a list around it. */
    private @Nullable List<String> collections(String name, JsonValue value) {
        return value instanceof JsonString text ? List.of(text.value()) : names(name, value, bounds.collectionsMax());
    }

    /** An empty list is the same as none: clients send it where nothing was chosen. */
    private static @Nullable List<String> names(String name, JsonValue value, long most) {
        if (!(value instanceof JsonArray array)) {
            throw new InvalidRequestException(name, value.kindName() + " (expected an array of texts)");
        }
        Limits.check(name, name + "Max", array.elements().size(), most);
        List<String> names = new ArrayList<>();
        array.elements().forEach(element -> names.add(textOf(name, element)));
        return names.isEmpty() ? null : names;
    }
}
