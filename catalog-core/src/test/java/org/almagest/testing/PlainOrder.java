package org.almagest.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** The order of a query's rows, worked out from the definition, value by value. */
final class PlainOrder implements Comparator<PlainOrder.Place> {
    private final Query query;

    PlainOrder(Query query) {
        this.query = query;
    }

    /**
     * Where a row stands.
     *
     * @param values by which it is sorted, empty where unset
     */
    record Place(List<Optional<Object>> values, DatapointId id) {}

    Place of(Datapoint row, DatasetSchema schema) {
        List<Optional<Object>> values = query.sort().stream()
                .map(key -> value(row, schema, key.field()))
                .toList();
        return new Place(values, row.id().orElseThrow());
    }

    Place of(PageToken token) {
        return new Place(token.sortValues(), token.after());
    }

    PageToken token(Place place) {
        return new PageToken(place.id(), place.values());
    }

    /** Returns the value that a row is sorted by. */
    static Optional<Object> value(Datapoint row, DatasetSchema schema, String name) {
        switch (name) {
            case DatasetSchema.TIME:
                return Optional.of(row.time());
            case DatasetSchema.COLLECTION:
                return row.collectionId().map(Object.class::cast);
            case DatasetSchema.KEY:
                return schema.key().flatMap(key -> value(row, schema, key.name()));
            case DatasetSchema.ID:
                return row.id().map(id -> id);
            case DatasetSchema.INGESTION_TIME:
                return row.ingestionTime().map(time -> time);
            default:
                return PlainFilter.fieldOf(schema, name)
                        .filter(PlainOrder::hasOrder)
                        .flatMap(field -> row.value(field.name()));
        }
    }

    static boolean hasOrder(Field field) {
        return !field.isArray() && field.kind() != TypeKind.JSON && field.kind() != TypeKind.GEOMETRY;
    }

    @Override
    public int compare(Place left, Place right) {
        for (int i = 0; i < query.sort().size(); i++) {
            SortKey key = query.sort().get(i);
            int result = compare(
                    left.values().get(i).orElse(null), right.values().get(i).orElse(null), key.order());
            if (result != 0) {
                return query.isReversed() ? -result : result;
            }
        }
        int result = left.id().compareTo(right.id());
        return query.order() == SortOrder.DESCENDING ? -result : result;
    }

    static int compare(@Nullable Object left, @Nullable Object right, SortOrder order) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int classes = Integer.compare(classOf(left), classOf(right));
        int result = classes != 0 ? classes : compareInClass(left, right);
        return order == SortOrder.DESCENDING ? -result : result;
    }

    private static int classOf(Object value) {
        if (value instanceof Number || value instanceof Uint64) {
            return 1;
        } else if (value instanceof String || value instanceof EnumValue) {
            return 2;
        } else if (value instanceof Boolean) {
            return 3;
        } else if (value instanceof Instant) {
            return 4;
        } else if (value instanceof Duration) {
            return 5;
        } else if (value instanceof UUID) {
            return 6;
        }
        return value instanceof DatapointId ? 7 : 8;
    }

    @SuppressWarnings("unchecked") // values of classes 3, 4, 5 and 7 compare with their own kind
    private static int compareInClass(Object left, Object right) {
        return switch (classOf(left)) {
            case 1 -> compareNumbers(left, right);
            case 2 -> Arrays.compare(text(left), text(right));
            case 6 -> unsigned((UUID) left).compareTo(unsigned((UUID) right));
            case 8 -> Arrays.compareUnsigned(((Bytes) left).toArray(), ((Bytes) right).toArray());
            default -> ((Comparable<Object>) left).compareTo(right);
        };
    }

    private static int[] text(Object value) {
        String text = value instanceof EnumValue ? ((EnumValue) value).name() : (String) value;
        return text.codePoints().toArray();
    }

    private static String unsigned(UUID value) {
        return value.toString();
    }

    private static int compareNumbers(Object left, Object right) {
        double one = beyond(left);
        double other = beyond(right);
        return one != 0 || other != 0 ? Double.compare(one, other) : exact(left).compareTo(exact(right));
    }

    /** Returns infinities and NaN as they are, and 0 for every number that has an exact value. */
    private static double beyond(Object number) {
        double value = number instanceof Number ? ((Number) number).doubleValue() : 0;
        return Double.isFinite(value) ? 0 : value;
    }

    private static BigDecimal exact(Object number) {
        return number instanceof Double || number instanceof Float
                ? new BigDecimal(((Number) number).doubleValue())
                : new BigDecimal(number.toString());
    }
}
