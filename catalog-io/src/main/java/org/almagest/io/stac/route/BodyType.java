package org.almagest.io.stac.route;

import java.util.Optional;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;

/** The media type of the body of a request. */
public final class BodyType {
    private BodyType() {}

    /**
     * Returns which of the media types that its route takes a body has; the first where the request does not say.
     *
     * @throws ProblemException if it has another one, or another charset than UTF-8, 415
     */
    public static String of(Call call) {
        Optional<String> given = call.request().headers().first("content-type");
        if (given.isEmpty() || given.get().isBlank()) {
            return call.route().consumes().get(0);
        }
        String bare = MediaType.bare(given.get());
        boolean utf8 = MediaType.parameter(given.get(), "charset")
                .map(charset -> charset.equalsIgnoreCase("utf-8"))
                .orElse(true);
        return call.route().consumes().stream()
                .filter(type -> utf8 && type.equals(bare))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        415,
                        "UNSUPPORTED_MEDIA_TYPE",
                        "content-type: " + Quoted.text(given.get()) + " (expected one of: "
                                + String.join(", ", call.route().consumes()) + "; in UTF-8)"));
    }
}
