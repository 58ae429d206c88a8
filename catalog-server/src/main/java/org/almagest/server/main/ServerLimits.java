package org.almagest.server.main;

import java.util.Map;
import org.almagest.server.http.door.HttpLimits;

/** The bounds of the server for those who must not load it. */
public final class ServerLimits {
    private ServerLimits() {}

    /** Returns the bounds of HTTP that hold unless others are set, by name and in order; a new, modifiable map. */
    public static Map<String, Long> http() {
        return HttpLimits.defaults().toMap();
    }
}
