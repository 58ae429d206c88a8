package org.almagest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.almagest.error.InvalidRequestException;
import org.almagest.spi.CatalogProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds the implementation for a folder: the embedded engine where its store is, else the first registered provider
 * that claims the folder, else the embedded engine.
 *
 * <p>The embedded engine is looked for by name, and asked before services are searched, because a search opens every
 * file of the class path: 30 to 90 ms with 26 of them, as much as opening a store of a million rows takes. What it has
 * stored nobody else could open, so the search is spared exactly where it has no say.
 */
final class Providers {
    private static final String EMBEDDED = "org.almagest.storage.start.EmbeddedStart";

    private Providers() {}

    static CatalogProvider of(Path folder, CatalogOptions options) {
        CatalogProvider embedded = embedded();
        if (embedded != null && embedded.claims(folder, options)) {
            return embedded;
        }
        List<CatalogProvider> registered = registered();
        for (CatalogProvider provider : registered) {
            if (provider.claims(folder, options)) {
                return provider;
            }
        }
        if (embedded != null) {
            return embedded;
        }
        if (registered.isEmpty()) {
            throw new InvalidRequestException(
                    "catalog", "no implementation on the class path (expected org.almagest:catalog-storage)");
        }
        return registered.get(0);
    }

    private static @Nullable CatalogProvider embedded() {
        try {
            return (CatalogProvider) Class.forName(EMBEDDED, true, Providers.class.getClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Returns the providers of the API's own loader, those of the context loader only where it has none. */
    private static List<CatalogProvider> registered() {
        // A context loader that sees another copy of the API would give providers of types that are not ours.
        List<CatalogProvider> found = new ArrayList<>();
        ServiceLoader.load(CatalogProvider.class, Providers.class.getClassLoader())
                .forEach(found::add);
        if (found.isEmpty()) {
            ServiceLoader.load(CatalogProvider.class).forEach(found::add);
        }
        return found;
    }
}
