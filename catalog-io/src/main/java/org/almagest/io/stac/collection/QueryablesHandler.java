package org.almagest.io.stac.collection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
import org.almagest.schema.DatasetSchema;

/** Says what filters can name, or what answers can be sorted by: in one collection, or in all that may be seen. */
public final class QueryablesHandler implements Handler {
    private final CollectionViews views;
    private final String title;
    private final Function<List<DatasetSchema>, Map<String, String>> properties;

    private QueryablesHandler(
            CollectionViews views, String title, Function<List<DatasetSchema>, Map<String, String>> properties) {
        this.views = views;
        this.title = title;
        this.properties = properties;
    }

    /** Says what filters can name. */
    public static QueryablesHandler queryables(CollectionViews views) {
        return new QueryablesHandler(views, "Queryables", Queryables::filterable);
    }

    /** Says what answers can be sorted by. */
    public static QueryablesHandler sortables(CollectionViews views) {
        return new QueryablesHandler(views, "Sortables", Queryables::sortable);
    }

    @Override
    public StacResponse handle(Call call) {
        String mediaType = call.represented(List.of(MediaType.SCHEMA, MediaType.JSON));
        boolean isOne = call.path().containsKey(CollectionHandler.COLLECTION_ID);
        ByteSink out = new ByteSink();
        out.ascii("{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\",\"$id\":");
        out.json(call.links().to(call.request().target()));
        out.ascii(",\"type\":\"object\",\"title\":");
        List<DatasetSchema> schemas;
        if (isOne) {
            Place place = views.place(call.caller(), call.path(CollectionHandler.COLLECTION_ID));
            schemas = List.of(views.collection(place).dataset().schema());
            out.json(title + " of " + place.stacId());
        } else {
            schemas = schemas(call);
            out.json(title);
        }
        Members members = new Members();
        properties.apply(schemas).forEach(members::put);
        out.ascii(",\"properties\":");
        members.appendTo(out);
        out.ascii(",\"additionalProperties\":false}");
        return Documents.answer(call.request(), mediaType, out.toByteArray(), Caching.MINUTE);
    }

    /** The datasets of the collections that are named, or of all; unknown ones are no error, as in a search. */
    private List<DatasetSchema> schemas(Call call) {
        Visible visible = views.visibleTo(call.caller());
        Set<String> slugs = new LinkedHashSet<>();
        call.parameters()
                .text("collections")
                .ifPresentOrElse(
                        ids -> List.of(ids.split(",", -1))
                                .forEach(id -> visible.place(id).ifPresent(place -> slugs.add(place.slug()))),
                        () -> visible.all().forEach(place -> slugs.add(place.slug())));
        return slugs.stream()
                .flatMap(slug -> views.catalog().findDataset(slug).stream())
                .map(Dataset::schema)
                .toList();
    }
}
