package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.almagest.geo.Wkt;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.BoundingBox;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.locationtech.jts.geom.Geometry;

/** Writes filters as text; each method returns the printer. */
final class Cql2Printer implements Filter.Visitor<Cql2Printer>, Expression.Visitor<Cql2Printer> {
    private final StringBuilder out = new StringBuilder();

    String text() {
        return out.toString();
    }

    @Override
    public Cql2Printer comparison(Filter.Comparison filter) {
        filter.left().accept(this);
        out.append(' ').append(filter.operator().symbol()).append(' ');
        return filter.right().accept(this);
    }

    @Override
    public Cql2Printer between(Filter.Between filter) {
        return between(filter, "");
    }

    private Cql2Printer between(Filter.Between filter, String negation) {
        filter.operand().accept(this);
        out.append(negation).append(" BETWEEN ");
        filter.low().accept(this);
        out.append(" AND ");
        return filter.high().accept(this);
    }

    @Override
    public Cql2Printer in(Filter.In filter) {
        return in(filter, "");
    }

    private Cql2Printer in(Filter.In filter, String negation) {
        filter.operand().accept(this);
        out.append(negation).append(" IN ");
        return list(filter.items());
    }

    @Override
    public Cql2Printer like(Filter.Like filter) {
        return like(filter, "");
    }

    private Cql2Printer like(Filter.Like filter, String negation) {
        filter.operand().accept(this);
        out.append(negation).append(" LIKE ");
        return filter.pattern().accept(this);
    }

    @Override
    public Cql2Printer isNull(Filter.IsNull filter) {
        filter.operand().accept(this);
        out.append(" IS NULL");
        return this;
    }

    @Override
    public Cql2Printer spatial(Filter.Spatial filter) {
        return call(filter.relation().function(), List.of(filter.left(), filter.right()));
    }

    @Override
    public Cql2Printer temporal(Filter.Temporal filter) {
        return call(filter.relation().function(), List.of(filter.left(), filter.right()));
    }

    @Override
    public Cql2Printer arrayComparison(Filter.ArrayComparison filter) {
        return call(filter.relation().function(), List.of(filter.left(), filter.right()));
    }

    private Cql2Printer call(String function, List<Expression> arguments) {
        out.append(function.toUpperCase(Locale.ROOT));
        return list(arguments);
    }

    private Cql2Printer list(List<Expression> elements) {
        out.append('(');
        String separator = "";
        for (Expression element : elements) {
            out.append(separator);
            element.accept(this);
            separator = ", ";
        }
        out.append(')');
        return this;
    }

    @Override
    public Cql2Printer and(Filter.And filter) {
        return joined(filter.terms(), " AND ", Truth.TRUE);
    }

    @Override
    public Cql2Printer or(Filter.Or filter) {
        return joined(filter.terms(), " OR ", Truth.FALSE);
    }

    private Cql2Printer joined(List<Filter> terms, String word, Truth ofNone) {
        if (terms.isEmpty()) {
            out.append(ofNone);
        }
        String separator = "";
        for (Filter term : terms) {
            out.append(separator);
            inner(term);
            separator = word;
        }
        return this;
    }

    @Override
    public Cql2Printer not(Filter.Not filter) {
        Filter term = filter.term();
        if (term instanceof Filter.Between between) {
            return between(between, " NOT");
        } else if (term instanceof Filter.In in) {
            return in(in, " NOT");
        } else if (term instanceof Filter.Like like) {
            return like(like, " NOT");
        } else if (term instanceof Filter.IsNull isNull) {
            isNull.operand().accept(this);
            out.append(" IS NOT NULL");
            return this;
        }
        out.append("NOT ");
        return inner(term);
    }

    /** Writes a filter as part of another, in parentheses where it has parts that could be taken for the other's. */
    private Cql2Printer inner(Filter filter) {
        boolean wrapped = filter instanceof Filter.And || filter instanceof Filter.Or;
        out.append(wrapped ? "(" : "");
        filter.accept(this);
        out.append(wrapped ? ")" : "");
        return this;
    }

    @Override
    public Cql2Printer constant(Filter.Constant filter) {
        out.append(filter.truth());
        return this;
    }

    @Override
    public Cql2Printer property(Property property) {
        String name = property.name();
        boolean plain = !name.isEmpty()
                && Cql2Tokens.nameEnd(name, 0) == name.length()
                && !Cql2Text.isReserved(name)
                && !name.equalsIgnoreCase(Truth.UNKNOWN.name());
        if (plain) {
            out.append(name);
            return this;
        }
        return quoted(name, '"');
    }

    @Override
    public Cql2Printer literal(Literal literal) {
        Object value = literal.value();
        if (value instanceof String) {
            return quoted((String) value, '\'');
        } else if (value instanceof Boolean) {
            out.append(Truth.of((Boolean) value));
            return this;
        } else if (value instanceof BigDecimal) {
            out.append(value);
            return this;
        }
        if (value instanceof Geometry geometry) {
            out.append(Wkt.write(geometry));
            return this;
        } else if (value instanceof BoundingBox box) {
            return box(box);
        }
        out.append(Cql2Functions.typeOf(value).toUpperCase(Locale.ROOT)).append('(');
        quoted(value.toString(), '\'');
        out.append(')');
        return this;
    }

    private Cql2Printer box(BoundingBox box) {
        out.append("BBOX(");
        ShortestDecimal.append(out, box.west());
        ShortestDecimal.append(out.append(", "), box.south());
        ShortestDecimal.append(out.append(", "), box.east());
        ShortestDecimal.append(out.append(", "), box.north());
        out.append(')');
        return this;
    }

    @Override
    public Cql2Printer arithmetic(Expression.Arithmetic arithmetic) {
        operand(arithmetic.left());
        out.append(' ').append(arithmetic.operator().symbol()).append(' ');
        return operand(arithmetic.right());
    }

    /** Writes an operand of a computation; parentheses keep what is computed first. */
    private Cql2Printer operand(Expression operand) {
        boolean computed = operand instanceof Expression.Arithmetic;
        out.append(computed ? "(" : "");
        operand.accept(this);
        out.append(computed ? ")" : "");
        return this;
    }

    @Override
    public Cql2Printer folded(Expression.Folded folded) {
        return call(folded.folding().function(), List.of(folded.text()));
    }

    @Override
    public Cql2Printer arrayOf(Expression.ArrayOf array) {
        return list(array.elements());
    }

    @Override
    public Cql2Printer interval(Expression.Interval interval) {
        out.append("INTERVAL(");
        end(interval.start());
        out.append(", ");
        end(interval.end());
        out.append(')');
        return this;
    }

    /** Writes an end of an interval, which is a text where it is constant. */
    private void end(Expression end) {
        if (end instanceof Literal literal) {
            boolean open = end.equals(Expression.Interval.OPEN_START) || end.equals(Expression.Interval.OPEN_END);
            quoted(open ? ".." : literal.value().toString(), '\'');
        } else {
            end.accept(this);
        }
    }

    private Cql2Printer quoted(String text, char quote) {
        String mark = String.valueOf(quote);
        out.append(mark).append(text.replace(mark, mark + mark)).append(mark);
        return this;
    }
}
