package org.almagest.server.stac;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.api.StacRoute;
import org.almagest.server.http.door.Handler;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;

/** Puts the STAC API under an address of the server. */
public final class StacMount {
    private StacMount() {}

    /**
     * Returns a mount.
     *
     * @param prefix such as {@code /stac}
     * @param routes those of the API, which are the same for every store
     * @param handler hands a request to the API of its caller's store
     */
    public static Mount of(String prefix, List<StacRoute> routes, Handler handler) {
        List<Route> all = new ArrayList<>();
        for (StacRoute route : routes) {
            String template = route.template().equals("/") ? prefix : prefix + route.template();
            all.add(Route.of(route.method(), template, route.bodyBytesMax()));
        }
        return new Mount(prefix, all, handler);
    }

    /** Returns a mount of one API, whoever asks. */
    public static Mount of(String prefix, StacApi api) {
        return of(prefix, api.routes(), api::handle);
    }
}
