package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * How a column says that it holds lists; the rules of Parquet's LogicalTypes for lists of three levels, two and one.
 *
 * @param element what an element is
 * @param depth 1 where the repeated field is the column itself, 2 where it is in it, 3 where elements are in that
 */
record ListShape(Type element, int depth) {
    /** Returns the shape of a list; null where the column holds something else. */
    static @Nullable ListShape of(Type type) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return new ListShape(type, 1);
        }
        if (type.isPrimitive()
                || !(type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation)
                || type.asGroupType().getFieldCount() != 1) {
            return null;
        }
        Type repeated = type.asGroupType().getType(0);
        if (!repeated.isRepetition(Type.Repetition.REPEATED)) {
            return null;
        }
        boolean isElement = repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(type.getName() + "_tuple");
        return isElement
                ? new ListShape(repeated, 2)
                : new ListShape(repeated.asGroupType().getType(0), 3);
    }

    /** Returns the elements of a list as the file has them, null for those that are not there. */
    List<@Nullable Object> elements(Object raw) {
        Object repeated = depth == 1 ? raw : ((@Nullable Object[]) raw)[0];
        List<@Nullable Object> elements = new ArrayList<>();
        if (repeated instanceof List<?> values) {
            for (Object value : values) {
                elements.add(depth == 3 ? ((@Nullable Object[]) value)[0] : value);
            }
        }
        return elements;
    }

    /** Returns the group of a type that is a map with two members, key first; null for any other. */
    static @Nullable GroupType mapEntry(Type type) {
        if (type.isPrimitive()
                || !(type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation)
                || type.asGroupType().getFieldCount() != 1
                || type.asGroupType().getType(0).isPrimitive()) {
            return null;
        }
        GroupType entry = type.asGroupType().getType(0).asGroupType();
        return entry.getFieldCount() == 2 && entry.isRepetition(Type.Repetition.REPEATED) ? entry : null;
    }
}
