package org.almagest.io.stac.api;

import java.util.List;
import java.util.function.Supplier;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.html.ApiPage;
import org.almagest.io.stac.html.HtmlText;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.OpenApiDocument;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.route.RouteTable;

/** The addresses of the description of the API, for programs and for people. */
final class ApiRoutes {
    private static final Parameter FORMAT =
            Parameter.of(Call.FORMAT, "{\"type\":\"string\"}", "Media type of the answer, in the place of Accept");

    private final StacOptions options;
    private final Supplier<RouteTable> table;

    ApiRoutes(StacOptions options, Supplier<RouteTable> table) {
        this.options = options;
        this.table = table;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api", this::document)
                        .summed("This description")
                        .taking(FORMAT)
                        .producing(MediaType.OPENAPI, MediaType.JSON)
                        .answering(200, 304, 400, 406, 412),
                Route.get("/api.html", this::page)
                        .summed("This description for people")
                        .producing(MediaType.HTML)
                        .answering(200, 304, 400, 406, 412));
    }

    private StacResponse document(Call call) {
        String mediaType = call.represented(List.of(MediaType.OPENAPI, MediaType.JSON));
        OpenApiDocument document = new OpenApiDocument(options.title(), options.description(), table.get());
        return Documents.answer(call.request(), mediaType, document.toBytes(call.links()), Caching.MINUTE);
    }

    private StacResponse page(Call call) {
        call.represented(List.of(MediaType.HTML));
        byte[] page = ApiPage.show(options.title(), table.get(), call.links());
        return Documents.answer(call.request(), MediaType.HTML, page, Caching.MINUTE)
                .with("content-security-policy", HtmlText.SECURITY_POLICY);
    }
}
