package org.almagest.testing;

import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/** A model that is opened again has forgotten its leases, and nothing else. */
final class ModelReopening implements ScriptSession.Reopening {
    private final CatalogOptions options;

    ModelReopening(CatalogOptions options) {
        this.options = options;
    }

    @Override
    public Catalog reopen(Catalog catalog) {
        return ((ModelCatalog) catalog).reopened(options);
    }

    @Override
    public Catalog crash(Catalog catalog, long seed) {
        return reopen(catalog);
    }
}
