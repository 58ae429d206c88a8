package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.almagest.aggregate.Aggregation;
import org.almagest.explain.Explanation.Fact;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.Wkt;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.SpatialFilter;
import org.almagest.query.cql2.Cql2Text;

/** A query as the engine understands it, in words. */
final class QueryFacts {
    private static final int TEXT_LENGTH_MAX = 1_000;

    private QueryFacts() {}

    static List<Fact> of(Query query, long version, Limits limits) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "time",
                query.interval().map(TimeInterval::toString).orElse("all")
                        + (query.interval().isPresent() ? " by " + query.timeMatch() : "")));
        query.spatial().ifPresent(spatial -> addArea(facts, spatial, limits));
        query.filter().ifPresent(filter -> facts.add(new Fact("filter", shortened(Cql2Text.print(filter)))));
        String sort = query.sort().stream()
                .map(key -> (key.order() == SortOrder.DESCENDING ? "-" : "") + key.field())
                .collect(Collectors.joining(", "));
        String turned = !sort.isEmpty() && query.isReversed() ? " reversed" : "";
        facts.add(new Fact("order", (sort.isEmpty() ? "" : sort + turned + ", ") + "id " + query.order()));
        query.limit().ifPresent(rows -> facts.add(new Fact("limit", Long.toString(rows))));
        query.pageToken().ifPresent(token -> facts.add(new Fact("after", token.toString())));
        query.selection().ifPresent(fields -> facts.add(new Fact("fields", shortened(String.join(", ", fields)))));
        facts.add(new Fact("version", Long.toString(version)));
        return facts;
    }

    static Fact of(List<Aggregation> wanted) {
        return new Fact(
                "aggregates", shortened(wanted.stream().map(Object::toString).collect(Collectors.joining("; "))));
    }

    private static void addArea(List<Fact> facts, SpatialFilter spatial, Limits limits) {
        Footprint footprint = spatial.box()
                .map(Footprint::ofBox)
                .orElseGet(() -> AntimeridianCut.of(limits)
                        .reading(spatial.antimeridian())
                        .footprint(spatial.geometry().orElseThrow()));
        facts.add(new Fact(
                "area",
                spatial.predicate() + " " + spatial.coordinates() + " " + shortened(Wkt.write(footprint.cut()))));
        facts.add(new Fact("area_box", footprint.planarBox().toString()));
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "…";
    }
}
