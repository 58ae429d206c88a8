package org.almagest.io.stac.html;

import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Shows an answer in JSON to people. Stateless. */
public abstract class HtmlPage {
    HtmlPage() {}

    /**
     * Returns the page.
     *
     * @param answer the same answer as JSON
     * @param base where the API is
     */
    public final byte[] show(JsonObject answer, String base) {
        String title = title(answer);
        HtmlText out = new HtmlText(title);
        out.open("nav").link(base.isEmpty() ? "/" : base, "Start").text(" · ");
        out.link(base + "/collections", "Collections").text(" · ");
        out.link(base + "/api.html", "API").text(" · ");
        String self = linkOf(answer, "self");
        if (!self.isEmpty()) {
            out.link(asJson(self), "JSON");
        }
        out.close("nav").element("h1", title);
        body(answer, out);
        return out.toBytes();
    }

    abstract String title(JsonObject answer);

    abstract void body(JsonObject answer, HtmlText out);

    private static String asJson(String href) {
        String plain = href.replaceAll("([?&])f=[^&]*&?", "$1").replaceAll("[?&]$", "");
        return plain + (plain.contains("?") ? "&" : "?") + "f=json";
    }

    /** Returns text or JSON of a member; empty where there is none. */
    static String text(JsonObject object, String name) {
        return text(object.member(name));
    }

    static String text(@Nullable JsonValue value) {
        if (value == null) {
            return "";
        }
        return value instanceof JsonString text ? text.value() : CanonicalJson.text(value);
    }

    /** Returns the address of the link of a relation; empty where there is none. */
    static String linkOf(JsonObject answer, String rel) {
        if (answer.member("links") instanceof JsonArray links) {
            for (JsonValue link : links.elements()) {
                if (link instanceof JsonObject object && text(object, "rel").equals(rel)) {
                    return text(object, "href");
                }
            }
        }
        return "";
    }

    /** Appends links to the pages before and after. */
    static void pages(JsonObject answer, HtmlText out) {
        out.open("p");
        for (String rel : new String[] {"prev", "next"}) {
            String href = linkOf(answer, rel);
            if (!href.isEmpty()) {
                out.link(href, rel.equals("prev") ? "Previous page" : "Next page")
                        .text(" ");
            }
        }
        out.close("p");
    }
}
