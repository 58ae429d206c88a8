package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Rel;

/** Writes collections with their links. Immutable. */
final class CollectionText {
    private final Links links;

    CollectionText(Links links) {
        this.links = links;
    }

    /** Appends a collection, as it stands at its own address. */
    void append(CollectionView view, ByteSink out) {
        append(view, links.collection(view.place().stacId()), out);
    }

    /** Appends a collection that was asked for at an address. */
    void append(CollectionView view, String self, ByteSink out) {
        out.put('{');
        view.members().appendInner(out);
        appendLinks(view, self, out);
        out.put('}');
    }

    void appendLinks(CollectionView view, String self, ByteSink out) {
        out.ascii(",\"links\":[");
        String separator = "";
        for (Link link : generated(view, self)) {
            link.appendTo(out.ascii(separator));
            separator = ",";
        }
        for (JsonValue stored : view.links()) {
            out.ascii(separator).utf8(CanonicalJson.text(stored));
            separator = ",";
        }
        out.put(']');
    }

    private List<Link> generated(CollectionView view, String self) {
        String own = links.collection(view.place().stacId());
        String title = view.title();
        List<Link> all = new ArrayList<>();
        all.add(links.root().titled("Landing page"));
        all.add(Link.of(Rel.PARENT, MediaType.JSON, links.base()).titled("Landing page"));
        all.add(Link.of(Rel.SELF, MediaType.JSON, self).titled(title));
        all.add(Link.of(Rel.ITEMS, MediaType.GEOJSON, own + "/items").titled("Items of " + title));
        all.add(Link.of(Rel.QUERYABLES, MediaType.SCHEMA, own + "/queryables").titled("What filters can name"));
        all.add(Link.of(Rel.SORTABLES, MediaType.SCHEMA, own + "/sortables").titled("What answers can be sorted by"));
        all.add(Link.of("aggregate", MediaType.JSON, own + "/aggregate").titled("Counts and histograms"));
        all.add(Link.of("aggregations", MediaType.JSON, own + "/aggregations").titled("What can be aggregated"));
        return all;
    }
}
