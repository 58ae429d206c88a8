package org.almagest.io.stac.tree;

import java.nio.file.Path;
import org.almagest.io.stac.StacCollection;

/** Is told what {@link StacTree} finds, in the order in which it is found. */
public interface TreeVisitor {
    /** Takes a collection, before the items that it links to. */
    void collection(StacCollection collection);

    /** Takes an item. */
    void item(TreeItem item);

    /** Takes a Parquet file, which may hold items of several collections. */
    void parquet(Path file);

    /**
     * Takes what could not be read or followed; the walk goes on behind it.
     *
     * @param place file, or file and line
     * @param reason what is wrong, with the place in it
     */
    void rejected(String place, String reason);
}
