package org.almagest.query.bound;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value that is computed in each row. */
interface RowValue {
    /** Returns the value in a row; null where it is unset. */
    @Nullable
    Object value(FieldValues row);

    /** Adds the fields that it may ask a row for. */
    void addFieldsTo(Set<String> fields);

    /** Returns about how many times the cost of comparing a number it takes. */
    int cost();

    /** The value of a field. */
    record OfField(String field) implements RowValue {
        @Override
        public @Nullable Object value(FieldValues row) {
            return row.value(field);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(field);
        }

        @Override
        public int cost() {
            return 1;
        }
    }
}
