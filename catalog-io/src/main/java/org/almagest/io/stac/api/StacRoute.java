package org.almagest.io.stac.api;

import java.util.Set;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacMethod;

/**
 * One address with one method: what it needs and what it takes; for tests of all of them, and for adapters.
 *
 * @param method the method; GET stands for HEAD too
 * @param template the path, such as {@code /collections/{collectionId}}
 * @param access what the caller must be allowed to
 * @param parameters the names of the parameters it takes
 * @param mediaTypes the media types it answers
 * @param bodyBytesMax bytes of its body at most; 0 where it takes none
 */
public record StacRoute(
        StacMethod method,
        String template,
        StacAccess access,
        Set<String> parameters,
        Set<String> mediaTypes,
        long bodyBytesMax) {
    /** Copies the sets. */
    public StacRoute {
        parameters = Set.copyOf(parameters);
        mediaTypes = Set.copyOf(mediaTypes);
    }
}
