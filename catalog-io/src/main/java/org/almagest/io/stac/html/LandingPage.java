package org.almagest.io.stac.html;

import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;

/** Shows the landing page. */
public final class LandingPage extends HtmlPage {
    /** Creates it. */
    public LandingPage() {}

    @Override
    String title(JsonObject answer) {
        return text(answer, "title");
    }

    @Override
    void body(JsonObject answer, HtmlText out) {
        out.element("p", text(answer, "description"))
                .element("h2", "Collections")
                .open("ul");
        if (answer.member("links") instanceof JsonArray links) {
            for (JsonValue link : links.elements()) {
                if (link instanceof JsonObject object && text(object, "rel").equals("child")) {
                    out.open("li")
                            .link(text(object, "href"), text(object, "title"))
                            .close("li");
                }
            }
        }
        out.close("ul");
    }
}
