package org.almagest.io.stac.api;

import java.util.List;
import java.util.function.Supplier;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Conformance;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.RouteTable;

/** Lists what the API conforms to. */
final class ConformanceHandler implements Handler {
    private final Supplier<RouteTable> table;

    ConformanceHandler(Supplier<RouteTable> table) {
        this.table = table;
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.JSON));
        ByteSink out = new ByteSink();
        out.put('{');
        append(out, table.get());
        return Documents.answer(call.request(), mediaType, out.put('}').toByteArray(), Caching.MINUTE);
    }

    /** Appends the member {@code conformsTo}; the same for the landing page. */
    static void append(ByteSink out, RouteTable table) {
        out.ascii("\"conformsTo\":[");
        String separator = "";
        for (String uri : Conformance.of(table)) {
            out.ascii(separator).json(uri);
            separator = ",";
        }
        out.put(']');
    }
}
