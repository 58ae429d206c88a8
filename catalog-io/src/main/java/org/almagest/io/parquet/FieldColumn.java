package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A column of the values of one type, or of lists of them. */
final class FieldColumn implements RowColumn {
    private final TypeKind kind;
    private final Type type;
    private final boolean list;
    private final String remainderName;
    private final Function<Datapoint, @Nullable Object> value;

    private FieldColumn(
            TypeKind kind, Type type, boolean list, String remainderName, Function<Datapoint, @Nullable Object> value) {
        this.kind = kind;
        this.type = type;
        this.list = list;
        this.remainderName = remainderName;
        this.value = value;
    }

    /** Returns a column of single values. */
    static FieldColumn of(String name, TypeKind kind, Function<Datapoint, @Nullable Object> value) {
        return new FieldColumn(kind, ValueEncoding.type(kind, Repetition.OPTIONAL, name), false, name, value);
    }

    /** Returns a column of lists, in three levels. */
    static FieldColumn ofLists(String name, TypeKind kind, Function<Datapoint, @Nullable Object> value) {
        Type list = Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .repeatedGroup()
                .addField(ValueEncoding.type(kind, Repetition.REQUIRED, "element"))
                .named("list")
                .named(name);
        return new FieldColumn(kind, list, true, name, value);
    }

    /** Returns the same column, the values of which are called otherwise where they do not fit. */
    FieldColumn remaindered(String name) {
        return new FieldColumn(kind, type, list, name, value);
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
        Object encoded = null;
        if (set instanceof List<?> elements) {
            encoded = list ? encodeAll(elements) : null;
        } else if (!list && ValueEncoding.isOf(kind, set)) {
            encoded = ValueEncoding.encode(set);
        }
        if (encoded == null) {
            remainder.put(remainderName, exact(set));
        }
        return encoded;
    }

    private @Nullable Object encodeAll(List<?> elements) {
        List<Object> encoded = new ArrayList<>(elements.size());
        for (Object element : elements) {
            Object one = ValueEncoding.isOf(kind, element) ? ValueEncoding.encode(element) : null;
            if (one == null) {
                return null;
            }
            encoded.add(one);
        }
        return encoded;
    }

    /** In items it is put back as JSON, else it is read as text, from which every value comes back. */
    private JsonValue exact(Object set) {
        return remainderName.startsWith("/") ? JsonColumn.any(set) : text(set);
    }

    private static JsonValue text(Object set) {
        if (set instanceof List<?> elements) {
            List<JsonValue> texts = new ArrayList<>();
            elements.forEach(element -> texts.add(text(element)));
            return new JsonArray(texts);
        }
        JsonValue json = JsonColumn.scalar(set);
        return json instanceof JsonString && !(set instanceof Json) ? json : new JsonString(set.toString());
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
