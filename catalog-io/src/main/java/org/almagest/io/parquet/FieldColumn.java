package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Datapoint;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A column of the values of one type, or of lists of them. */
final class FieldColumn implements RowColumn {
    private final Type type;
    private final boolean list;
    private final String remainderName;
    private final Function<Datapoint, @Nullable Object> value;

    private FieldColumn(Type type, boolean list, String remainderName, Function<Datapoint, @Nullable Object> value) {
        this.type = type;
        this.list = list;
        this.remainderName = remainderName;
        this.value = value;
    }

    /** Returns a column of single values. */
    static FieldColumn of(String name, TypeKind kind, Function<Datapoint, @Nullable Object> value) {
        return new FieldColumn(ValueEncoding.type(kind, Repetition.OPTIONAL, name), false, name, value);
    }

    /** Returns a column of lists, in three levels. */
    static FieldColumn ofLists(String name, TypeKind kind, Function<Datapoint, @Nullable Object> value) {
        Type list = Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .repeatedGroup()
                .addField(ValueEncoding.type(kind, Repetition.REQUIRED, "element"))
                .named("list")
                .named(name);
        return new FieldColumn(list, true, name, value);
    }

    /** Returns the same column, the values of which are called otherwise where they do not fit. */
    FieldColumn remaindered(String name) {
        return new FieldColumn(type, list, name, value);
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        Object set = value.apply(row);
        if (set == null) {
            return null;
        }
        Object encoded = set instanceof List<?> elements ? encodeAll(elements) : ValueEncoding.encode(set);
        if (encoded == null) {
            remainder.put(remainderName, exact(set));
        }
        return encoded;
    }

    private static @Nullable Object encodeAll(List<?> elements) {
        List<Object> encoded = new ArrayList<>(elements.size());
        for (Object element : elements) {
            Object one = ValueEncoding.encode(element);
            if (one == null) {
                return null;
            }
            encoded.add(one);
        }
        return encoded;
    }

    /** Only times and durations do not fit, and both have an exact text. */
    private static JsonValue exact(Object value) {
        if (value instanceof List<?> elements) {
            List<JsonValue> texts = new ArrayList<>();
            elements.forEach(element -> texts.add(exact(element)));
            return new JsonArray(texts);
        }
        JsonValue json = JsonColumn.scalar(value);
        return json instanceof JsonString ? json : new JsonString(value.toString());
    }

    @Override
    public void write(RecordConsumer out, Object encoded) {
        if (!list) {
            ValueEncoding.write(out, encoded);
            return;
        }
        List<?> elements = (List<?>) encoded;
        out.startGroup();
        if (!elements.isEmpty()) {
            out.startField("list", 0);
            for (Object element : elements) {
                out.startGroup();
                out.startField("element", 0);
                ValueEncoding.write(out, element);
                out.endField("element", 0);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }
}
