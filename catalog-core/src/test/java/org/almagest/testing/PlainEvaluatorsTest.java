package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.almagest.DatasetSpec;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowReader;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.bound.BoundFilter;
import org.almagest.schema.DatasetSchema;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class PlainEvaluatorsTest {
    private static final Limits LIMITS = Limits.defaults();

    @Test
    void bothEvaluatorsOfFiltersAgree() {
        Seeded.repeat(400, random -> {
            RandomContent content = new RandomContent(random);
            DatasetSpec spec = content.spec("a.b");
            DatasetSchema schema = spec.schema().numbered();
            RandomQueries queries = new RandomQueries(content, List.of(schema));
            Query query = queries.conditions(Set.of());
            if (query.filter().isEmpty()) {
                return;
            }
            Filter filter = query.filter().get();
            BoundFilter bound = BoundFilter.bind(filter, schema);
            for (int i = 0; i < 20; i++) {
                Datapoint row;
                try {
                    row = stored(schema, content.row(schema));
                } catch (InvalidRequestException e) {
                    continue;
                }
                Footprint footprint = row.geometry()
                        .filter(geometry -> schema.isSpatial())
                        .map(AntimeridianCut.of(LIMITS)::footprint)
                        .orElse(null);
                assertEquals(
                        new PlainFilter(schema, row, footprint).test(filter),
                        bound.test(name -> field(row, name)),
                        () -> filter + " of " + RowText.of(row));
            }
        });
    }

    private static Datapoint stored(DatasetSchema schema, Datapoint row) throws CorruptSectionException {
        BoundRow bound = new RowBinder(schema, new UUID(1, 2), LIMITS, IngestOptions.DEFAULT).bind(0, row);
        RowReader reader = new RowReader(schema);
        reader.reset(bound.body(), 0, bound.body().length);
        return reader.datapoint(bound.id(), 1_000_000, null);
    }

    private static Object field(Datapoint row, String name) {
        return switch (name) {
            case "time" -> row.time();
            case "ingestion_time" -> row.ingestionTime().orElseThrow();
            case "id" -> row.id().map(DatapointId::toUuid).orElseThrow();
            case "geometry" ->
                row.geometry().map(Object.class::cast).orElse(row.values().get("geometry"));
            default -> row.values().get(name);
        };
    }

    @Test
    void bothEvaluatorsOfPlacesAgree() {
        Seeded.repeat(300, random -> {
            RandomContent content = new RandomContent(random);
            Geometry area = content.geometry();
            Footprint filter = AntimeridianCut.of(LIMITS).footprint(area);
            for (int i = 0; i < 20; i++) {
                Geometry place = content.geometry();
                Footprint row = AntimeridianCut.of(LIMITS).footprint(place);
                for (SpatialPredicate predicate : SpatialPredicate.values()) {
                    PlanarPredicate planar = predicate == SpatialPredicate.INTERSECTS
                            ? PlanarPredicate.INTERSECTS
                            : PlanarPredicate.valueOf(predicate.name());
                    assertEquals(
                            PlainPlace.of(SpatialFilter.of(predicate, area), LIMITS)
                                    .matches(row),
                            PreparedFilter.of(filter, planar).matches(row),
                            () -> place + " " + predicate + " " + area);
                }
            }
        });
    }
}
