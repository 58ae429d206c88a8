package org.almagest.io.stac.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.html.HtmlPage;
import org.almagest.io.stac.html.HtmlText;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Route;

/** Answers in HTML who likes that best, with what another handler says in JSON. */
final class HtmlHandler implements Handler {
    private static final int BYTES_MAX = 16 << 20;
    private static final JsonLimits ANSWER = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final Handler json;
    private final List<String> offers;
    private final HtmlPage page;

    private HtmlHandler(Route route, HtmlPage page) {
        this.json = route.handler();
        List<String> all = new ArrayList<>(route.produces());
        all.add(MediaType.HTML);
        this.offers = List.copyOf(all);
        this.page = page;
    }

    /** Returns a route that answers in HTML too. */
    static Route adding(Route route, HtmlPage page) {
        HtmlHandler handler = new HtmlHandler(route, page);
        return route.answeredBy(handler).producing(handler.offers);
    }

    @Override
    public StacResponse handle(Call call) {
        if (!call.represented(offers).equals(MediaType.HTML)) {
            return json.handle(call);
        }
        StacResponse answer = json.handle(call.asking(offers.get(0)));
        if (answer.status() != 200) {
            return answer;
        }
        byte[] shown = page.show(read(answer), call.links().base());
        return Documents.answer(call.request(), MediaType.HTML, shown, Caching.REVALIDATE)
                .with("content-security-policy", HtmlText.SECURITY_POLICY);
    }

    private static JsonObject read(StacResponse answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (answer) {
            while (answer.body().next(bytes)) {
                if (bytes.size() > BYTES_MAX) {
                    throw ProblemException.invalid("limit", "too many items for a page of HTML (expected fewer)");
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof CatalogException failure) {
                throw failure; // what is read has failed: arrays do not
            }
            throw new IllegalStateException(e);
        }
        return (JsonObject) JsonReader.read(ByteBuffer.wrap(bytes.toByteArray()), ANSWER);
    }
}
