package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The links of an item: a list of structs, as other readers of stac-geoparquet expect it. */
final class LinkColumn implements RowColumn {
    static final String NAME = "links";
    static final String EXTRA = "extra";

    private static final List<String> MEMBERS = List.of("href", "rel", "type", "title");
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final Function<Datapoint, @Nullable Object> value;

    LinkColumn(Function<Datapoint, @Nullable Object> value) {
        this.value = value;
    }

    @Override
    public Type type() {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> link = Types.requiredGroup();
        for (String member : MEMBERS) {
            link.addField(ValueEncoding.type(TypeKind.STRING, Repetition.OPTIONAL, member));
        }
        link.addField(ValueEncoding.type(TypeKind.JSON, Repetition.OPTIONAL, EXTRA));
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .repeatedGroup()
                .addField(link.named("element"))
                .named("list")
                .named(NAME);
    }

    /** An item without links has an empty list, which is what the mapping makes of none. */
    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        Object set = value.apply(row);
        if (set == null) {
            return List.of();
        }
        JsonValue json = JsonReader.read(((Json) set).text(), STORED);
        if (json instanceof JsonArray links && links.elements().stream().allMatch(LinkColumn::fits)) {
            List<List<@Nullable String>> encoded = new ArrayList<>();
            links.elements().forEach(link -> encoded.add(encoded((JsonObject) link)));
            return encoded;
        }
        remainder.put("/" + NAME, json);
        return List.of();
    }

    private static boolean fits(JsonValue link) {
        return link instanceof JsonObject object
                && object.member(EXTRA) == null
                && MEMBERS.stream()
                        .allMatch(
                                member -> object.member(member) == null || object.member(member) instanceof JsonString);
    }

    private static List<@Nullable String> encoded(JsonObject link) {
        List<@Nullable String> texts = new ArrayList<>();
        for (String member : MEMBERS) {
            texts.add(link.member(member) instanceof JsonString text ? text.value() : null);
        }
        Map<String, JsonValue> extra = new LinkedHashMap<>(link.members());
        extra.keySet().removeAll(MEMBERS);
        texts.add(extra.isEmpty() ? null : CanonicalJson.text(new JsonObject(extra)));
        return texts;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(RecordConsumer out, Object encoded) {
        List<List<@Nullable String>> links = (List<List<@Nullable String>>) encoded;
        out.startGroup();
        if (!links.isEmpty()) {
            out.startField("list", 0);
            for (List<@Nullable String> link : links) {
                out.startGroup();
                out.startField("element", 0);
                writeLink(out, link);
                out.endField("element", 0);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private static void writeLink(RecordConsumer out, List<@Nullable String> link) {
        out.startGroup();
        for (int i = 0; i < link.size(); i++) {
            String text = link.get(i);
            if (text != null) {
                String member = i < MEMBERS.size() ? MEMBERS.get(i) : EXTRA;
                out.startField(member, i);
                out.addBinary(Binary.fromString(text));
                out.endField(member, i);
            }
        }
        out.endGroup();
    }
}
