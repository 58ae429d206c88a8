package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.BoundingBox;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.locationtech.jts.geom.Geometry;

/** Writes filters as JSON; each method returns the printer. */
final class Cql2JsonPrinter implements Filter.Visitor<Cql2JsonPrinter>, Expression.Visitor<Cql2JsonPrinter> {
    private final StringBuilder out = new StringBuilder();

    String text() {
        return out.toString();
    }

    private Cql2JsonPrinter operation(String name, Expression... operands) {
        open(name);
        list(List.of(operands));
        return close();
    }

    private void open(String name) {
        out.append("{\"op\":");
        CanonicalJson.appendQuoted(out, name);
        out.append(",\"args\":[");
    }

    private Cql2JsonPrinter close() {
        out.append("]}");
        return this;
    }

    private void list(List<Expression> operands) {
        String separator = "";
        for (Expression operand : operands) {
            out.append(separator);
            operand.accept(this);
            separator = ",";
        }
    }

    @Override
    public Cql2JsonPrinter comparison(Filter.Comparison filter) {
        return operation(filter.operator().symbol(), filter.left(), filter.right());
    }

    @Override
    public Cql2JsonPrinter between(Filter.Between filter) {
        return operation("between", filter.operand(), filter.low(), filter.high());
    }

    @Override
    public Cql2JsonPrinter in(Filter.In filter) {
        open("in");
        filter.operand().accept(this);
        out.append(",[");
        list(filter.items());
        out.append(']');
        return close();
    }

    @Override
    public Cql2JsonPrinter like(Filter.Like filter) {
        return operation("like", filter.operand(), filter.pattern());
    }

    @Override
    public Cql2JsonPrinter isNull(Filter.IsNull filter) {
        return operation("isNull", filter.operand());
    }

    @Override
    public Cql2JsonPrinter spatial(Filter.Spatial filter) {
        return operation(filter.relation().function(), filter.left(), filter.right());
    }

    @Override
    public Cql2JsonPrinter temporal(Filter.Temporal filter) {
        return operation(filter.relation().function(), filter.left(), filter.right());
    }

    @Override
    public Cql2JsonPrinter arrayComparison(Filter.ArrayComparison filter) {
        return operation(filter.relation().function(), filter.left(), filter.right());
    }

    @Override
    public Cql2JsonPrinter and(Filter.And filter) {
        return joined(filter.terms(), "and", Truth.TRUE);
    }

    @Override
    public Cql2JsonPrinter or(Filter.Or filter) {
        return joined(filter.terms(), "or", Truth.FALSE);
    }

    private Cql2JsonPrinter joined(List<Filter> terms, String name, Truth ofNone) {
        if (terms.size() < 2) {
            return terms.isEmpty() ? truth(ofNone) : terms.get(0).accept(this);
        }
        open(name);
        String separator = "";
        for (Filter term : terms) {
            out.append(separator);
            term.accept(this);
            separator = ",";
        }
        return close();
    }

    @Override
    public Cql2JsonPrinter not(Filter.Not filter) {
        open("not");
        filter.term().accept(this);
        return close();
    }

    @Override
    public Cql2JsonPrinter constant(Filter.Constant filter) {
        return truth(filter.truth());
    }

    private Cql2JsonPrinter truth(Truth truth) {
        if (truth == Truth.UNKNOWN) {
            return operation("unknown");
        }
        out.append(truth == Truth.TRUE);
        return this;
    }

    @Override
    public Cql2JsonPrinter property(Property property) {
        return member("property", property.name());
    }

    private Cql2JsonPrinter member(String name, String text) {
        out.append("{\"").append(name).append("\":");
        CanonicalJson.appendQuoted(out, text);
        out.append('}');
        return this;
    }

    @Override
    public Cql2JsonPrinter literal(Literal literal) {
        Object value = literal.value();
        if (value instanceof String text) {
            CanonicalJson.appendQuoted(out, text);
        } else if (value instanceof Boolean || value instanceof BigDecimal) {
            out.append(value);
        } else if (value instanceof Instant) {
            return member("timestamp", value.toString());
        } else if (value instanceof Geometry geometry) {
            out.append(GeoJsonGeometry.write(geometry));
        } else if (value instanceof BoundingBox box) {
            box(box);
        } else {
            return operation(Cql2Functions.typeOf(value), new Literal(value.toString()));
        }
        return this;
    }

    private void box(BoundingBox box) {
        out.append("{\"bbox\":[");
        ShortestDecimal.append(out, box.west());
        ShortestDecimal.append(out.append(','), box.south());
        ShortestDecimal.append(out.append(','), box.east());
        ShortestDecimal.append(out.append(','), box.north());
        out.append("]}");
    }

    @Override
    public Cql2JsonPrinter arithmetic(Expression.Arithmetic arithmetic) {
        return operation(arithmetic.operator().symbol(), arithmetic.left(), arithmetic.right());
    }

    @Override
    public Cql2JsonPrinter folded(Expression.Folded folded) {
        return operation(folded.folding().function(), folded.text());
    }

    @Override
    public Cql2JsonPrinter arrayOf(Expression.ArrayOf array) {
        out.append('[');
        list(array.elements());
        out.append(']');
        return this;
    }

    @Override
    public Cql2JsonPrinter interval(Expression.Interval interval) {
        out.append("{\"interval\":[");
        end(interval.start());
        out.append(',');
        end(interval.end());
        out.append("]}");
        return this;
    }

    /** Writes an end of an interval, which is a text where it is constant. */
    private void end(Expression end) {
        if (end instanceof Literal literal) {
            boolean open = end.equals(Expression.Interval.OPEN_START) || end.equals(Expression.Interval.OPEN_END);
            CanonicalJson.appendQuoted(out, open ? ".." : literal.value().toString());
        } else {
            end.accept(this);
        }
    }
}
