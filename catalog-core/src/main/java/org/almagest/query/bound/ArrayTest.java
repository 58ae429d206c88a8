package org.almagest.query.bound;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almagest.internal.value.ConstantOrder;
import org.almagest.internal.value.ValueFamily;
import org.almagest.internal.value.ValueSet;
import org.almagest.query.ArrayRelation;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * Two arrays compared as sets.
 *
 * <p>In three-valued logic: the first contains the second where each element of the second equals at least one of the
 * first, and an equality of elements is unknown where the comparison of such values is.
 */
final class ArrayTest implements RowTest {
    /** Comparisons up to which one array is not sorted to find the elements of the other. */
    private static final long COMPARISONS_MAX = 4_096;

    private static final int COST = 16;

    private final Elements left;
    private final ArrayRelation relation;
    private final Elements right;

    private ArrayTest(Elements left, ArrayRelation relation, Elements right) {
        this.left = left;
        this.relation = relation;
        this.right = right;
    }

    static RowTest bind(Filter.ArrayComparison filter, DatasetSchema schema) {
        Elements left = elements(filter.left(), schema, familyOf(filter.right(), schema));
        Elements right = elements(filter.right(), schema, familyOf(filter.left(), schema));
        if (left == null || right == null) {
            return UNKNOWN;
        }
        ArrayTest test = new ArrayTest(left, filter.relation(), right);
        Set<String> fields = new HashSet<>();
        test.addFieldsTo(fields);
        return fields.isEmpty() ? new Fixed(test.test(name -> null)) : test;
    }

    /** The elements of an operand: of a field of arrays, all of one family, or of an array in the filter. */
    private record Elements(
            @Nullable String field,
            List<Element> listed,
            ValueFamily family,
            @Nullable ValueSet constants) {
        @Nullable
        List<?> in(FieldValues row) {
            return field == null ? listed : (List<?>) row.value(field);
        }

        boolean isOfOneFamily() {
            return family != ValueFamily.NONE;
        }
    }

    /** An element of an array in the filter; a constant has an order. */
    private record Element(
            ValueFamily family,
            @Nullable RowValue value,
            @Nullable ConstantOrder order,
            Object constant) {
        static Element of(BoundOperand operand, ValueFamily other) {
            if (operand.varies()) {
                // An id equals the UUID that it is; only the order of ids is another one.
                ValueFamily own = operand.family() == ValueFamily.ID ? ValueFamily.UUID : operand.family();
                return new Element(own, operand.inRow(), null, operand);
            }
            Object constant = operand.constant();
            ValueFamily family = other == ValueFamily.NONE ? operand.family() : other;
            Object value = constant == null ? null : family.constant(constant);
            return value == null
                    ? new Element(ValueFamily.NONE, null, null, operand)
                    : new Element(family, null, family.against(value), value);
        }
    }

    private static @Nullable FieldLookup arrayField(Expression operand, DatasetSchema schema) {
        return operand instanceof Property property
                ? FieldLookup.find(schema, property.name())
                        .filter(FieldLookup::isArray)
                        .orElse(null)
                : null;
    }

    private static ValueFamily familyOf(Expression operand, DatasetSchema schema) {
        FieldLookup field = arrayField(operand, schema);
        return field == null ? ValueFamily.NONE : field.elementFamily();
    }

    private static @Nullable Elements elements(Expression operand, DatasetSchema schema, ValueFamily other) {
        if (!(operand instanceof Expression.ArrayOf array)) {
            FieldLookup field = arrayField(operand, schema);
            return field == null ? null : new Elements(field.name(), List.of(), field.elementFamily(), null);
        }
        List<Element> listed = array.elements().stream()
                .map(element -> Element.of(BoundOperand.bind(element, schema), other))
                .toList();
        boolean same = listed.stream().allMatch(element -> element.order != null && element.family == other);
        if (!same || other == ValueFamily.NONE || listed.isEmpty()) {
            return new Elements(null, listed, ValueFamily.NONE, null);
        }
        List<Object> constants =
                listed.stream().map(element -> element.constant).toList();
        return new Elements(null, listed, other, ValueSet.of(other, constants));
    }

    @Override
    public Truth test(FieldValues row) {
        List<?> first = left.in(row);
        List<?> second = right.in(row);
        if (first == null || second == null) {
            return Truth.UNKNOWN;
        }
        return switch (relation) {
            case CONTAINS -> eachIn(row, second, first, Truth.FALSE);
            case CONTAINED_BY -> eachIn(row, first, second, Truth.FALSE);
            case OVERLAPS -> eachIn(row, first, second, Truth.TRUE);
            case EQUALS -> {
                Truth contains = eachIn(row, second, first, Truth.FALSE);
                yield contains == Truth.FALSE ? contains : contains.and(eachIn(row, first, second, Truth.FALSE));
            }
        };
    }

