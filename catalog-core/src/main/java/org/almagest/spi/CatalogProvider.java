package org.almagest.spi;

import java.nio.file.Path;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/**
 * Opens catalogs; found through {@link java.util.ServiceLoader}.
 *
 * <p>The embedded engine is taken without a search where it is on the class path.
 */
public interface CatalogProvider {
    /** Opens or creates the store in a folder, as {@link Catalog#open(Path, CatalogOptions)} promises. */
    Catalog open(Path folder, CatalogOptions options);
}
