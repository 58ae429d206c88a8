package org.almagest.storage.engine;

import org.almagest.testing.CatalogContract;
import org.almagest.testing.TestStore;

/** The contract on a simulated disk, with rows left in memory. */
class MemoryCatalogContractTest extends CatalogContract {
    @Override
    protected TestStore newStore() {
        return new SimStore();
    }
}
