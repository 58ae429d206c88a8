package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.almagest.model.Bytes;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;

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
        out.append(negation).append(" IN (");
        String separator = "";
        for (Expression item : filter.items()) {
            out.append(separator);
            item.accept(this);
            separator = ", ";
        }
        out.append(')');
        return this;
    }

    @Override
    public Cql2Printer like(Filter.Like filter) {
        return like(filter, "");
    }

    private Cql2Printer like(Filter.Like filter, String negation) {
        filter.operand().accept(this);
        out.append(negation).append(" LIKE ");
        return quoted(filter.pattern(), '\'');
    }

    @Override
    public Cql2Printer isNull(Filter.IsNull filter) {
        filter.operand().accept(this);
        out.append(" IS NULL");
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
        out.append(typeOf(value)).append('(');
        quoted(value.toString(), '\'');
        out.append(')');
        return this;
    }

    private static String typeOf(Object value) {
        if (value instanceof Instant) {
            return "TIMESTAMP";
        } else if (value instanceof Duration) {
            return "DURATION";
        } else if (value instanceof UUID) {
            return "UUID";
        } else if (value instanceof Bytes) {
            return "BYTES";
        }
        assert value instanceof Double : value;
        return "FLOAT";
    }

    private Cql2Printer quoted(String text, char quote) {
        String mark = String.valueOf(quote);
        out.append(mark).append(text.replace(mark, mark + mark)).append(mark);
        return this;
    }
}
