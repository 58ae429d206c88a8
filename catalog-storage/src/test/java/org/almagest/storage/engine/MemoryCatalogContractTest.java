package org.almagest.storage.engine;

import org.almagest.testing.CatalogContract;
import org.almagest.testing.TestStore;

/** The contract on a folder, with rows left in memory. */
class MemoryCatalogContractTest extends CatalogContract {
    @Override
    protected TestStore newStore() {
        return new FolderStore(FolderStore.Settling.IN_MEMORY);
    }
}
