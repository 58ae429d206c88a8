package org.almagest.io.parquet;

import java.util.Map;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.DecimalText;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The assets of items as structs. Assets that the shape does not hold exactly, such as with a member that is null, stand
 * with what fits no column.
 */
final class AssetColumn implements RowColumn {
    static final String NAME = "assets";

    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final AssetShape shape;

    AssetColumn(AssetShape shape) {
        this.shape = shape;
    }

    static JsonValue parse(Json assets) {
        return JsonReader.read(assets.text(), STORED);
    }

    @Override
    public Type type() {
        return shape.type(NAME);
    }

    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        if (!(row.value(NAME).orElse(null) instanceof Json json)) {
            return null;
        }
        JsonValue assets = parse(json);
        if (fits(shape, assets)) {
            return assets;
        }
        remainder.put("/" + NAME, assets);
        return null;
    }

    private static boolean fits(AssetShape shape, JsonValue value) {
        return switch (shape.kind()) {
            case TEXT -> value instanceof JsonString;
            case TRUTH -> value instanceof JsonBoolean;
            case NUMBER -> value instanceof JsonNumber number && isFloat64(number);
            case LIST ->
                value instanceof JsonArray array
                        && array.elements().stream().allMatch(element -> fits(shape.element(), element));
            case STRUCT -> value instanceof JsonObject object && fitsStruct(shape, object);
            default -> true;
        };
    }

    private static boolean fitsStruct(AssetShape shape, JsonObject object) {
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            AssetShape known = shape.members().get(member.getKey());
            if (known == null || !fits(known, member.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFloat64(JsonNumber number) {
        double value = number.toDouble();
        return Double.isFinite(value) && ShortestDecimal.of(value).equals(DecimalText.canonical(number.literal()));
    }

    @Override
    public void write(RecordConsumer out, Object encoded) {
        write(out, shape, (JsonValue) encoded);
    }

    private static void write(RecordConsumer out, AssetShape shape, JsonValue value) {
        switch (shape.kind()) {
            case TEXT -> out.addBinary(Binary.fromString(((JsonString) value).value()));
            case TRUTH -> out.addBoolean(((JsonBoolean) value).value());
            case NUMBER -> out.addDouble(((JsonNumber) value).toDouble());
            case LIST -> writeList(out, shape.element(), (JsonArray) value);
            case STRUCT -> writeStruct(out, shape, (JsonObject) value);
            default -> out.addBinary(Binary.fromString(CanonicalJson.text(value)));
        }
    }

    private static void writeList(RecordConsumer out, AssetShape element, JsonArray array) {
        out.startGroup();
        if (!array.elements().isEmpty()) {
            out.startField("list", 0);
            for (JsonValue one : array.elements()) {
                out.startGroup();
                out.startField("element", 0);
                write(out, element, one);
                out.endField("element", 0);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private static void writeStruct(RecordConsumer out, AssetShape shape, JsonObject object) {
        out.startGroup();
        int i = 0;
        for (String name : shape.members().keySet()) {
            JsonValue member = object.member(name);
            if (member != null) {
                out.startField(name, i);
                write(out, shape.members().get(name), member);
                out.endField(name, i);
            }
            i++;
        }
        out.endGroup();
    }
}
