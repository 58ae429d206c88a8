package org.almagest.io.stac.request;

import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.query.cql2.Cql2Json;
import org.almagest.query.cql2.Cql2Text;

/** The parameters {@code filter}, {@code filter-lang} and {@code filter-crs}. */
public final class FilterParameter {
    private static final String TEXT = "cql2-text";
    private static final String JSON = "cql2-json";
    private static final String CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final int DEPTH_MAX = 2_000;

    private FilterParameter() {}

    /**
     * Reads the filter of a GET: text unless {@code lang} says JSON, or it begins as JSON does.
     *
     * @throws InvalidRequestException if it is no such filter
     */
    public static Filter parse(String filter, Optional<String> lang, Limits limits) {
        String language = checked(lang.orElse(filter.strip().startsWith("{") ? JSON : TEXT));
        return language.equals(JSON) ? json(filter, limits) : Cql2Text.parse(filter, limits);
    }

    /**
     * Reads the filter of a POST: JSON, or text where {@code lang} says so.
     *
     * @throws InvalidRequestException if it is no such filter
     */
    public static Filter parse(JsonValue filter, Optional<String> lang, Limits limits) {
        String language = checked(lang.orElse(filter instanceof JsonString ? TEXT : JSON));
        if (language.equals(JSON) && filter instanceof JsonObject) {
            return Cql2Json.parse(CanonicalJson.text(LenientCql2.modern(filter)), limits);
        }
        if (language.equals(TEXT) && filter instanceof JsonString text) {
            return Cql2Text.parse(text.value(), limits);
        }
        String expected = language.equals(JSON) ? "an object" : "text";
        throw new InvalidRequestException(
                "filter", filter.kindName() + " (expected " + expected + " as filter-lang " + language + ")");
    }

    private static Filter json(String filter, Limits limits) {
        Limits.check("filter: text length", "filterTextLengthMax", filter.length(), limits.filterTextLengthMax());
        JsonLimits bounds = JsonLimits.of(Long.MAX_VALUE, DEPTH_MAX);
        return Cql2Json.parse(CanonicalJson.text(LenientCql2.modern(JsonReader.read(filter, bounds))), limits);
    }

    /**
     * Checks the name of a language.
     *
     * @throws InvalidRequestException if it is neither {@code cql2-text} nor {@code cql2-json}
     */
    public static String checked(String language) {
        if (!language.equals(TEXT) && !language.equals(JSON)) {
            throw new InvalidRequestException(
                    "filter-lang", Quoted.text(language) + " (expected " + TEXT + " or " + JSON + ")");
        }
        return language;
    }

    /**
     * Checks the coordinate system of geometries in a filter.
     *
     * @throws InvalidRequestException if it is not longitude and latitude by WGS 84
     */
    public static String checkedCrs(String crs) {
        if (!crs.equals(CRS)) {
            throw new InvalidRequestException("filter-crs", Quoted.text(crs) + " (expected " + CRS + ")");
        }
        return crs;
    }
}
