package org.almagest.io.stac.aggregation;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.aggregate.GridRule;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.io.stac.request.StacProperties;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * One aggregation by its name in the API.
 *
 * @param name the name
 * @param form what its answer looks like
 * @param dataType the type of its value or of the keys of its buckets, as the extension names them
 * @param engine what the engine is asked
 */
record AggregationName(String name, Form form, String dataType, Aggregation engine) {
    static final String TOTAL_COUNT = "total_count";
    static final String COLLECTIONS = "collection_frequency";
    static final String TIMES = "datetime_frequency";
    static final String CENTROID_GRID = "centroid_geohash_grid_frequency";
    static final String GEOMETRY_GRID = "geometry_geohash_grid_frequency";

    private static final String FREQUENCY = "_frequency";
    private static final String MIN = "_min";
    private static final String MAX = "_max";
    private static final String DATETIME = "datetime";
    private static final String STRING = "string";

    /** What an answer looks like. */
    enum Form {
        /** One number. */
        COUNT,
        /** The lowest value. */
        LOWEST,
        /** The highest value. */
        HIGHEST,
        /** Counts by key. */
        BUCKETS
    }

    /**
     * Returns the aggregation that a name means.
     *
     * @param unit how long the buckets of {@code datetime_frequency} are
     * @throws ProblemException if it means none
     */
    static AggregationName of(String name, Wanted wanted, CalendarUnit unit, StacProperties properties) {
        Optional<AggregationName> fixed = fixed(name, wanted, unit);
        if (fixed.isPresent()) {
            return fixed.get();
        }
        try {
            return property(name, properties);
        } catch (InvalidRequestException e) {
            throw Wanted.unknown(name, e);
        }
    }

    private static Optional<AggregationName> fixed(String name, Wanted wanted, CalendarUnit unit) {
        ZoneId zone = wanted.zone();
        Aggregation time = Aggregation.range(DatasetSchema.TIME);
        int precision = wanted.precisions().getOrDefault(name, 1);
        return Optional.ofNullable(
                switch (name) {
                    case TOTAL_COUNT -> of(name, Form.COUNT, "integer", Aggregation.count());
                    case DATETIME + MIN -> of(name, Form.LOWEST, DATETIME, time);
                    case DATETIME + MAX -> of(name, Form.HIGHEST, DATETIME, time);
                    case TIMES -> of(name, Form.BUCKETS, DATETIME, Aggregation.histogram(unit, zone));
                    case CENTROID_GRID ->
                        of(name, Form.BUCKETS, STRING, Aggregation.geohashGrid(precision, GridRule.CENTROID));
                    case GEOMETRY_GRID ->
                        of(name, Form.BUCKETS, STRING, Aggregation.geohashGrid(precision, GridRule.INTERSECTING));
                    case COLLECTIONS -> of(name, Form.BUCKETS, STRING, Aggregation.byCollection());
                    default -> null;
                });
    }

    private static AggregationName of(String name, Form form, String dataType, Aggregation engine) {
        return new AggregationName(name, form, dataType, engine);
    }

    private static AggregationName property(String name, StacProperties properties) {
        for (String suffix : List.of(FREQUENCY, MIN, MAX)) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                String property = name.substring(0, name.length() - suffix.length());
                List<Field> fields = properties.schemas().stream()
                        .flatMap(schema -> PropertyNames.find(schema, property).stream())
                        .toList();
                boolean fits = !fields.isEmpty() && fields.stream().allMatch(field -> offers(field, suffix));
                if (fits) {
                    String engine = properties.property(property).name();
                    return suffix.equals(FREQUENCY)
                            ? of(name, Form.BUCKETS, dataType(fields.get(0)), Aggregation.distinct(engine))
                            : of(
                                    name,
                                    suffix.equals(MIN) ? Form.LOWEST : Form.HIGHEST,
                                    dataType(fields.get(0)),
                                    Aggregation.range(engine));
                }
            }
        }
        throw new InvalidRequestException("name", "expected one that GET /aggregations lists");
    }

    /** Counts by value are of what has few values as a rule, ranges of what is measured. */
    private static boolean offers(Field field, String suffix) {
        if (!PropertyNames.isOrdered(field)) {
            return false;
        }
        return switch (field.kind()) {
            case STRING, ENUM, BOOL -> suffix.equals(FREQUENCY);
            case INT32, INT64, UINT64 -> true;
            case FLOAT32, FLOAT64, TIMESTAMP -> !suffix.equals(FREQUENCY);
            default -> false;
        };
    }

    private static String dataType(Field field) {
        return switch (field.kind()) {
            case INT32, INT64, UINT64 -> "integer";
            case FLOAT32, FLOAT64 -> "number";
            case BOOL -> "boolean";
            case TIMESTAMP -> DATETIME;
            default -> STRING;
        };
    }

    /**
     * Returns the names that datasets have: the fixed ones, and what each of them has.
     *
     * @param schemas at least one, else only the fixed ones
     */
    static List<AggregationName> all(List<DatasetSchema> schemas) {
        Wanted wanted = Wanted.of(name -> Optional.empty());
        List<AggregationName> all = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(TOTAL_COUNT, DATETIME + MIN, DATETIME + MAX, TIMES, COLLECTIONS));
        if (schemas.stream().anyMatch(DatasetSchema::isSpatial)) {
            names.add(CENTROID_GRID);
            names.add(GEOMETRY_GRID);
        }
        names.forEach(name -> fixed(name, wanted, CalendarUnit.DAY).ifPresent(all::add));
        Set<String> named = new TreeSet<>();
        for (DatasetSchema schema : schemas) {
            schema.fields().stream()
                    .filter(PropertyNames::isNamed)
                    .map(PropertyNames::of)
                    .forEach(named::add);
        }
        StacProperties properties = new StacProperties(schemas);
        named.forEach(property -> {
            for (String suffix : List.of(FREQUENCY, MIN, MAX)) {
                boolean offered = schemas.stream()
                        .allMatch(schema -> PropertyNames.find(schema, property)
                                .filter(found -> offers(found, suffix))
                                .isPresent());
                if (offered) {
                    all.add(property(property + suffix, properties));
                }
            }
        });
        return all;
    }
}
