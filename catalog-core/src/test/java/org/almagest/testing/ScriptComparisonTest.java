package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.junit.jupiter.api.Test;

class ScriptComparisonTest {
    @Test
    void findsADifferenceAndShrinksTheScript() {
        SteppedClock clock = new SteppedClock(Instant.parse("2025-06-01T12:00:00Z"));
        ScriptComparison comparison = new ScriptComparison(
                OtherNamespace::new, clock, CatalogOptions.defaults().with(clock));
        List<ScriptOperation> script =
                RandomScript.draw(new SplittableRandom(0), 40, ModelCatalog.CAPABILITIES, Duration.ZERO);
        AssertionError failure = assertThrows(AssertionError.class, () -> comparison.check(script));
        String[] lines = String.valueOf(failure.getMessage()).split("\n");
        assertEquals("smallest script that differs:", lines[0]);
        assertEquals("    CreateDataset[", lines[1].substring(0, 18));
        assertEquals("step 0 CreateDataset[", lines[2].substring(0, 21));
    }

    /** A model whose ids are not those of the others. */
    private static final class OtherNamespace implements TestStore {
        @Override
        public Set<Capability> capabilities() {
            return ModelCatalog.CAPABILITIES;
        }

        @Override
        public Catalog open(CatalogOptions options) {
            return new ModelCatalog(options.withNamespace(new UUID(1, 2)));
        }
    }
}
