package org.almagest.io.stac.page;

import org.almagest.model.DatapointId;

/** The tags of items. */
public final class ItemTags {
    /** Changes whenever the same item is written otherwise by another build. */
    private static final int REPRESENTATION = 1;

    private ItemTags() {}

    /**
     * Returns the tag of an item.
     *
     * @param mediaType how it is written
     * @param address its absolute address, which its links begin with
     * @param fields the members that are wanted, as text; empty for all
     */
    public static EntityTag of(DatapointId id, String mediaType, String address, String fields) {
        return EntityTag.item(id, EntityTag.variant(REPRESENTATION, mediaType, address, fields));
    }
}
