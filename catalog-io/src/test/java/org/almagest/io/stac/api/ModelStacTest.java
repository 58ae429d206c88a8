package org.almagest.io.stac.api;

import org.almagest.CatalogOptions;
import org.almagest.testing.ModelCatalog;

/** The contract over the model of a catalog, without storage. */
class ModelStacTest extends StacContract {
    @Override
    protected StacFixture open(StacOptions options) {
        return new DirectFixture(new ModelCatalog(CatalogOptions.defaults()), options);
    }
}
