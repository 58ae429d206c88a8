package org.almagest.io.stac.tree;

import java.util.Optional;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.model.AntimeridianRule;
import org.jspecify.annotations.Nullable;

/**
 * An item as it stands in a file.
 *
 * @param item the item
 * @param parent the collection that links to it, where it was found by a link
 * @param place where it stands, as messages name it: file and line
 * @param bytes about how long it is
 * @param rule how wide edges are meant, where the file says that in another way than by the box of the item
 */
public record TreeItem(
        JsonObject item,
        @Nullable String parent,
        String place,
        long bytes,
        @Nullable AntimeridianRule rule) {
    /** Returns the id of the collection that the item names, else of the one that links to it. */
    public Optional<String> collection() {
        return item.member("collection") instanceof JsonString named
                ? Optional.of(named.value())
                : Optional.ofNullable(parent);
    }
}
