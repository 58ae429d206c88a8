package org.almagest.io.stac.html;

import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;

/** Shows a list of collections. */
public final class CollectionsPage extends HtmlPage {
    /** Creates it. */
    public CollectionsPage() {}

    @Override
    String title(JsonObject answer) {
        return "Collections";
    }

    @Override
    void body(JsonObject answer, HtmlText out) {
        out.element("p", text(answer, "numberMatched") + " collections");
        if (answer.member("collections") instanceof JsonArray collections) {
            for (JsonValue value : collections.elements()) {
                if (value instanceof JsonObject collection) {
                    String title = text(collection, "title");
                    out.open("h2")
                            .link(linkOf(collection, "self"), title.isEmpty() ? text(collection, "id") : title)
                            .close("h2")
                            .element("p", text(collection, "description"));
                }
            }
        }
        pages(answer, out);
    }
}
