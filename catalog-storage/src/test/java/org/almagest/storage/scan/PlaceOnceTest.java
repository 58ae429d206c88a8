package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Map;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.PlaceTest;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.runtime.Deadline;
import org.almagest.storage.plan.Shortcut;
import org.almagest.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class PlaceOnceTest {
    private static final Geometry AREA = Fixtures.polygon(0, 0, 10, 0, 10, 10, 0, 10);
    private static final Query QUERY = Query.allTime().intersecting(AREA).build();

    private final Scan.Bounds bounds = bounds(Limits.defaults());

    private static Scan.Bounds bounds(Limits limits) {
        return new Scan.Bounds(limits, Deadline.NEVER, EnumSet.allOf(Shortcut.class), null);
    }

    @Test
    void anAreaIsPreparedOnceForAllThatAQueryDoes() {
        PlaceTest first = bounds.place().of(QUERY, bounds);
        assertNotNull(first);
        assertSame(first, QueryTests.of(QUERY, bounds).place());
        Query part = QUERY.toBuilder().limit(3).build();
        assertSame(first, QueryTests.of(part, bounds).place());
        assertNotSame(first, QueryTests.of(QUERY, bounds(Limits.defaults())).place());
    }

    @Test
    void anotherAreaIsPreparedAnew() {
        PlaceTest first = bounds.place().of(QUERY, bounds);
        PlaceTest second = bounds.place()
                .of(Query.allTime().intersecting(Fixtures.point(1, 2)).build(), bounds);
        assertNotSame(first, second);
        assertNull(
                bounds.place().of(Query.during(TimeInterval.parse("2020/2021")).build(), bounds));
    }

    @Test
    void aGeometryThatIsRefusedIsRefusedEachTime() {
        Scan.Bounds narrow =
                bounds(Limits.defaults().with(Map.of("geometryVerticesMax", 4L, "geometryExactVerticesMax", 4L)));
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "query: spatial: geometry: positions: 5 (at most 4)",
                    assertThrows(LimitExceededException.class, () -> QueryTests.of(QUERY, narrow))
                            .getMessage());
        }
    }
}
