package org.almagest.io.stac.route;

import java.net.URI;
import org.almagest.io.stac.exchange.MediaType;

/** The addresses of the API, absolute. Immutable. */
public final class Links {
    private final String base;

    private Links(String base) {
        this.base = base;
    }

    /** Returns the addresses below a root; a slash at its end is dropped. */
    public static Links of(URI base) {
        String text = base.toString();
        return new Links(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** Returns the address of the landing page, without a slash at its end. */
    public String base() {
        return base;
    }

    /** Returns the address of a path, which begins with a slash and may have a query. */
    public String to(String path) {
        return path.equals("/") ? base : base + path;
    }

    /** Returns the address of a collection. */
    public String collection(String collectionId) {
        return base + "/collections/" + PercentText.encode(collectionId);
    }

    /** Returns the address of the items of a collection. */
    public String items(String collectionId) {
        return collection(collectionId) + "/items";
    }

    /** Returns the address of an item. */
    public String item(String collectionId, String itemId) {
        return items(collectionId) + "/" + PercentText.encode(itemId);
    }

    /** Returns the link to the landing page. */
    public Link root() {
        return Link.of(Rel.ROOT, MediaType.JSON, base);
    }

    /** Returns the link to the document itself: the address that was asked. */
    public Link self(Call call, String mediaType) {
        return Link.of(Rel.SELF, MediaType.bare(mediaType), to(call.request().target()));
    }
}
