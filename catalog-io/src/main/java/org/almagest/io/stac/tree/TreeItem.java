package org.almagest.io.stac.tree;

import java.util.Optional;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.io.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * An item as it stands in a file.
 *
 * @param item the item
 * @param parent the collection that links to it, where it was found by a link
 * @param file the file
 * @param line the line of the file that it begins on, from 1
 * @param bytes about how long it is
 */
public record TreeItem(JsonObject item, @Nullable String parent, String file, long line, long bytes) {
    /** Returns the id of the collection that the item names, else of the one that links to it. */
    public Optional<String> collection() {
        return item.member("collection") instanceof JsonString named
                ? Optional.of(named.value())
                : Optional.ofNullable(parent);
    }

    /** Returns where it stands, as messages name it. */
    public String place() {
        return SourceRow.place(file, line);
    }
}
