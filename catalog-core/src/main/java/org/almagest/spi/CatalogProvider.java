package org.almagest.spi;

import java.nio.file.Path;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/**
 * Opens catalogs; found through {@link java.util.ServiceLoader}.
 *
 * <p>A folder is opened by the embedded engine where it holds a store of that engine, else by the first registered
 * provider that claims it, in the order of the class path, else by the embedded engine. So another provider has its say
 * in folders that are new, that hold something of its own, or that are of another file system.
 */
public interface CatalogProvider {
    /**
     * Tells whether what is in a folder, or is to be made there, is this provider's; changes nothing.
     *
     * <p>Asked before each opening, so it should look at little more than names.
     */
    boolean claims(Path folder, CatalogOptions options);

    /** Opens or creates the store in a folder, as {@link Catalog#open(Path, CatalogOptions)} promises. */
    Catalog open(Path folder, CatalogOptions options);
}
