package org.almagest.server.http.door;

import org.almagest.io.stac.exchange.StacMethod;

/**
 * One address with one method.
 *
 * @param template the whole path: {@code /stac/collections/{collectionId}}
 * @param bodyBytesMax bytes of a body; 0 where the method takes none
 * @param entry whether it needs a key
 */
public record Route(StacMethod method, String template, long bodyBytesMax, Entry entry) {
    /** What fits no route: needs a key as all others, and is not found. */
    public static final Route NONE = new Route(StacMethod.GET, "", 0, Entry.KEY);

    /** Who may ask. */
    public enum Entry {
        /** Whoever {@link Admission} lets in. */
        KEY,
        /** Anybody; only the start page and the health of the server. */
        OPEN
    }

    /** Returns a route for those who are let in. */
    public static Route of(StacMethod method, String template, long bodyBytesMax) {
        return new Route(method, template, bodyBytesMax, Entry.KEY);
    }

    Route bodyAtMost(long bytes) {
        return bodyBytesMax <= bytes ? this : new Route(method, template, bytes, entry);
    }

    /** Returns the name in logs and metrics: {@code POST /stac/search}, {@code none} where no route fits. */
    public String label() {
        return template.isEmpty() ? "none" : method + " " + template;
    }
}
