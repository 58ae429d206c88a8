package org.almagest.io.stac.collection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.names.CollectionIds;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.page.PageCursor;
import org.almagest.io.stac.page.PageCursor.Direction;
import org.almagest.io.stac.page.TokenSeal;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.PercentText;
import org.almagest.io.stac.route.Rel;

/**
 * A part of a list of collections. One thread.
 *
 * <p>It goes on after the last collection of the page before, by id; where those are sorted otherwise and that one has
 * gone, where it stood. A page may have fewer than asked for: it ends with the one that makes it large.
 */
final class CollectionPage {
    private static final String TOKEN = "token";
    private static final List<String> FORM = List.of("limit", TOKEN, "f", "fields");
    private static final int BYTES_MAX = 16 << 20;

    private final Call call;
    private final CollectionViews views;
    private final List<Place> found;
    private final boolean sorted;
    private final byte[] sealedFor;
    private int from;
    private int to;

    /** @param search which collections, and in which order */
    CollectionPage(Call call, CollectionViews views, List<Place> found, Optional<CollectionSearch> search) {
        this.call = call;
        this.views = views;
        this.found = found;
        this.sorted = search.filter(CollectionSearch::isSorted).isPresent();
        this.sealedFor = sealedFor(call);
    }

    private static byte[] sealedFor(Call call) {
        StringBuilder request = new StringBuilder();
        for (String name : call.parameters().names()) {
            if (!FORM.contains(name)) {
                String value = call.parameters().text(name).orElse("");
                request.append(name)
                        .append('=')
                        .append(value.length())
                        .append(':')
                        .append(value);
            }
        }
        return TokenSeal.request(
                call.caller().tenant(),
                call.route().template().text(),
                request.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Appends the collections of this page; returns how many. */
    int append(long limit, BiConsumer<CollectionView, ByteSink> text, ByteSink out) {
        begin(limit);
        int bytes = out.size();
        int shown = 0;
        int end = to;
        var look = views.listed();
        for (to = from; to < end && out.size() - bytes < BYTES_MAX; to++) {
            Optional<CollectionView> view = look.apply(found.get(to)); // empty where it was deleted meanwhile
            if (view.isPresent()) {
                text.accept(view.get(), shown == 0 ? out : out.put(','));
                shown++;
            }
        }
        return shown;
    }

    private void begin(long limit) {
        Optional<PageCursor> cursor =
                call.parameters().read(TOKEN, text -> views.seal().open(text, sealedFor));
        if (cursor.filter(at -> at.direction() == Direction.PREVIOUS).isPresent()) {
            to = indexOf(cursor.get());
            from = (int) Math.max(0, to - limit);
        } else {
            from = cursor.map(this::indexOf).orElse(0);
            to = (int) Math.min(found.size(), from + limit);
        }
    }

    /** Where a page begins that goes on from a cursor, or where the one before it ends. */
    private int indexOf(PageCursor cursor) {
        String id = cursor.position();
        int itself = cursor.direction() == Direction.NEXT ? 1 : 0;
        for (int i = 0; i < found.size(); i++) {
            String other = found.get(i).stacId();
            if (other.equals(id)) {
                return i + itself;
            }
            if (!sorted && CollectionIds.byCodePoint(other, id) > 0) {
                return i;
            }
        }
        return sorted ? (int) Math.min(cursor.version(), found.size()) : found.size();
    }

    /** Returns the links to the pages after and before, where there are any; after the page was appended. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        if (to < found.size() && to > 0) {
            links.add(link(Rel.NEXT, Direction.NEXT, to, to - 1).titled("Next page"));
        }
        if (from > 0 && from < found.size()) {
            links.add(link(Rel.PREV, Direction.PREVIOUS, from, from).titled("Previous page"));
        }
        return links;
    }

    private Link link(String rel, Direction direction, int stands, int at) {
        PageCursor cursor = new PageCursor(
                direction, stands, OptionalLong.empty(), 0, found.get(at).stacId());
        return Link.of(rel, MediaType.JSON, withToken(views.seal().seal(cursor, sealedFor)));
    }

    private String withToken(String token) {
        List<String> parts = new ArrayList<>();
        for (String part : call.request().rawQuery().split("&", -1)) {
            if (!part.isEmpty() && !part.startsWith(TOKEN + "=")) {
                parts.add(part);
            }
        }
        parts.add(TOKEN + "=" + PercentText.encode(token));
        return call.links().to(call.request().path() + "?" + String.join("&", parts));
    }
}
