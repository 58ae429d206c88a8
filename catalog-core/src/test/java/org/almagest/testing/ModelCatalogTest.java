package org.almagest.testing;

import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.jspecify.annotations.Nullable;

class ModelCatalogTest extends CatalogContract {
    @Override
    protected TestStore newStore() {
        return new ModelStore();
    }

    private static final class ModelStore implements TestStore {
        private @Nullable ModelCatalog last;

        @Override
        public Set<Capability> capabilities() {
            return ModelCatalog.CAPABILITIES;
        }

        @Override
        public Catalog open(CatalogOptions options) {
            ModelCatalog opened = last == null ? new ModelCatalog(options) : last.reopened(options);
            last = opened;
            return opened;
        }
    }
}
