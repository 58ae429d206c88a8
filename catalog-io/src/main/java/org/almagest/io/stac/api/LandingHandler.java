package org.almagest.io.stac.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Rel;
import org.almagest.io.stac.route.RouteTable;

/** The landing page: a STAC catalog that says what the API conforms to and where everything is. */
final class LandingHandler implements Handler {
    private final StacOptions options;
    private final Supplier<RouteTable> table;
    private final Function<Call, List<String>> classes;
    private final Function<Call, List<Link>> children;

    /**
     * Creates it.
     *
     * @param classes what the API conforms to
     * @param children the links to the collections that a caller may see
     */
    LandingHandler(
            StacOptions options,
            Supplier<RouteTable> table,
            Function<Call, List<String>> classes,
            Function<Call, List<Link>> children) {
        this.options = options;
        this.table = table;
        this.classes = classes;
        this.children = children;
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.JSON));
        ByteSink out = new ByteSink();
        out.ascii("{\"type\":\"Catalog\",\"stac_version\":\"1.1.0\",\"id\":").json(options.id());
        out.ascii(",\"title\":").json(options.title());
        out.ascii(",\"description\":").json(options.description()).put(',');
        ConformanceHandler.append(out, classes.apply(call));
        out.ascii(",\"links\":");
        List<Link> links = links(call.links());
        links.addAll(children.apply(call));
        Link.append(links, out);
        return Documents.answer(call.request(), mediaType, out.put('}').toByteArray(), Caching.REVALIDATE);
    }

    private List<Link> links(Links to) {
        List<Link> links = new ArrayList<>();
        links.add(to.root().titled(options.title()));
        links.add(Link.of(Rel.SELF, MediaType.JSON, to.base()).titled("This page"));
        add(
                links,
                "/conformance",
                Link.of("conformance", MediaType.JSON, to.to("/conformance")),
                "Conformance classes");
        add(links, "/api", Link.of("service-desc", MediaType.OPENAPI, to.to("/api")), "Description of the API");
        add(links, "/api.html", Link.of("service-doc", "text/html", to.to("/api.html")), "Documentation of the API");
        add(links, "/collections", Link.of(Rel.DATA, MediaType.JSON, to.to("/collections")), "Collections");
        add(links, "/children", Link.of("children", MediaType.JSON, to.to("/children")), "Children");
        Link search = Link.of(Rel.SEARCH, MediaType.GEOJSON, to.to("/search"));
        add(links, "/search", search.by("GET"), "Search by parameters");
        add(links, "/search", search.by("POST"), "Search by document");
        add(links, "/queryables", Link.of(Rel.QUERYABLES, MediaType.SCHEMA, to.to("/queryables")), "Queryables");
        add(links, "/sortables", Link.of(Rel.SORTABLES, MediaType.SCHEMA, to.to("/sortables")), "Sortables");
        add(links, "/aggregate", Link.of("aggregate", MediaType.JSON, to.to("/aggregate")), "Aggregate");
        add(links, "/aggregations", Link.of("aggregations", MediaType.JSON, to.to("/aggregations")), "Aggregations");
        return links;
    }

    private void add(List<Link> links, String template, Link link, String title) {
        if (table.get().has("GET " + template)) {
            links.add(link.titled(title));
        }
    }
}
