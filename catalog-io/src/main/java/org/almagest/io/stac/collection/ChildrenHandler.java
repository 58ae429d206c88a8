package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;

/** Lists what the landing page holds: the collections. */
public final class ChildrenHandler implements Handler {
    private final CollectionViews views;

    /** Lists what these show. */
    public ChildrenHandler(CollectionViews views) {
        this.views = views;
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.JSON));
        long limit = CollectionSearch.limit(call.parameters(), views.limits().collectionsMax(), views.limits());
        CollectionPage page = new CollectionPage(call, views, views.all(call.caller()), Optional.empty());
        ByteSink out = new ByteSink();
        out.ascii("{\"children\":[");
        page.append(limit, new CollectionText(call.links())::append, out);
        out.ascii("],\"links\":");
        List<Link> links = new ArrayList<>();
        links.add(call.links().root().titled("Landing page"));
        links.add(call.links().self(call, mediaType).titled("Children"));
        links.addAll(page.links());
        Link.append(links, out);
        return Documents.answer(call.request(), mediaType, out.put('}').toByteArray(), Caching.REVALIDATE);
    }
}
