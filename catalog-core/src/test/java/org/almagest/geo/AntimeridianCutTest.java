package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class AntimeridianCutTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());

    @Test
    void agreesWithTheCorrectedAnswers() throws Exception {
        Map<String, Geometry> expected = SharedGeometries.folder("antimeridian/expected-planar");
        for (Map.Entry<String, Geometry> input :
                SharedGeometries.folder("antimeridian/input").entrySet()) {
            Footprint footprint = CUT.footprint(input.getValue());
            Geometry answer = expected.getOrDefault(input.getKey(), input.getValue());
            double difference = answer.symDifference(footprint.cut()).getArea();
            assertTrue(difference <= 1e-6 * answer.getArea(), input.getKey() + ": " + Wkt.write(footprint.cut()));
        }
    }
}
