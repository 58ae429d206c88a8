package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.model.Limits;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;

/** Reads a search from the parameters of a GET. Immutable. */
public final class SearchParameters {
    private final StacLimits bounds;
    private final Limits limits;

    /** Reads within these bounds. */
    public SearchParameters(StacLimits bounds, Limits limits) {
        this.bounds = bounds;
        this.limits = limits;
    }

    /**
     * Returns the search.
     *
     * @param values the value of a parameter, if it was given
     * @throws ProblemException if a value is wrong; names the parameter
     */
    public SearchRequest read(Function<String, Optional<String>> values) {
        SearchParts parts = new SearchParts();
        read(values, "limit", text -> parts.limit = OptionalLong.of(LimitText.parse(text, bounds.limitMax())));
        read(values, "collections", text -> parts.collections = names("collections", text, bounds.collectionsMax()));
        read(values, "ids", text -> parts.ids = names("ids", text, bounds.idsMax()));
        read(values, "bbox", text -> parts.box = SpatialFilter.of(SpatialPredicate.INTERSECTS, BoxText.parse(text)));
        read(
                values,
                "intersects",
                text -> parts.geometry =
                        SpatialFilter.of(SpatialPredicate.INTERSECTS, GeoJsonGeometry.read(text, limits)));
        read(values, "datetime", text -> parts.interval = StrictDatetime.parse(text));
        read(values, "filter-lang", FilterParameter::checked);
        read(values, "filter-crs", FilterParameter::checkedCrs);
        read(values, "filter", text -> parts.filter = FilterParameter.parse(text, values.apply("filter-lang"), limits));
        read(values, "query", text -> parts.query = QueryMember.parse(JsonReader.read(text, json()), limits));
        read(values, "sortby", text -> parts.sort = SortText.checked(SortText.parse(text), limits));
        read(values, "fields", text -> parts.fields = FieldsText.parse(text));
        parts.token = values.apply("token").orElse(null);
        return parts.request();
    }

    private JsonLimits json() {
        return JsonLimits.of(bounds.targetBytesMax(), (int) Math.min(1_000, bounds.jsonDepthMax()));
    }

    private static void read(Function<String, Optional<String>> values, String name, Consumer<String> reader) {
        values.apply(name)
                .ifPresent(text -> Reading.of(name, () -> {
                    reader.accept(text);
                    return name;
                }));
    }

    private static List<String> names(String parameter, String text, long most) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            if (name.isEmpty()) {
                throw new InvalidRequestException(parameter, "empty name between commas");
            }
            names.add(name);
        }
        Limits.check(parameter, parameter + "Max", names.size(), most);
        return names;
    }
}
