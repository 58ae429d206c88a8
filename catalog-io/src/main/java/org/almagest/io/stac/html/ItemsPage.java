package org.almagest.io.stac.html;

import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;

/** Shows a page of items. */
public final class ItemsPage extends HtmlPage {
    /** Creates it. */
    public ItemsPage() {}

    @Override
    String title(JsonObject answer) {
        return "Items";
    }

    @Override
    void body(JsonObject answer, HtmlText out) {
        String matched = text(answer, "numberMatched");
        out.element("p", text(answer, "numberReturned") + " items" + (matched.isEmpty() ? "" : " of " + matched));
        out.open("table")
                .open("tr")
                .element("th", "Item")
                .element("th", "Collection")
                .element("th", "Time");
        out.close("tr");
        if (answer.member("features") instanceof JsonArray features) {
            for (JsonValue value : features.elements()) {
                if (value instanceof JsonObject item) {
                    out.open("tr")
                            .open("td")
                            .link(linkOf(item, "self"), text(item, "id"))
                            .close("td");
                    out.element("td", text(item, "collection"))
                            .element("td", time(item))
                            .close("tr");
                }
            }
        }
        out.close("table");
        pages(answer, out);
    }

    private static String time(JsonObject item) {
        return item.member("properties") instanceof JsonObject properties ? text(properties, "datetime") : "";
    }
}
