package org.almagest.io.stac.html;

import java.util.Map;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;

/** Shows an item. */
public final class ItemPage extends HtmlPage {
    /** Creates it. */
    public ItemPage() {}

    @Override
    String title(JsonObject answer) {
        return text(answer, "id");
    }

    @Override
    void body(JsonObject answer, HtmlText out) {
        out.open("table");
        out.row("collection", text(answer, "collection")).row("bbox", text(answer, "bbox"));
        if (answer.member("properties") instanceof JsonObject properties) {
            for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
                out.row(property.getKey(), text(property.getValue()));
            }
        }
        out.row("geometry", text(answer, "geometry"))
                .close("table")
                .element("h2", "Assets")
                .open("ul");
        if (answer.member("assets") instanceof JsonObject assets) {
            for (Map.Entry<String, JsonValue> asset : assets.members().entrySet()) {
                String href = asset.getValue() instanceof JsonObject object ? text(object, "href") : "";
                out.open("li")
                        .text(asset.getKey() + ": ")
                        .foreignLink(href, href)
                        .close("li");
            }
        }
        out.close("ul");
        CollectionPage.links(answer, out);
    }
}
