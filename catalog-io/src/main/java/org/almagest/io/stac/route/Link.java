package org.almagest.io.stac.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.model.Json;

/**
 * A link of a document.
 *
 * @param rel what it leads to
 * @param type the media type of that
 * @param href the address, absolute
 * @param more further members, such as the title
 */
public record Link(String rel, String type, String href, Map<String, Json> more) {
    /** Copies the further members. */
    public Link {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** Returns a link without further members. */
    public static Link of(String rel, String type, String href) {
        return new Link(rel, type, href, Map.of());
    }

    /** Returns this link with a title. */
    public Link titled(String title) {
        return and("title", quoted(title));
    }

    /** Returns this link, to be followed by this method. */
    public Link by(String method) {
        return and("method", quoted(method));
    }

    /** Returns this link with a further member. */
    public Link and(String name, Json value) {
        Map<String, Json> both = new LinkedHashMap<>(more);
        both.put(name, value);
        return new Link(rel, type, href, both);
    }

    private static Json quoted(String text) {
        return Json.parse(new ByteSink(text.length() + 16).json(text).toString());
    }

    /** Appends it as JSON. */
    public void appendTo(ByteSink out) {
        out.ascii("{\"rel\":").json(rel).ascii(",\"type\":").json(type);
        out.ascii(",\"href\":").json(href);
        more.forEach((name, value) -> out.put(',').json(name).put(':').utf8(value.text()));
        out.put('}');
    }

    /** Appends an array of links. */
    public static void append(List<Link> links, ByteSink out) {
        out.put('[');
        for (int i = 0; i < links.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            links.get(i).appendTo(out);
        }
        out.put(']');
    }
}
