package org.almagest.query.bound;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.value.SortValues;
import org.almagest.internal.value.ValueFamily;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * A sort order made ready for the rows of one schema. Immutable, safe to share between threads.
 *
 * <p>Sorts by every field of one value that is no geometry and no json, by {@code time}, {@code ingestion_time} and
 * {@code id}, and by the names of {@code Property.KEY} and {@code Property.COLLECTION}:
 *
 * <ul>
 *   <li>numbers of all types together by exact value, -0.0 equal to 0.0, NaN above all others; text and names of enum
 *       values by code point; false before true; timestamps; durations; UUIDs and bytes by unsigned bytes; the
 *       {@code id} as {@link DatapointId} does.
 *   <li>Where two datasets have values of a field that do not compare, all numbers come before all text, then bool,
 *       timestamps, durations, UUIDs, bytes; the other way round in a descending order.
 *   <li>A row where the field is unset comes last in both directions, as does one of a dataset that lacks the field or
 *       has it with a type that cannot be sorted by.
 *   <li>Rows with equal values come by id, in {@link Query#order}.
 * </ul>
 */
public final class BoundSort {
    private final List<SortKey> keys;
    private final @Nullable FieldLookup[] fields;

    private BoundSort(List<SortKey> keys, @Nullable FieldLookup[] fields) {
        this.keys = keys;
        this.fields = fields;
    }

    /** Binds a sort order to a schema; a field that the schema lacks is unset in all rows. */
    public static BoundSort bind(List<SortKey> keys, DatasetSchema schema) {
        @Nullable FieldLookup[] fields = new FieldLookup[keys.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = FieldLookup.find(schema, keys.get(i).field())
                    .filter(field -> field.family() != ValueFamily.NONE)
                    .orElse(null);
        }
        return new BoundSort(keys, fields);
    }

    /**
     * Returns the values of a row that it is sorted by, as {@link PageToken} has them; null where unset.
     */
    public @Nullable Object[] values(FieldValues row) {
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            FieldLookup field = fields[i];
            values[i] = field == null ? null : value(row, field);
        }
        return values;
    }

    private static @Nullable Object value(FieldValues row, FieldLookup field) {
        Object value = row.value(field.name());
        if (value == null) {
            return null;
        }
        return field.family() == ValueFamily.ID ? DatapointId.of((java.util.UUID) value) : SortValues.canonical(value);
    }

    /** Returns the order of what {@link #values} returns, whatever schema it is bound to; equal values remain. */
    public static Comparator<@Nullable Object[]> order(List<SortKey> keys) {
        boolean[] descending = new boolean[keys.size()];
        for (int i = 0; i < descending.length; i++) {
            descending[i] = keys.get(i).order() == SortOrder.DESCENDING;
        }
        return (left, right) -> {
            for (int i = 0; i < descending.length; i++) {
                int result = compare(left[i], right[i], descending[i]);
                if (result != 0) {
                    return result;
                }
            }
            return 0;
        };
    }

    private static int compare(@Nullable Object left, @Nullable Object right, boolean descending) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        return descending ? SortValues.compare(right, left) : SortValues.compare(left, right);
    }

    /**
     * Checks the sort order of a query against the datasets that are asked.
     *
     * @throws org.almagest.error.LimitExceededException if there are more keys than {@code sortFieldsMax}
     * @throws InvalidRequestException if no schema has a field, or has it with a type that can be sorted by
     */
    public static void check(List<SortKey> keys, Iterable<DatasetSchema> schemas, Limits limits) {
        Limits.check("query: sort", "sortFieldsMax", keys.size(), limits.sortFieldsMax());
        for (SortKey key : keys) {
            boolean known = FieldLookup.isEverywhere(key.field());
            boolean sortable = known;
            for (DatasetSchema schema : schemas) {
                Optional<FieldLookup> field = FieldLookup.find(schema, key.field());
                known |= field.isPresent();
                sortable |= field.isPresent() && field.get().family() != ValueFamily.NONE;
            }
            if (!sortable) {
                throw new InvalidRequestException(
                        "query: sort: field " + Quoted.text(key.field()),
                        known ? "has no order (expected no array, geometry or json)" : "no dataset in scope has it");
            }
        }
    }

    /**
     * Checks that a page token comes from a query with the same number of sort keys.
     *
     * @throws InvalidRequestException if it does not
     */
    public static void checkToken(Query query) {
        int keys = query.sort().size();
        int values = query.pageToken().map(token -> token.sortValues().size()).orElse(keys);
        if (values != keys) {
            String expected = " (expected " + keys + ", one for each field that the query sorts by)";
            throw new InvalidRequestException(
                    "query: page token", (values == 0 ? "only an id" : values + " sort values") + expected);
        }
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
