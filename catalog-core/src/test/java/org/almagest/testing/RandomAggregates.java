package org.almagest.testing;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.aggregate.GridRule;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** Random aggregations over fields that exist, and sometimes over others. */
final class RandomAggregates {
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Pacific/Apia"),
            ZoneId.of("-09:30:15"));

    /** Random times lie thousands of years apart. */
    private static final List<CalendarUnit> LONG_UNITS = List.of(CalendarUnit.QUARTER, CalendarUnit.YEAR);

    /** Finer cells are too many for JTS to be asked about each that a wide footprint may meet. */
    private static final int INTERSECTING_PRECISION_MAX = 2;

    private final RandomContent content;
    private final List<String> fields = new ArrayList<>(List.of("time", "ingestion_time", "id"));
    private final boolean spatial;

    RandomAggregates(RandomContent content, List<DatasetSchema> schemas) {
        this.content = content;
        this.spatial = schemas.stream().anyMatch(DatasetSchema::isSpatial);
        schemas.forEach(schema -> schema.fields().stream()
                .filter(field -> PlainOrder.hasOrder(field) || content.oneIn(20))
                .map(Field::name)
                .forEach(fields::add));
    }

    /** Returns one to four aggregations. */
    List<Aggregation> several() {
        List<Aggregation> wanted = new ArrayList<>();
        for (int i = content.one(List.of(1, 1, 1, 2, 4)); i > 0; i--) {
            wanted.add(one());
        }
        return wanted;
    }

    private Aggregation one() {
        return switch (content.random().nextInt(7)) {
            case 0 -> Aggregation.count();
            case 1, 2 -> Aggregation.histogram(unit(), content.one(ZONES));
            case 3 -> grid();
            case 4 -> Aggregation.range(field());
            default -> Aggregation.distinct(field());
        };
    }

    private CalendarUnit unit() {
        return content.one(content.oneIn(4) ? List.of(CalendarUnit.values()) : LONG_UNITS);
    }

    private String field() {
        return content.oneIn(60) ? "nobody_has_this" : content.one(fields);
    }

    private Aggregation grid() {
        if (!spatial && !content.oneIn(20)) {
            return Aggregation.count();
        }
        return content.oneIn(2)
                ? Aggregation.geohashGrid(1 + content.random().nextInt(12))
                : Aggregation.geohashGrid(
                        1 + content.random().nextInt(INTERSECTING_PRECISION_MAX), GridRule.INTERSECTING);
    }
}
