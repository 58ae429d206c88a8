package org.almagest.io.stac.request;

import org.almagest.query.Expression;
import org.almagest.query.Literal;
import org.almagest.query.Property;

/**
 * Which of the names that need care stand in some expressions.
 *
 * @param datetime whether {@code datetime} does
 * @param collection whether {@code collection} does
 * @param id whether {@code id} does
 * @param others whether any property does beside time and collection
 */
record Mentions(boolean datetime, boolean collection, boolean id, boolean others) {
    private static final Mentions NONE = new Mentions(false, false, false, false);

    static Mentions of(Expression... expressions) {
        Mentions all = NONE;
        for (Expression expression : expressions) {
            all = all.or(expression.accept(new Search()));
        }
        return all;
    }

    private Mentions or(Mentions other) {
        return new Mentions(
                datetime || other.datetime, collection || other.collection, id || other.id, others || other.others);
    }

    private static final class Search implements Expression.Visitor<Mentions> {
        @Override
        public Mentions property(Property property) {
            String name = StacProperties.plain(property.name());
            boolean datetime = name.equals(StacProperties.DATETIME);
            boolean collection = name.equals(StacProperties.COLLECTION);
            return new Mentions(datetime, collection, name.equals(StacProperties.ID), !datetime && !collection);
        }

        @Override
        public Mentions literal(Literal literal) {
            return NONE;
        }

        @Override
        public Mentions arithmetic(Expression.Arithmetic arithmetic) {
            return Mentions.of(arithmetic.left(), arithmetic.right());
        }

        @Override
        public Mentions folded(Expression.Folded folded) {
            return Mentions.of(folded.text());
        }

        @Override
        public Mentions arrayOf(Expression.ArrayOf array) {
            return Mentions.of(array.elements().toArray(Expression[]::new));
        }

        @Override
        public Mentions interval(Expression.Interval interval) {
            return Mentions.of(interval.start(), interval.end());
        }
    }
}
