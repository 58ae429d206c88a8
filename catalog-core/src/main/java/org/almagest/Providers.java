package org.almagest;

import java.util.Iterator;
import java.util.ServiceLoader;
import org.almagest.error.InvalidRequestException;
import org.almagest.spi.CatalogProvider;

/** Finds the implementation of the catalog. */
final class Providers {
    private Providers() {}

    static CatalogProvider first() {
        // The API's own loader first: a context loader that sees another copy of the API would give a provider of
        // types that are not ours.
        Iterator<CatalogProvider> own = ServiceLoader.load(CatalogProvider.class, Providers.class.getClassLoader())
                .iterator();
        if (own.hasNext()) {
            return own.next();
        }
        Iterator<CatalogProvider> context =
                ServiceLoader.load(CatalogProvider.class).iterator();
        if (context.hasNext()) {
            return context.next();
        }
        throw new InvalidRequestException(
                "catalog", "no implementation on the class path (expected org.almagest:catalog-storage)");
    }
}
