package org.almagest.io.stac.request;

import java.util.function.UnaryOperator;
import org.almagest.query.Expression;
import org.almagest.query.Literal;
import org.almagest.query.Property;

/** Gives the properties of an expression the names that the engine has for them. */
final class Renaming implements Expression.Visitor<Expression>, UnaryOperator<Expression> {
    private final StacProperties properties;
    private final String datetime;
    private final Property id;

    /**
     * @param datetime the field that stands for {@code datetime}
     * @param id the property that stands for {@code id}
     */
    Renaming(StacProperties properties, String datetime, Property id) {
        this.properties = properties;
        this.datetime = datetime;
        this.id = id;
    }

    @Override
    public Expression apply(Expression expression) {
        return expression.accept(this);
    }

    @Override
    public Expression property(Property property) {
        String name = StacProperties.plain(property.name());
        if (name.equals(StacProperties.ID)) {
            return id;
        }
        return name.equals(StacProperties.DATETIME) ? new Property(datetime) : properties.property(name);
    }

    @Override
    public Expression literal(Literal literal) {
        return literal;
    }

    @Override
    public Expression arithmetic(Expression.Arithmetic arithmetic) {
        return new Expression.Arithmetic(apply(arithmetic.left()), arithmetic.operator(), apply(arithmetic.right()));
    }

    @Override
    public Expression folded(Expression.Folded folded) {
        return new Expression.Folded(folded.folding(), apply(folded.text()));
    }

    @Override
    public Expression arrayOf(Expression.ArrayOf array) {
        return new Expression.ArrayOf(array.elements().stream().map(this).toList());
    }

    @Override
    public Expression interval(Expression.Interval interval) {
        return new Expression.Interval(apply(interval.start()), apply(interval.end()));
    }
}
