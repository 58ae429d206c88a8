package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.PercentText;
import org.almagest.io.stac.route.Rel;

/**
 * A part of a list of collections.
 *
 * @param views the collections of this page
 * @param next where the page after begins, as a token
 */
record CollectionPage(List<CollectionView> views, Optional<String> next) {
    private static final String TOKEN = "token";
    private static final List<String> FORM = List.of("limit", TOKEN, "f", "fields");

    /** Returns the page that a request asks for, of all that it finds. */
    static CollectionPage of(Call call, List<CollectionView> found, long limit) {
        Object[] request = call.parameters().names().stream()
                .filter(name -> !FORM.contains(name))
                .map(name -> name + "=" + call.parameters().text(name).orElse(""))
                .toArray();
        int from = call.parameters()
                .read(TOKEN, text -> CollectionToken.parse(text, request))
                .map(token -> token.start(found))
                .orElse(0);
        int to = (int) Math.min(found.size(), from + limit);
        Optional<String> next = Optional.empty();
        if (to < found.size()) {
            next = Optional.of(new CollectionToken(to, found.get(to - 1).place().stacId()).text(request));
        }
        return new CollectionPage(found.subList(from, to), next);
    }

    void append(BiConsumer<CollectionView, ByteSink> text, ByteSink out) {
        for (int i = 0; i < views.size(); i++) {
            text.accept(views.get(i), i == 0 ? out : out.put(','));
        }
    }

    /** Returns the link to the page after, if there is one. */
    Optional<Link> next(Call call) {
        return next.map(token ->
                Link.of(Rel.NEXT, MediaType.JSON, withToken(call, token)).titled("Next page"));
    }

    private static String withToken(Call call, String token) {
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
