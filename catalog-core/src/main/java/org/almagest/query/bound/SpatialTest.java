package org.almagest.query.bound;

import java.util.Optional;
import java.util.Set;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.model.BoundingBox;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.SpatialRelation;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Binds conditions on geometries. */
final class SpatialTest {
    private static final int COST = 1_000;

    private SpatialTest() {}

    static RowTest bind(Filter.Spatial filter, DatasetSchema schema) {
        String left = fieldOf(filter.left(), schema);
        String right = fieldOf(filter.right(), schema);
        Footprint first = constantOf(filter.left());
        Footprint second = constantOf(filter.right());
        if (left == null && first == null || right == null && second == null) {
            return RowTest.UNKNOWN;
        } else if (left != null && right != null) {
            return new OfTwoFields(left, filter.relation(), right);
        } else if (left != null && second != null) {
            return AgainstConstant.of(
                    left, filter.relation(), second, areaOf(left, filter.relation(), (Literal) filter.right(), schema));
        } else if (right != null && first != null) {
            SpatialRelation mirrored = filter.relation().mirrored();
            return AgainstConstant.of(right, mirrored, first, areaOf(right, mirrored, (Literal) filter.left(), schema));
        }
        assert first != null && second != null : filter;
        return new RowTest.Fixed(holds(first, filter.relation(), second));
    }

    /** Returns the field of geometries that an operand names. */
    private static @Nullable String fieldOf(Expression operand, DatasetSchema schema) {
        return operand instanceof Property property
                ? FieldLookup.find(schema, property.name())
                        .filter(field -> field.kind() == TypeKind.GEOMETRY && !field.isArray())
                        .map(FieldLookup::name)
                        .orElse(null)
                : null;
    }

    private static @Nullable Footprint constantOf(Expression operand) {
        if (operand instanceof Literal literal) {
            return literal.value() instanceof BoundingBox box
                    ? Footprint.ofBox(box)
                    : RowShapes.footprint((Geometry) literal.value());
        }
        return null;
    }

    /** Returns what the row's own geometry must meet; a temporal dataset may have a field of that name. */
    private static Optional<SpatialFilter> areaOf(
            String field, SpatialRelation relation, Literal constant, DatasetSchema schema) {
        if (!schema.isSpatial() || !field.equals(DatasetSchema.GEOMETRY)) {
            return Optional.empty();
        }
        SpatialPredicate predicate =
                predicate(relation) == null ? SpatialPredicate.INTERSECTS : SpatialPredicate.valueOf(relation.name());
        return Optional.of(
                constant.value() instanceof BoundingBox box
                        ? SpatialFilter.of(predicate, box)
                        : SpatialFilter.of(predicate, (Geometry) constant.value()));
    }

    private static Truth holds(Footprint left, SpatialRelation relation, Footprint right) {
        PlanarPredicate predicate = predicate(relation);
        return predicate == null
                ? truth(relation(relation).holds(left, right))
                : Truth.of(PreparedFilter.of(right, predicate).matches(left));
    }

    private static Truth truth(@Nullable Boolean holds) {
        return holds == null ? Truth.UNKNOWN : Truth.of(holds);
    }

    private static @Nullable PlanarPredicate predicate(SpatialRelation relation) {
        return switch (relation) {
            case INTERSECTS -> PlanarPredicate.INTERSECTS;
            case WITHIN -> PlanarPredicate.WITHIN;
            case CONTAINS -> PlanarPredicate.CONTAINS;
            case DISJOINT -> PlanarPredicate.DISJOINT;
            default -> null;
        };
    }

    private static Footprint.Relation relation(SpatialRelation relation) {
        return Footprint.Relation.valueOf(relation.name());
    }

    /** The geometry of a field and a constant one. */
    private static final class AgainstConstant implements RowTest {
        private final String field;
        private final SpatialRelation relation;
        private final Footprint constant;
        private final Optional<SpatialFilter> area;
        private final @Nullable ThreadLocal<PreparedFilter> prepared;

        private AgainstConstant(
                String field,
                SpatialRelation relation,
                Footprint constant,
                Optional<SpatialFilter> area,
                @Nullable ThreadLocal<PreparedFilter> prepared) {
            this.field = field;
            this.relation = relation;
            this.constant = constant;
            this.area = area;
            this.prepared = prepared;
        }

        static AgainstConstant of(
                String field, SpatialRelation relation, Footprint constant, Optional<SpatialFilter> area) {
            PlanarPredicate predicate = predicate(relation);
            ThreadLocal<PreparedFilter> prepared =
                    predicate == null ? null : ThreadLocal.withInitial(() -> PreparedFilter.of(constant, predicate));
            return new AgainstConstant(field, relation, constant, area, prepared);
        }

        @Override
        public Truth test(FieldValues row) {
            Footprint shape = row.footprint(field);
            if (shape == null) {
                return Truth.UNKNOWN;
            }
            return prepared == null
                    ? truth(relation(relation).holds(shape, constant))
                    : Truth.of(prepared.get().matches(shape));
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(field);
        }

        @Override
        public Optional<SpatialFilter> area() {
            return area;
        }

        @Override
        public int cost() {
            return COST;
        }
    }

    /** The geometries of two fields. */
    private record OfTwoFields(String left, SpatialRelation relation, String right) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Footprint first = row.footprint(left);
            Footprint second = first == null ? null : row.footprint(right);
            return first == null || second == null ? Truth.UNKNOWN : holds(first, relation, second);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(left);
            fields.add(right);
        }

        @Override
        public int cost() {
            return 2 * COST;
        }
    }
}
