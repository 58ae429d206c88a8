package org.almagest.server.http.door;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.almagest.io.stac.exchange.StacMethod;

/**
 * Every route of the server, and which of them need no key: this class says so and nothing else does.
 *
 * <p>Paths are compared as they are sent: what is encoded stays so, and {@code //} and {@code ..} are no special names.
 */
public final class Routes {
    /** The two pages that anybody may see. */
    static final List<Route> OPEN = List.of(
            new Route(StacMethod.GET, "/", 0, Route.Entry.OPEN),
            new Route(StacMethod.GET, "/health", 0, Route.Entry.OPEN));

    private final List<Mount> mounts;
    private final List<Route> all;
    private final Map<Integer, List<Template>> templates = new HashMap<>();

    /** @param bodyBytesMax bytes of a body at most, whatever a route says */
    public Routes(List<Mount> mounts, long bodyBytesMax) {
        this.mounts = List.copyOf(mounts);
        this.all = Stream.concat(OPEN.stream(), mounts.stream().flatMap(mount -> mount.routes().stream()))
                .map(route -> route.bodyAtMost(bodyBytesMax))
                .toList();
        for (Route route : all) {
            Template template = new Template(route, route.template().split("/", -1));
            templates
                    .computeIfAbsent(template.parts().length, any -> new ArrayList<>())
                    .add(template);
        }
    }

    /** Returns every route, those that need no key first. */
    public List<Route> all() {
        return all;
    }

    /** Returns the route of a path, {@link Route#NONE} where there is none; HEAD is asked as GET is. */
    public Route find(StacMethod method, String path) {
        StacMethod asked = method == StacMethod.HEAD ? StacMethod.GET : method;
        String[] parts = path.split("/", -1);
        Route best = Route.NONE;
        int most = -1;
        for (Template template : templates.getOrDefault(parts.length, List.of())) {
            int literals = template.route().method() == asked ? template.literals(parts) : -1;
            if (literals > most) {
                most = literals;
                best = template.route();
            }
        }
        return best;
    }

    /** Returns who answers below a path. */
    public Optional<Mount> mount(String path) {
        for (Mount mount : mounts) {
            if (path.equals(mount.prefix()) || path.startsWith(mount.prefix() + "/")) {
                return Optional.of(mount);
            }
        }
        return Optional.empty();
    }

    private record Template(Route route, String[] parts) {
        /** Returns how many parts are the same word, -1 where the path does not fit. */
        int literals(String[] path) {
            int literals = 0;
            for (int i = 0; i < parts.length; i++) {
                if (parts[i].equals(path[i])) {
                    literals++;
                } else if (!parts[i].startsWith("{") || path[i].isEmpty()) {
                    return -1;
                }
            }
            return literals;
        }
    }
}
