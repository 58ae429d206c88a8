package org.almagest.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.AggregationScope;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.aggregate.GridRule;
import org.almagest.geo.Footprint;
import org.almagest.internal.value.SortValues;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;

/** Aggregations worked out from their definition: every row by itself, with java.time and JTS. */
final class PlainAggregates implements Aggregation.Visitor<Aggregate> {
    private static final String BASE_32 = "0123456789bcdefghjkmnpqrstuvwxyz";

    /** Longer than a bucket of each unit ever is. */
    private static final List<Duration> LONGEST = List.of(
            Duration.ofSeconds(2),
            Duration.ofMinutes(2),
            Duration.ofHours(2),
            Duration.ofDays(3),
            Duration.ofDays(9),
            Duration.ofDays(33),
            Duration.ofDays(94),
            Duration.ofDays(368));

    private final List<Matched> rows;
    private final Limits limits;

    /** A row that matches, with the schema that it is read with. */
    record Matched(ModelState.Row row, DatasetSchema schema) {}

    PlainAggregates(List<Matched> rows, Limits limits) {
        this.rows = rows;
        this.limits = limits;
    }

    @Override
    public Aggregate count(Aggregation.Count wanted) {
        return new Aggregate.Total(rows.size());
    }

    private List<Object> values(String field) {
        List<Object> values = new ArrayList<>();
        for (Matched matched : rows) {
            PlainOrder.value(matched.row().stored(), matched.schema(), field).ifPresent(value -> {
                values.add(plain(value));
            });
        }
        return values;
    }

