package org.almagest.io.stac.html;

import java.util.Map;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;

/** Shows a collection. */
public final class CollectionPage extends HtmlPage {
    /** Creates it. */
    public CollectionPage() {}

    @Override
    String title(JsonObject answer) {
        String title = text(answer, "title");
        return title.isEmpty() ? text(answer, "id") : title;
    }

    @Override
    void body(JsonObject answer, HtmlText out) {
        out.element("p", text(answer, "description"));
        out.open("p")
                .link(linkOf(answer, "items"), text(answer, "itemCount") + " items")
                .close("p");
        out.open("table");
        for (Map.Entry<String, JsonValue> member : answer.members().entrySet()) {
            boolean shown = !member.getKey().equals("links") && !member.getKey().equals("description");
            if (shown) {
                out.row(member.getKey(), text(member.getValue()));
            }
        }
        out.close("table");
        links(answer, out);
    }

    /** Appends the links that are none of the API's own. */
    static void links(JsonObject answer, HtmlText out) {
        out.element("h2", "Links").open("ul");
        if (answer.member("links") instanceof JsonArray links) {
            for (JsonValue link : links.elements()) {
                if (link instanceof JsonObject object) {
                    String title = text(object, "title");
                    out.open("li").text(text(object, "rel") + ": ");
                    out.foreignLink(text(object, "href"), title.isEmpty() ? text(object, "href") : title)
                            .close("li");
                }
            }
        }
        out.close("ul");
    }
}
