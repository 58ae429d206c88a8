package org.almagest.bench.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeInterval;
import org.almagest.query.Expression;
import org.almagest.query.FieldOperand;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * One request three ways: as the engine is asked it, as the API is, and as a client sends it.
 *
 * @param query the same rows in the same order, without what a page says beside them
 */
record Asked(Query query, StacMethod method, String target, String body) {
    private static final int PAGE_ROWS = 100;
    private static final int IDS = 20;
    private static final double BOX_DEGREES = 20;
    private static final int DAYS = 1_000;
    private static final GeometryFactory SHAPES = new GeometryFactory();

    /** The five requests that clients of catalogs send most. */
    enum Kind {
        BOX_AND_TIME("box and time, page of 100"),
        IDS("ids, 20 of them"),
        COLLECTION("collection page of 100"),
        CLOUD("CQL2 cloud cover, page of 100"),
        POLYGON("intersects a polygon, page of 100");

        final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /** Returns so many requests of a kind, the same on every run. */
    static List<Asked> of(Kind kind, int count, ServedStore store, long rows) {
        SplittableRandom random = new SplittableRandom(kind.ordinal() + 1);
        List<Asked> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(
                    switch (kind) {
                        case BOX_AND_TIME -> boxAndTime(random);
                        case IDS -> ids(random, store, rows);
                        case COLLECTION -> collection();
                        case CLOUD -> cloud(random);
                        case POLYGON -> polygon(random);
                    });
        }
        return all;
    }

    private static Query page(Query.Builder query) {
        return query.order(SortOrder.DESCENDING).limit(PAGE_ROWS).build();
    }

    private static Asked get(Query.Builder query, String target) {
        return new Asked(page(query), StacMethod.GET, target, "");
    }

    private static TimeInterval month(SplittableRandom random) {
        LocalDate first = LocalDate.of(ServedStore.FIRST_YEAR, 1, 1).plusDays(random.nextInt(DAYS));
        Instant start = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        return TimeInterval.closed(start, first.plusDays(30).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static String datetime(TimeInterval interval) {
        return interval.start() + "/" + interval.end();
    }

    private static Asked boxAndTime(SplittableRandom random) {
        TimeInterval time = month(random);
        double west = random.nextInt(-180, 160);
        double south = random.nextInt(-60, 40);
        BoundingBox box = BoundingBox.of(west, south, west + BOX_DEGREES, south + BOX_DEGREES);
        String bbox = String.format(Locale.ROOT, "%s,%s,%s,%s", west, south, west + BOX_DEGREES, south + BOX_DEGREES);
        return get(
                Query.during(time).match(TimeMatch.EXTENT).intersecting(box),
                "/search?limit=100&bbox=" + bbox + "&datetime=" + datetime(time));
    }

    private static Asked ids(SplittableRandom random, ServedStore store, long rows) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            ids.add(store.itemId(random.nextLong(rows)));
        }
        List<Expression> keys = new ArrayList<>();
        ids.forEach(id -> keys.add(Literal.of(id)));
        Filter filter = new Filter.In(Property.KEY, keys);
        return get(Query.allTime().where(filter), "/search?limit=100&ids=" + String.join(",", ids));
    }

    private static Asked collection() {
        return get(Query.allTime(), "/collections/" + ServedStore.COLLECTION + "/items?limit=100");
    }

    private static Asked cloud(SplittableRandom random) {
        TimeInterval time = month(random);
        String filter = URLEncoder.encode("cloud_cover < 5", StandardCharsets.UTF_8);
        return get(
                Query.during(time)
                        .match(TimeMatch.EXTENT)
                        .where(FieldOperand.field("cloud_cover").lessThan(5)),
                "/search?limit=100&filter-lang=cql2-text&filter=" + filter + "&datetime=" + datetime(time));
    }

    private static Asked polygon(SplittableRandom random) {
        TimeInterval time = month(random);
        double x = random.nextInt(-170, 150);
        double y = random.nextInt(-60, 40);
        double[][] ring = {{x, y}, {x + 20, y + 3}, {x + 17, y + 18}, {x + 8, y + 11}, {x - 4, y + 16}, {x, y}};
        Coordinate[] positions = new Coordinate[ring.length];
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < ring.length; i++) {
            positions[i] = new Coordinate(ring[i][0], ring[i][1]);
            json.append(i == 0 ? "[" : ",[")
                    .append(ring[i][0])
                    .append(',')
                    .append(ring[i][1])
                    .append(']');
        }
        Polygon area = SHAPES.createPolygon(positions);
        String body = "{\"limit\":100,\"datetime\":\"" + datetime(time)
                + "\",\"intersects\":{\"type\":\"Polygon\",\"coordinates\":[[" + json + "]]}}";
        return new Asked(
                page(Query.during(time).match(TimeMatch.EXTENT).intersecting(area)), StacMethod.POST, "/search", body);
    }

    StacRequest request() {
        return StacRequest.of(method, target)
                .with(StacHeaders.NONE.and("content-type", "application/json"))
                .with(body.getBytes(StandardCharsets.UTF_8));
    }

    byte[] sent() {
        return KeepAlive.request(method.name(), "/stac" + target, body);
    }
}
