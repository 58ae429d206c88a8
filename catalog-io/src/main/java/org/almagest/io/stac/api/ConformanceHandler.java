package org.almagest.io.stac.api;

import java.util.List;
import java.util.function.Function;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;

/** Lists what the API conforms to. */
final class ConformanceHandler implements Handler {
    private final Function<Call, List<String>> classes;

    ConformanceHandler(Function<Call, List<String>> classes) {
        this.classes = classes;
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.JSON));
        ByteSink out = new ByteSink();
        out.put('{');
        append(out, classes.apply(call));
        return Documents.answer(call.request(), mediaType, out.put('}').toByteArray(), Caching.MINUTE);
    }

    /** Appends the member {@code conformsTo}; the same for the landing page. */
    static void append(ByteSink out, List<String> classes) {
        out.ascii("\"conformsTo\":[");
        String separator = "";
        for (String uri : classes) {
            out.ascii(separator).json(uri);
            separator = ",";
        }
        out.put(']');
    }
}
