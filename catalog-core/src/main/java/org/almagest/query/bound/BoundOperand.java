package org.almagest.query.bound;

import java.util.Set;
import org.almagest.internal.value.FoldedText;
import org.almagest.internal.value.ValueFamily;
import org.almagest.model.EnumValue;
import org.almagest.query.Expression;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.TextFolding;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * An operand bound to a schema: a field, a constant, a computed value, or none of them where it is unset in every row.
 *
 * @param family what its values compare with
 * @param field the field, or null
 * @param constant the value that does not depend on the row, or null
 * @param computed what computes the value, or null
 */
record BoundOperand(
        ValueFamily family,
        @Nullable FieldLookup field,
        @Nullable Object constant,
        @Nullable RowValue computed) {
    static final BoundOperand UNSET = new BoundOperand(ValueFamily.NONE, null, null, null);

    private static final int FOLDING_COST = 8;

    static BoundOperand bind(Expression expression, DatasetSchema schema) {
        return expression.accept(new Binder(schema));
    }

    private static BoundOperand ofConstant(@Nullable Object value) {
        return value == null ? UNSET : new BoundOperand(ValueFamily.ofConstant(value), null, value, null);
    }

    private static BoundOperand ofComputed(ValueFamily family, RowValue value) {
        return new BoundOperand(family, null, null, value);
    }

    /** Tells whether the value depends on the row. */
    boolean varies() {
        return field != null || computed != null;
    }

    /** Tells whether this is a text that may stand for a value of another type. */
    boolean isFixedText() {
        return constant instanceof String;
    }

    Object constantValue() {
        assert constant != null : this;
        return constant;
    }

    /** Returns the value of an operand that varies. */
    RowValue inRow() {
        if (field != null) {
            return new RowValue.OfField(field.name());
        }
        assert computed != null : this;
        return computed;
    }

    /** Binds expressions of one value. */
    private record Binder(DatasetSchema schema) implements Expression.Visitor<BoundOperand> {
        @Override
        public BoundOperand property(Property property) {
            return FieldLookup.find(schema, property.name())
                    .map(field -> new BoundOperand(field.family(), field, null, null))
                    .orElse(UNSET);
        }

        @Override
        public BoundOperand literal(Literal literal) {
            return ofConstant(literal.value());
        }

        @Override
        public BoundOperand arithmetic(Expression.Arithmetic arithmetic) {
            RowNumber result = computed(arithmetic);
            if (result instanceof RowNumber.FromConstant constant) {
                return ofConstant(constant.toDecimal());
            }
            return result == null ? UNSET : ofComputed(ValueFamily.NUMBER, result);
        }

        /** Returns what computes a number; null where it is unset in every row. */
        private @Nullable RowNumber computed(Expression.Arithmetic arithmetic) {
            RowNumber left = number(arithmetic.left());
            RowNumber right = left == null ? null : number(arithmetic.right());
            return left == null || right == null
                    ? null
                    : RowNumber.Computed.of(left, arithmetic.operator(), right).simplified();
        }

        /** A constant that was computed in float64 is no integer, even where it is whole. */
        private @Nullable RowNumber number(Expression expression) {
            if (expression instanceof Expression.Arithmetic inner) {
                return computed(inner);
            }
            BoundOperand operand = expression.accept(this);
            return operand.family == ValueFamily.NUMBER ? RowNumber.of(operand) : null;
        }

        @Override
        public BoundOperand folded(Expression.Folded folded) {
            BoundOperand text = folded.text().accept(this);
            if (text.family != ValueFamily.TEXT) {
                return UNSET;
            } else if (text.varies()) {
                return ofComputed(ValueFamily.TEXT, new FoldedValue(folded.folding(), text.inRow()));
            }
            return ofConstant(fold(folded.folding(), (String) text.constantValue()));
        }

        @Override
        public BoundOperand arrayOf(Expression.ArrayOf array) {
            return ofConstant(array);
        }

        @Override
        public BoundOperand interval(Expression.Interval interval) {
            return ofConstant(interval);
        }
    }

    private static String fold(TextFolding folding, String text) {
        return folding == TextFolding.CASE ? FoldedText.withoutCase(text) : FoldedText.withoutAccents(text);
    }

    /** A text made alike with others. */
    private record FoldedValue(TextFolding folding, RowValue text) implements RowValue {
        @Override
        public @Nullable Object value(FieldValues row) {
            Object value = text.value(row);
            return value == null
                    ? null
                    : fold(folding, value instanceof EnumValue named ? named.name() : (String) value);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            text.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return text.cost() + FOLDING_COST;
        }
    }
}
