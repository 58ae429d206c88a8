package org.almagest.storage.engine;

import org.almagest.testing.CatalogContract;
import org.almagest.testing.TestStore;

/** The contract on a folder, with rows flushed to segments. */
class FlushedCatalogContractTest extends CatalogContract {
    @Override
    protected TestStore newStore() {
        return new FolderStore();
    }
}
