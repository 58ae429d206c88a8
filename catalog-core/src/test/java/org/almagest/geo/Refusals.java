package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.junit.jupiter.api.function.Executable;
import org.locationtech.jts.geom.Geometry;

/** Short ways to say how something is refused, and to make geometry in tests. */
final class Refusals {
    static final Limits LIMITS = Limits.defaults();

    private Refusals() {}

    static void assertRefused(String message, Executable call) {
        CatalogException refused = assertThrows(CatalogException.class, call);
        assertEquals(message, refused.getMessage());
        assertEquals(InvalidRequestException.class, refused.getClass());
    }

    static void assertLimit(String message, String limit, Executable call) {
        LimitExceededException refused = assertThrows(LimitExceededException.class, call);
        assertEquals(message, refused.getMessage());
        assertEquals(limit, refused.limitName());
    }

    static Geometry wkt(String text) {
        return Wkt.read(text, LIMITS);
    }
}
