package org.almagest.server.http.door;

import java.util.List;

/**
 * A handler and where it is reached.
 *
 * @param prefix such as {@code /stac}: this address and all below it
 * @param routes what the handler answers, templates with the prefix; for bounds and labels, it answers the rest itself
 */
public record Mount(String prefix, List<Route> routes, Handler handler) {
    /** Copies the list. */
    public Mount {
        routes = List.copyOf(routes);
    }
}
