package org.almagest.io.stac.html;

import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.route.RouteTable;

/** Documents the API from its routes. */
public final class ApiPage {
    private ApiPage() {}

    /** Returns the page. */
    public static byte[] show(String title, RouteTable table, Links links) {
        HtmlText out = new HtmlText(title + ": API");
        out.open("nav").link(links.base(), "Start").text(" · ");
        out.link(links.to("/api"), "OpenAPI 3.0").close("nav");
        out.element("h1", title + ": API");
        for (Route route : table.routes()) {
            out.element("h2", route.toString()).element("p", route.summary());
            out.open("table");
            for (Parameter parameter : route.parameters()) {
                out.row(parameter.name(), parameter.description());
            }
            out.close("table");
            if (!route.consumes().isEmpty()) {
                out.element("p", "Takes " + String.join(", ", route.consumes()));
            }
            if (!route.produces().isEmpty()) {
                out.element("p", "Answers " + String.join(", ", route.produces()));
            }
        }
        return out.toBytes();
    }
}
