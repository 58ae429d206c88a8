package org.almagest.io.stac.aggregation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.Dataset;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.search.SearchServices;
import org.almagest.schema.DatasetSchema;

/** Lists what can be aggregated: in one collection, or in all that may be seen. */
public final class AggregationsHandler implements Handler {
    private final SearchServices services;

    /** Lists what these can aggregate. */
    public AggregationsHandler(SearchServices services) {
        this.services = services;
    }

    @Override
    public StacResponse handle(Call call) {
        Visible visible = services.index().visibleTo(call.caller());
        Optional<Place> collection =
                Optional.ofNullable(call.path().get("collectionId")).map(visible::require);
        String mediaType = call.represented(List.of(MediaType.JSON));
        Set<String> slugs = new LinkedHashSet<>();
        collection.map(List::of).orElseGet(visible::all).forEach(place -> slugs.add(place.slug()));
        List<DatasetSchema> schemas = slugs.stream()
                .flatMap(slug -> services.catalog().findDataset(slug).stream())
                .map(Dataset::schema)
                .toList();
        ByteSink out = new ByteSink();
        out.ascii("{\"type\":\"AggregationCollection\",\"aggregations\":[");
        String separator = "";
        for (AggregationName name : AggregationName.all(schemas)) {
            out.ascii(separator).put('{');
            AggregationText.append(name, out);
            out.put('}');
            separator = ",";
        }
        out.ascii("],\"links\":");
        Link.append(List.of(call.links().root(), call.links().self(call, mediaType)), out);
        return Documents.answer(call.request(), mediaType, out.put('}').toByteArray(), Caching.REVALIDATE);
    }
}
