package org.almagest.io.stac.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.route.Link;
import org.almagest.schema.DatasetSchema;

/** Writes pages of items in one media type. Safe for use by several threads. */
public interface ItemFormat {
    /** Returns the media type, such as {@code application/geo+json}. */
    String mediaType();

    /** Tells whether a page says how many items match in all; they are not counted for one that does not. */
    default boolean saysHowManyMatch() {
        return true;
    }

    /**
     * Begins a page.
     *
     * @param sink what is appended to it is sent when there is enough, in the order of appending
     */
    ItemPageWriter open(PageHead head, ByteSink sink);

    /**
     * What is known of a page before its items.
     *
     * @param schemas the schemas of the datasets that items may come from
     * @param selection the fields that rows carry; empty where all
     * @param text writes an item as JSON, for this caller, address and choice of members
     */
    record PageHead(List<DatasetSchema> schemas, Optional<Set<String>> selection, ItemText text) {}

    /**
     * What is known of a page after its items.
     *
     * @param returned how many items it has
     * @param matched how many items the search matches in all, where that is known
     * @param links the links of the page
     */
    record PageEnd(long returned, OptionalLong matched, List<Link> links) {}
}
