package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.page.WorkClock;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Rel;

/** Lists collections, all of them or those that are searched for. */
public final class CollectionsHandler implements Handler {
    private final CollectionViews views;

    /** Lists what these show. */
    public CollectionsHandler(CollectionViews views) {
        this.views = views;
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.JSON));
        CollectionSearch search = CollectionSearch.of(call.parameters(), views.limits());
        WorkClock work =
                new WorkClock(views.limits().queryMillisMax(), call.request().cancellation());
        List<Place> found = work.run(() -> search.in(views.all(call.caller()), views::searched, work));
        CollectionPage page = new CollectionPage(call, views, found, Optional.of(search));
        CollectionText text = new CollectionText(call.links());
        ByteSink out = new ByteSink();
        out.ascii("{\"collections\":[");
        int shown = page.append(search.limit(), (view, sink) -> search.append(view, text, sink), out);
        out.ascii("],\"links\":");
        Link.append(links(call, mediaType, page), out);
        out.ascii(",\"numberMatched\":").number(found.size());
        out.ascii(",\"numberReturned\":").number(shown).put('}');
        return Documents.answer(call.request(), mediaType, out.toByteArray(), Caching.REVALIDATE);
    }

    private static List<Link> links(Call call, String mediaType, CollectionPage page) {
        List<Link> links = new ArrayList<>();
        links.add(call.links().root().titled("Landing page"));
        links.add(call.links().self(call, mediaType).titled("Collections"));
        links.add(Link.of(Rel.PARENT, MediaType.JSON, call.links().base()).titled("Landing page"));
        links.addAll(page.links());
        return links;
    }
}