    /** Returns integers as Long or Uint64, floats as Double without a sign of zero, enum values as names. */
    private static Object plain(Object value) {
        if (value instanceof Integer) {
            return Long.valueOf((Integer) value);
        } else if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            return number == 0 ? 0.0 : number;
        } else if (value instanceof Uint64 number) {
            BigInteger exact = number.toBigInteger();
            return exact.bitLength() < Long.SIZE ? (Object) exact.longValueExact() : number;
        }
        return value instanceof EnumValue ? ((EnumValue) value).name() : value;
    }

    private static final Comparator<Object> ORDER =
            (left, right) -> PlainOrder.compare(left, right, SortOrder.ASCENDING);

    /** Returns the integer of two equal values, if one is. */
    private static Object better(Object one, Object other) {
        return one instanceof Double ? other : one;
    }

    @Override
    public Aggregate range(Aggregation.Range wanted) {
        List<Object> values = values(wanted.field());
        return values.isEmpty()
                ? Aggregate.Extremes.none()
                : Aggregate.Extremes.of(extreme(values, ORDER), extreme(values, ORDER.reversed()));
    }

    private static Object extreme(List<Object> values, Comparator<Object> order) {
        return values.stream()
                .min(order)
                .map(least -> values.stream()
                        .filter(value -> order.compare(value, least) == 0)
                        .reduce(PlainAggregates::better)
                        .orElseThrow())
                .orElseThrow();
    }

    @Override
    public Aggregate distinct(Aggregation.Distinct wanted) {
        TreeMap<Object, Object> forms = new TreeMap<>(ORDER);
        TreeMap<Object, Long> counts = new TreeMap<>(ORDER);
        for (Object value : values(wanted.field())) {
            forms.merge(value, value, PlainAggregates::better);
            counts.merge(value, 1L, Long::sum);
        }
        long bytes = forms.keySet().stream().mapToLong(SortValues::heapBytes).sum();
        Limits.check("aggregate: " + wanted + ": bytes", "bucketBytesMax", bytes, limits.bucketBytesMax());
        List<Bucket> buckets = new ArrayList<>();
        counts.forEach((value, count) -> {
            Object form = Objects.requireNonNull(forms.get(value));
            buckets.add(new Bucket(text(form), form, count));
        });
        buckets.sort(Comparator.comparing(Bucket::count).reversed());
        return bounded(wanted, buckets);
    }

    private static String text(Object value) {
        if (value instanceof Double number && Double.isFinite(number) && number == Math.rint(number)) {
            String digits = new BigDecimal(number).toBigInteger().toString();
            if (digits.length() <= 15) {
                return digits;
            }
        }
        return value instanceof Double number
                        && Double.isFinite(number)
                        && !(Math.abs(number) > 1e-5 && Math.abs(number) < 1e6)
                ? Bucket.ofValue(value, 1).key()
                : value.toString();
    }

    private Aggregate bounded(Aggregation wanted, List<Bucket> buckets) {
        checkBound(wanted, buckets);
        return new Aggregate.Buckets(buckets);
    }

    private void checkBound(Aggregation wanted, List<Bucket> buckets) {
        if (buckets.size() > limits.bucketsMax()) {
            throw AggregationScope.tooManyBuckets(wanted, limits.bucketsMax());
        }
    }

    @Override
    public Aggregate histogram(Aggregation.Histogram wanted) {
        TreeMap<Instant, Long> counts = new TreeMap<>();
        for (Matched matched : rows) {
            counts.merge(start(matched.row().stored().time(), wanted.unit(), wanted.zone()), 1L, Long::sum);
        }
        List<Bucket> buckets = new ArrayList<>();
        if (!counts.isEmpty()) {
            Instant last = counts.lastKey();
            Duration longest = LONGEST.get(wanted.unit().ordinal());
            if (Duration.between(counts.firstKey(), last).dividedBy(longest) > limits.bucketsMax()) {
                throw AggregationScope.tooManyBuckets(wanted, limits.bucketsMax());
            }
            for (Instant at = counts.firstKey(); !at.isAfter(last); at = following(at, wanted)) {
                buckets.add(new Bucket(rfc3339(at, wanted.zone()), at, counts.getOrDefault(at, 0L)));
                checkBound(wanted, buckets);
            }
        }
        return new Aggregate.Buckets(buckets);
    }

    /** Returns the last start of a bucket at or before an instant. */
    private static Instant start(Instant time, CalendarUnit unit, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        if (unit.compareTo(CalendarUnit.HOUR) <= 0) {
            ChronoUnit chrono = ChronoUnit.valueOf(unit.name() + "S");
            Instant whole = local.toLocalDateTime().truncatedTo(chrono).toInstant(local.getOffset());
            ZoneOffsetTransition change = zone.getRules().previousTransition(time.plusNanos(1));
            return change != null && change.getInstant().isAfter(whole) ? change.getInstant() : whole;
        }
        LocalDate date = first(local.toLocalDate(), unit);
        while (!dayStart(next(date, unit), zone).isAfter(time)) {
            date = next(date, unit);
        }
        return dayStart(date, zone);
    }

    private static Instant dayStart(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static LocalDate first(LocalDate date, CalendarUnit unit) {
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.with(TemporalAdjusters.firstDayOfMonth());
            case QUARTER -> LocalDate.of(date.getYear(), List.of(1, 4, 7, 10).get((date.getMonthValue() - 1) / 3), 1);
            case YEAR -> LocalDate.ofYearDay(date.getYear(), 1);
            default -> date;
        };
    }

    private static LocalDate next(LocalDate date, CalendarUnit unit) {
        return switch (unit) {
            case WEEK -> date.plusWeeks(1);
            case MONTH -> date.plusMonths(1);
            case QUARTER -> date.plusMonths(3);
            case YEAR -> date.plusYears(1);
            default -> date.plusDays(1);
        };
    }

    /** Returns the next start of a bucket. */
    private static Instant following(Instant start, Aggregation.Histogram wanted) {
        ZonedDateTime local = start.atZone(wanted.zone());
        if (wanted.unit().compareTo(CalendarUnit.HOUR) <= 0) {
            ChronoUnit chrono = ChronoUnit.valueOf(wanted.unit().name() + "S");
            LocalDateTime whole = local.toLocalDateTime().truncatedTo(chrono).plus(1, chrono);
            Instant next = whole.toInstant(local.getOffset());
            ZoneOffsetTransition change = wanted.zone().getRules().nextTransition(start);
            return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
        }
        LocalDate date = first(local.toLocalDate(), wanted.unit());
        while (!dayStart(date, wanted.zone()).isAfter(start)) {
            date = next(date, wanted.unit());
        }
        return dayStart(date, wanted.zone());
    }

    private static String rfc3339(Instant start, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(start);
        long minutes = Math.round(offset.getTotalSeconds() / 60.0);
        ZonedDateTime local = start.atZone(ZoneOffset.ofTotalSeconds((int) minutes * 60));
        String text = local.toLocalDate() + "T" + local.toLocalTime();
        return text
                + (local.getSecond() == 0 ? ":00" : "")
                + (minutes == 0 ? "Z" : local.getOffset().getId());
    }

    @Override
    public Aggregate geohashGrid(Aggregation.GeohashGrid wanted) {
        Map<String, Long> counts = new HashMap<>();
        for (Matched matched : rows) {
            Footprint footprint = matched.row().footprint();
            if (footprint == null) {
                continue;
            }
            List<String> cells = wanted.rule() == GridRule.CENTROID
                    ? List.of(cell(footprint.centroid(), wanted.precision()))
                    : meeting(footprint.cut(), wanted);
            cells.forEach(cell -> counts.merge(cell, 1L, Long::sum));
        }
        List<Bucket> buckets = new ArrayList<>();
        new TreeMap<>(counts).forEach((cell, count) -> buckets.add(new Bucket(cell, cell, count)));
        return bounded(wanted, buckets);
    }

    /** Returns the cell that holds a position, halving the world bit by bit. */
    private static String cell(Coordinate at, int precision) {
        StringBuilder text = new StringBuilder();
        Envelope cell = new Envelope(-180, 180, -90, 90);
        int character = 0;
        for (int bit = 0; bit < 5 * precision; bit++) {
            boolean byLongitude = bit % 2 == 0;
            double middle = byLongitude ? cell.centre().x : cell.centre().y;
            boolean upper = (byLongitude ? at.x : at.y) >= middle;
            cell = half(cell, byLongitude, upper);
            character = 2 * character + (upper ? 1 : 0);
            if (bit % 5 == 4) {
                text.append(BASE_32.charAt(character));
                character = 0;
            }
        }
        return text.toString();
    }

    private static Envelope half(Envelope whole, boolean byLongitude, boolean upper) {
        Coordinate middle = Objects.requireNonNull(whole.centre());
        if (byLongitude) {
            return new Envelope(
                    upper ? middle.x : whole.getMinX(),
                    upper ? whole.getMaxX() : middle.x,
                    whole.getMinY(),
                    whole.getMaxY());
        }
        return new Envelope(
                whole.getMinX(),
                whole.getMaxX(),
                upper ? middle.y : whole.getMinY(),
                upper ? whole.getMaxY() : middle.y);
    }

    /** Returns every cell that a geometry meets, asking JTS about each cell of its envelope. */
    private List<String> meeting(Geometry cut, Aggregation.GeohashGrid wanted) {
        List<String> met = new ArrayList<>();
        collect("", new Envelope(-180, 180, -90, 90), cut, wanted, met);
        return met;
    }

    private void collect(String text, Envelope cell, Geometry cut, Aggregation.GeohashGrid wanted, List<String> met) {
        // A cell ends right before its eastern and northern side, unless that is the end of the world.
        Envelope held = new Envelope(
                cell.getMinX(),
                cell.getMaxX() < 180 ? Math.nextDown(cell.getMaxX()) : 180,
                cell.getMinY(),
                cell.getMaxY() < 90 ? Math.nextDown(cell.getMaxY()) : 90);
        if (!held.intersects(cut.getEnvelopeInternal())) {
            return;
        }
        if (text.length() == wanted.precision()) {
            if (RelateNG.relate(new GeometryFactory().toGeometry(held), cut, RelatePredicate.intersects())) {
                met.add(text);
            }
            if (met.size() > limits.bucketsMax()) {
                throw AggregationScope.tooManyBuckets(wanted, limits.bucketsMax());
            }
            return;
        }
        for (int character = 0; character < 32; character++) {
            Envelope part = cell;
            for (int bit = 0; bit < 5; bit++) {
                part = half(part, (text.length() + bit) % 2 == 0, (character >> (4 - bit) & 1) == 1);
            }
            collect(text + BASE_32.charAt(character), part, cut, wanted, met);
        }
    }
}
