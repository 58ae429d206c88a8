package org.almagest;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
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

    /** A class path whose services cannot be listed fails in the same way for ever. */
    private static final int BROKEN_MAX = 64;

    private Providers() {}

    static CatalogProvider of(Path folder, CatalogOptions options) {
        CatalogProvider embedded = embedded();
        if (embedded != null && embedded.claims(folder, options)) {
            return embedded;
        }
        List<CatalogProvider> registered = registered();
        for (CatalogProvider provider : registered) {
            if (isClaimed(folder, options, provider)) {
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

    private static boolean isClaimed(Path folder, CatalogOptions options, CatalogProvider provider) {
        try {
            return provider.claims(folder, options);
        } catch (RuntimeException | LinkageError e) {
            warn(provider.getClass().getName() + " cannot tell whether it opens " + folder, e);
            return false;
        }
    }

    /** Returns the providers of the API's own loader, those of the context loader only where it has none. */
    private static List<CatalogProvider> registered() {
        // A context loader that sees another copy of the API would give providers of types that are not ours.
        List<CatalogProvider> found = made(ServiceLoader.load(CatalogProvider.class, Providers.class.getClassLoader()));
        return found.isEmpty() ? made(ServiceLoader.load(CatalogProvider.class)) : found;
    }

    /** Returns what can be made of the registered providers; one that is broken stops nobody else. */
    private static List<CatalogProvider> made(ServiceLoader<CatalogProvider> services) {
        List<CatalogProvider> found = new ArrayList<>();
        Iterator<CatalogProvider> all = services.iterator();
        int broken = 0;
        boolean left = true;
        while (left && broken < BROKEN_MAX) {
            try {
                left = all.hasNext();
                if (left) {
                    found.add(all.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken++;
                warn("one that is registered cannot be made", e);
            }
        }
        return found;
    }

    private static void warn(String what, Throwable cause) {
        System.getLogger(Providers.class.getName()).log(Level.WARNING, "provider: " + what + ": passed over", cause);
    }
}
