package org.almagest.io.stac.item;

import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.PercentText;
import org.almagest.io.stac.route.Rel;

/** The links that every item of a collection has, as bytes: only the id of the item differs. Immutable. */
final class ItemLinks {
    private final byte[] before;
    private final byte[] after;

    ItemLinks(Links links, Place where) {
        String collection = links.collection(where.stacId());
        ByteSink head = new ByteSink(256);
        head.ascii("{\"rel\":\"self\",\"type\":").json(MediaType.GEOJSON).ascii(",\"href\":");
        head.json(links.items(where.stacId()) + "/");
        head.cutTo(head.size() - 1); // the id and the quote follow
        before = head.toByteArray();
        ByteSink rest = new ByteSink(512).ascii("\"},");
        Link.of(Rel.PARENT, MediaType.JSON, collection).appendTo(rest);
        Link.of(Rel.COLLECTION, MediaType.JSON, collection).appendTo(rest.put(','));
        links.root().appendTo(rest.put(','));
        after = rest.toByteArray();
    }

    /** Appends the links, with commas between. */
    void append(String id, ByteSink out) {
        out.put(before).ascii(PercentText.encode(id)).put(after);
    }
}