    /** Joins whether elements are found among others: by "and" where false decides, by "or" where true does. */
    private Truth eachIn(FieldValues row, List<?> sought, List<?> among, Truth deciding) {
        ValueSet constants = among == left.listed ? left.constants : among == right.listed ? right.constants : null;
        Object[] sorted = constants == null && isSortable(sought, among) ? sorted(among) : null;
        Truth result = deciding.not();
        for (Object element : sought) {
            Truth found = constants != null
                    ? Truth.of(constants.contains(element))
                    : sorted == null ? find(row, element, among) : Truth.of(search(sorted, element));
            if (found == deciding) {
                return deciding;
            }
            result = deciding == Truth.FALSE ? result.and(found) : result.or(found);
        }
        return result;
    }

    /** Tells whether to sort the values of a field, to find many elements among them. */
    private boolean isSortable(List<?> sought, List<?> among) {
        return (long) sought.size() * among.size() > COMPARISONS_MAX
                && left.isOfOneFamily()
                && left.family == right.family;
    }

    private Truth find(FieldValues row, Object sought, List<?> among) {
        Truth result = Truth.FALSE;
        for (Object element : among) {
            Truth equal = equal(row, sought, element);
            if (equal == Truth.TRUE) {
                return equal;
            }
            result = result.or(equal);
        }
        return result;
    }

    /** Compares an element of one operand with one of the other; those of a field are plain values. */
    private Truth equal(FieldValues row, Object one, Object other) {
        Element first = one instanceof Element element ? element : null;
        Element second = other instanceof Element element ? element : null;
        ValueFamily family = first != null ? first.family : ofField().family;
        ValueFamily otherFamily = second != null ? second.family : ofField().family;
        if (family != otherFamily) {
            return named(row, first, second);
        } else if (family == ValueFamily.NONE) {
            return Truth.UNKNOWN;
        } else if (second != null && second.order != null && (first == null || first.order == null)) {
            Object value = valueOf(row, one);
            return value == null ? Truth.UNKNOWN : Truth.of(second.order.compare(value) == 0);
        } else if (first != null && first.order != null) {
            Object value = second != null && second.order != null ? second.constant : valueOf(row, other);
            return value == null ? Truth.UNKNOWN : Truth.of(first.order.compare(value) == 0);
        }
        Object left = valueOf(row, one);
        Object right = valueOf(row, other);
        return left == null || right == null ? Truth.UNKNOWN : Truth.of(family.compare(left, right) == 0);
    }

    /** Compares elements of the filter that are of different families: a text may stand for the other one's value. */
    private static Truth named(FieldValues row, @Nullable Element first, @Nullable Element second) {
        if (first == null || second == null || first.family == ValueFamily.NONE || second.family == ValueFamily.NONE) {
            return Truth.UNKNOWN;
        }
        boolean firstNames = first.order != null && first.family == ValueFamily.TEXT;
        boolean secondNames = second.order != null && second.family == ValueFamily.TEXT;
        if (!firstNames && !secondNames) {
            return Truth.UNKNOWN;
        }
        Element text = secondNames ? second : first;
        Element other = secondNames ? first : second;
        Object named = other.family.constant(text.constant);
        Object value = other.order != null ? other.constant : valueOf(row, other);
        return named == null || value == null ? Truth.UNKNOWN : Truth.of(other.family.compare(value, named) == 0);
    }

    /** Returns the operand that is a field; where both are, their families are the same or nothing compares. */
    private Elements ofField() {
        if (left.field != null && right.field != null && left.family != right.family) {
            return new Elements(null, List.of(), ValueFamily.NONE, null);
        }
        return left.field != null ? left : right;
    }

    private static @Nullable Object valueOf(FieldValues row, Object element) {
        if (element instanceof Element listed) {
            return listed.value == null ? null : listed.value.value(row);
        }
        return element;
    }

    private Object[] sorted(List<?> among) {
        Object[] sorted = among.toArray();
        Arrays.sort(sorted, left.family.sorting());
        return sorted;
    }

    private boolean search(Object[] sorted, Object sought) {
        ConstantOrder order = sought instanceof Element element && element.order != null
                ? element.order
                : value -> left.family.compare(value, sought);
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int side = order.compare(sorted[middle]);
            if (side == 0) {
                return true;
            } else if (side < 0) {
                low = middle + 1;
            } else {
                high = middle; // above, or NaN, which is sorted last
            }
        }
        return false;
    }

    @Override
    public void addFieldsTo(Set<String> fields) {
        for (Elements elements : List.of(left, right)) {
            if (elements.field != null) {
                fields.add(elements.field);
            }
            for (Element element : elements.listed) {
                if (element.value != null) {
                    element.value.addFieldsTo(fields);
                }
            }
        }
    }

    @Override
    public int cost() {
        return Math.min(COST_MAX, COST * (1 + left.listed.size() + right.listed.size()));
    }
}
