package org.almagest.storage.start;

import java.nio.file.Path;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.spi.CatalogProvider;
import org.almagest.storage.engine.EmbeddedProvider;

/**
 * The engine as the API finds it, by this name or, where that is hidden from it, as a service: little to load and to
 * verify, so that {@link ClassesAhead} begins at once.
 */
public final class EmbeddedStart implements CatalogProvider {
    /** Called by whoever found the class by its name. */
    public EmbeddedStart() {}

    /** Tells whether there is a store of this engine already; loading ahead begins with this first look. */
    @Override
    public boolean claims(Path folder, CatalogOptions options) {
        ClassesAhead.ofOpening(options);
        return EmbeddedProvider.claims(folder);
    }

    @Override
    public Catalog open(Path folder, CatalogOptions options) {
        ClassesAhead.ofOpening(options);
        Catalog catalog = EmbeddedProvider.open(folder, options);
        ClassesAhead.ofAnswers(options);
        return catalog;
    }
}
