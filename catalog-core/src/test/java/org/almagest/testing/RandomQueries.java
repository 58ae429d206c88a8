package org.almagest.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeInterval;
import org.almagest.query.ArrayRelation;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.FieldOperand;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.SpatialRelation;
import org.almagest.query.TimeMatch;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.locationtech.jts.geom.Geometry;

/** Random queries over fields that exist, and sometimes over others. */
final class RandomQueries {
    private static final List<String> PATTERNS = List.of("%", "a%", "_", "%b\\%", "key-1_", "O%", "");

    /** Relations for which it makes no difference that a geometry is cut at 180 degrees. */
    private static final Set<SpatialRelation> BOUNDARIES_BELONG = EnumSet.of(
            SpatialRelation.INTERSECTS, SpatialRelation.DISJOINT, SpatialRelation.WITHIN, SpatialRelation.CONTAINS);

    private static final List<String> FIXED = List.of(DatasetSchema.ID, DatasetSchema.KEY, DatasetSchema.COLLECTION);

    private final RandomContent content;
    private final List<Field> fields;
    private final boolean spatial;
    private final RandomExpressions expressions;

    RandomQueries(RandomContent content, List<DatasetSchema> schemas) {
        this.content = content;
        this.spatial = schemas.stream().anyMatch(DatasetSchema::isSpatial);
        this.fields = new ArrayList<>(List.of(
                Field.timestamp("other_time"), // stands for time
                Field.timestamp("other_ingestion_time"),
                Field.uuid("other_id")));
        schemas.forEach(schema -> fields.addAll(schema.fields()));
        this.expressions = new RandomExpressions(content, fields);
    }

    /** Returns a query of all parts but limit and page token. */
    Query query(Set<Capability> can) {
        Query.Builder query = conditions(can).toBuilder();
        if (content.oneIn(3)) {
            query.select(selection());
        }
        if (can.contains(Capability.SORT) && content.oneIn(3)) {
            query.sort(sort());
        }
        if (content.oneIn(4)) {
            query.reversed();
        }
        return query.order(content.oneIn(2) ? SortOrder.ASCENDING : SortOrder.DESCENDING)
                .build();
    }

    /** Returns a query of those parts that choose rows. */
    Query conditions(Set<Capability> can) {
        Query.Builder query = content.oneIn(3) ? Query.allTime() : Query.during(interval());
        if (can.contains(Capability.EXTENT) && content.oneIn(3)) {
            query.match(TimeMatch.EXTENT);
        }
        if (content.oneIn(3) && (spatial || content.oneIn(20))) {
            query.spatial(place());
        }
        if (content.oneIn(2)) {
            query.where(filter(2));
        }
        return query.build();
    }

    private List<SortKey> sort() {
        List<SortKey> keys = new ArrayList<>();
        for (int i = 1 + content.random().nextInt(2); i > 0; i--) {
            String name = content.oneIn(8) ? content.one(FIXED) : nameOf(content.one(fields));
            keys.add(new SortKey(name, content.one(List.of(SortOrder.values()))));
        }
        return keys;
    }

    private TimeInterval interval() {
        Instant first = content.time();
        Instant second = content.time();
        TimeInterval.Bound start = content.one(List.of(TimeInterval.Bound.values()));
        TimeInterval.Bound end = content.one(List.of(TimeInterval.Bound.values()));
        return first.isAfter(second)
                ? TimeInterval.of(second, start, first, end)
                : TimeInterval.of(first, start, second, end);
    }

    private SpatialFilter place() {
        SpatialPredicate predicate = content.one(List.of(SpatialPredicate.values()));
        if (content.oneIn(2)) {
            return SpatialFilter.of(predicate, content.geometry());
        }
        int west = content.random().nextInt(-18, 18) * 10;
        int south = content.random().nextInt(-9, 9) * 10;
        int east = content.random().nextInt(-18, 19) * 10;
        int north = Math.min(90, south + content.random().nextInt(5) * 10);
        return SpatialFilter.of(predicate, BoundingBox.of(west, south, east, north));
    }

    private List<String> selection() {
        List<String> names = new ArrayList<>();
        for (int i = content.random().nextInt(4); i > 0; i--) {
            names.add(spatial && content.oneIn(5) ? "geometry" : nameOf(content.one(fields)));
        }
        return names;
    }

