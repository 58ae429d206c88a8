package org.almagest.io.stac.item;

import java.util.Set;
import org.almagest.io.stac.exchange.ByteSink;

/** The members of an object while they are written. One thread. */
final class Members {
    /** The members of an item that are written in any case. */
    static final Set<String> WRITTEN = Set.of(
            "type",
            "stac_version",
            "stac_extensions",
            "id",
            "geometry",
            "bbox",
            "collection",
            "properties",
            "links",
            "assets");

    private final ByteSink out;
    private boolean first = true;

    /** Begins the object. */
    Members(ByteSink out) {
        this.out = out.put('{');
    }

    ByteSink begin(String name) {
        next().json(name).put(':');
        return out;
    }

    /** @param quoted the name in quotes and a colon */
    ByteSink begin(byte[] quoted) {
        return next().put(quoted);
    }

    private ByteSink next() {
        if (!first) {
            out.put(',');
        }
        first = false;
        return out;
    }
}
