package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.junit.jupiter.api.Test;

class RandomOperationsContractTest {
    @Test
    void findsADifferenceAndShrinksTheScript() {
        RandomOperationsContract contract = new RandomOperationsContract() {
            @Override
            protected TestStore newStore() {
                return new OtherNamespace();
            }
        };
        contract.prepareStore();
        AssertionError failure = assertThrows(AssertionError.class, contract::shortScriptsAgreeWithTheModel);
        String[] lines = String.valueOf(failure.getMessage()).split("\n");
        assertEquals("seed 0 (replay with -Dalmagest.seed=0)", lines[0].substring(0, 38));
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