    static String nameOf(Field field) {
        return field.name().startsWith("other_") ? field.name().substring("other_".length()) : field.name();
    }

    private Filter filter(int depth) {
        if (depth > 0 && content.oneIn(2)) {
            return switch (content.random().nextInt(3)) {
                case 0 -> filter(depth - 1).and(filter(depth - 1));
                case 1 -> filter(depth - 1).or(filter(depth - 1));
                default -> filter(depth - 1).not();
            };
        }
        Field field = content.one(fields);
        String name = content.oneIn(100) ? "nobody_has_this" : content.oneIn(25) ? content.one(FIXED) : nameOf(field);
        FieldOperand operand = FieldOperand.field(name);
        Literal constant = constant(field);
        return switch (content.random().nextInt(15)) {
            case 11, 12 -> expressions.numbers();
            case 13 -> expressions.texts();
            case 14 -> expressions.times();
            case 9 -> arrays(field);
            case 10 -> places();
            case 0 -> operand.isNull();
            case 1 -> operand.like(content.one(PATTERNS));
            case 2 -> new Filter.Between(new Property(name), constant, constant(field));
            case 3 -> new Filter.In(new Property(name), List.of(constant, constant(field), constant(field)));
            case 4 -> new Filter.Constant(content.one(List.of(Truth.values())));
            default -> comparison(new Property(name), constant);
        };
    }

    /** Returns a condition on arrays; mostly on a field that is one. */
    private Filter arrays(Field any) {
        List<Field> arrays = fields.stream().filter(Field::isArray).toList();
        Field field = arrays.isEmpty() || content.oneIn(10) ? any : content.one(arrays);
        List<Expression> elements = new ArrayList<>();
        for (int i = content.random().nextInt(4); i > 0; i--) {
            elements.add(
                    content.oneIn(15)
                            ? new Property(nameOf(content.one(fields)))
                            : content.oneIn(15) ? expressions.number(1) : constant(field));
        }
        Property property = new Property(nameOf(field));
        Expression other = arrays.isEmpty() || !content.oneIn(5)
                ? new Expression.ArrayOf(elements)
                : new Property(content.one(arrays).name());
        ArrayRelation relation = content.one(List.of(ArrayRelation.values()));
        return content.oneIn(3)
                ? new Filter.ArrayComparison(other, relation, property)
                : new Filter.ArrayComparison(property, relation, other);
    }

    /** Returns a condition on a place, of the row or of a field; where its boundary matters, away from 180 degrees. */
    private Filter places() {
        List<String> names = new ArrayList<>();
        fields.stream()
                .filter(field -> field.kind() == TypeKind.GEOMETRY)
                .map(Field::name)
                .forEach(names::add);
        if (spatial) {
            names.add(DatasetSchema.GEOMETRY);
            names.add(DatasetSchema.GEOMETRY);
        }
        if (names.isEmpty()) {
            return new Filter.Constant(Truth.UNKNOWN);
        }
        SpatialRelation relation = content.one(List.of(SpatialRelation.values()));
        boolean boundaryCounts = !BOUNDARIES_BELONG.contains(relation);
        Geometry geometry = content.geometry();
        while (boundaryCounts && Math.abs(geometry.getEnvelopeInternal().getMaxX()) >= 170
                || boundaryCounts && Math.abs(geometry.getEnvelopeInternal().getMinX()) >= 170) {
            geometry = content.geometry();
        }
        Expression property = new Property(content.one(names));
        Expression constant = content.oneIn(4) && !boundaryCounts
                ? Literal.of(place().box().orElse(BoundingBox.of(170, -10, -170, 10)))
                : Literal.of(geometry);
        return content.oneIn(3)
                ? new Filter.Spatial(constant, relation, property)
                : new Filter.Spatial(property, relation, constant);
    }

    private Filter comparison(Property property, Literal constant) {
        ComparisonOperator operator = content.one(List.of(ComparisonOperator.values()));
        Expression other = content.oneIn(8) ? new Property(nameOf(content.one(fields))) : constant;
        return content.oneIn(4)
                ? new Filter.Comparison(other, operator, property)
                : new Filter.Comparison(property, operator, other);
    }

    private Literal constant(Field field) {
        boolean time = field.kind() == TypeKind.TIMESTAMP && content.oneIn(2);
        return Literal.of(time ? content.time() : content.constant(field.kind()));
    }
}
