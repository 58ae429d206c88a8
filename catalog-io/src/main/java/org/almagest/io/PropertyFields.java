package org.almagest.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.GeometryChecks;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Sends the members of features to fields by their JSON pointer, adds fields for new ones, and keeps what fits no field
 * exactly in one json field, by pointer. One thread.
 */
public final class PropertyFields {
    /** The field of what fits no other. */
    public static final String OTHER = "other_properties";

    private static final Set<String> GEOMETRY_MEMBERS = Set.of("type", "coordinates", "geometries");

    private final SourceOptions options;
    private final Naming naming;
    private final Map<String, Field> byPointer = new HashMap<>();
    private final Map<String, Set<String>> textsOfNewFields = new HashMap<>();
    private final Map<String, Misfit> misfits = new LinkedHashMap<>();
    private final Set<String> clashes = new HashSet<>();
    private DatasetSchema schema;
    private long line;
    private Map<String, JsonValue> other = new TreeMap<>();

    /** What a format knows about members beforehand. */
    public interface Naming {
        /** Returns the field of a member whose type is known beforehand. */
        Optional<Field> known(String pointer);

        /** Returns the field name that a new member gets; empty where none can be made of its name. */
        Optional<String> fieldName(String member);

        /** Returns the pointer that a field name is kept for; empty text where no member may have it. */
        Optional<String> reservedFor(String fieldName);

        /** Returns the pointer of a field that may state none. */
        String pointer(Field field);
    }

    private record Misfit(long firstLine, long count) {}

    /** Fills the fields of a schema. */
    public PropertyFields(DatasetSchema schema, SourceOptions options, Naming naming) {
        this.schema = schema;
        this.options = options;
        this.naming = naming;
        for (Field field : schema.fields()) {
            byPointer.putIfAbsent(naming.pointer(field), field);
        }
    }

    /** Begins a row. */
    public void begin(long rowLine) {
        line = rowLine;
        other = new TreeMap<>();
    }

    /** Puts a member of the object at {@code parent} into its field, or keeps it beside the fields. */
    public void put(Datapoint.Builder row, String parent, String name, JsonValue value) {
        put(row, new Member(FieldNames.pointer(parent, name), name), value);
    }

    /** Puts the id of a feature into the field {@code fieldName}. */
    public void putId(Datapoint.Builder row, String fieldName, JsonValue value) {
        put(row, new Member("/id", fieldName), value);
    }

    private record Member(String pointer, String name) {}

    private void put(Datapoint.Builder row, Member member, JsonValue value) {
        String pointer = member.pointer();
        String name = member.name();
        Field field = byPointer.get(pointer);
        if (options.dropped().contains(name)
                || field != null && options.dropped().contains(field.name())) {
            return;
        }
        if (field == null && !(value instanceof JsonNull)) {
            field = newField(pointer, name, value);
        }
        Object fitting =
                field == null || value instanceof JsonNull ? null : JsonFit.fit(value, field, options.limits());
        if (field == null || fitting == null) {
            keep(pointer, value);
            noteMisfit(name, field == null ? naming.known(pointer).orElse(null) : field, value);
            return;
        }
        row.set(field.name(), fitting);
        if (fitting instanceof String text && textsOfNewFields.containsKey(pointer)) {
            noteText(pointer, field, text);
        }
    }

    /**
     * Sets the geometry of a feature; an empty one, and members that GeoJSON does not name, are kept beside the fields.
     *
     * @return null where the feature has none
     */
    public @Nullable Geometry putGeometry(Datapoint.Builder row, @Nullable JsonValue value) {
        if (value == null || value instanceof JsonNull) {
            return null;
        }
        Geometry geometry = GeoJsonGeometry.read(value, options.limits());
        if (GeometryChecks.isUnset(geometry)) {
            keep("/geometry", value);
            return null;
        }
        for (Map.Entry<String, JsonValue> member :
                ((JsonObject) value).members().entrySet()) {
            if (!GEOMETRY_MEMBERS.contains(member.getKey())) {
                keep(FieldNames.pointer("/geometry", member.getKey()), member.getValue());
            }
        }
        row.geometry(geometry);
        return geometry;
    }

    /** Sets the geometry of a feature that came in another form than GeoJSON; keeps an empty one beside the fields. */
    public @Nullable Geometry putGeometry(Datapoint.Builder row, Geometry geometry) {
        if (GeometryChecks.isUnset(geometry)) {
            keep("/geometry", JsonReader.read(GeoJsonGeometry.write(geometry), JsonLimits.of(Long.MAX_VALUE, 1_000)));
            return null;
        }
        row.geometry(geometry);
        return geometry;
    }

    /** Checks that an object says it is a feature. */
    public static void requireFeature(JsonObject object) {
        JsonValue type = object.member("type");
        if (!(type instanceof JsonString text)) {
            String found = type == null ? "unset" : type.kindName();
            throw new InvalidRequestException("field \"type\"", found + " (expected \"Feature\")");
        }
        if (!text.value().equals("Feature")) {
            throw new InvalidRequestException("field \"type\"", Quoted.text(text.value()) + " (expected \"Feature\")");
        }
    }

    /** Keeps a member beside the fields. */
    public void keep(String pointer, JsonValue value) {
        other.put(pointer, value);
    }

    /** Ends a row: stores what fits no field. */
    public void end(Datapoint.Builder row) {
        if (other.isEmpty()) {
            return;
        }
        Field field = schema.field(OTHER).orElse(null);
        if (field == null && options.addsFields(NewFields.ADD)) {
            field = Field.json(OTHER);
            add(OTHER, field);
        }
        if (field == null || field.kind() != TypeKind.JSON || field.isArray()) {
            throw new InvalidRequestException(
                    "property " + Quoted.text(other.keySet().iterator().next()),
                    "fits no field (a json field \"" + OTHER + "\" would keep it)");
        }
        row.set(OTHER, JsonTrees.json(new JsonObject(new LinkedHashMap<>(other)), options.limits()));
    }

    private @Nullable Field newField(String pointer, String name, JsonValue value) {
        Optional<Field> known = naming.known(pointer);
        Optional<String> fieldName = known.map(Field::name).or(() -> naming.fieldName(name));
        if (fieldName.isEmpty()) {
            return null;
        }
        if (schema.field(fieldName.get()).isPresent() || isKeptForAnother(fieldName.get(), pointer)) {
            clashes.add(name);
            return null;
        }
        Optional<Field> made = known.isPresent()
                ? known.filter(field -> JsonFit.fit(value, field, options.limits()) != null)
                : JsonFit.field(fieldName.get(), value).map(field -> field.from(pointer));
        if (made.isEmpty()) {
            return null;
        }
        Field field = made.get();
        if (!options.addsFields(NewFields.ADD)) {
            throw new InvalidRequestException(
                    "field " + Quoted.text(name), "no such field in the dataset (drop it, or let fields be added)");
        }
        if (known.isEmpty() && field.kind() == TypeKind.STRING && !field.isArray()) {
            textsOfNewFields.put(pointer, new HashSet<>());
        }
        add(pointer, field);
        return field;
    }

    private boolean isKeptForAnother(String fieldName, String pointer) {
        return naming.reservedFor(fieldName)
                .filter(owner -> !owner.equals(pointer))
                .isPresent();
    }

    private void add(String pointer, Field field) {
        schema = schema.toBuilder().field(field).build();
        byPointer.put(pointer, field);
    }

    /** A new text field stays queryable as long as its values are few. */
    private void noteText(String pointer, Field field, String text) {
        Set<String> texts = textsOfNewFields.get(pointer);
        assert texts != null : pointer;
        texts.add(text);
        if (texts.size() > FieldGuess.DISTINCT_MAX) {
            Field plain = field.notQueryable();
            schema = schema.toBuilder().replaceField(plain).build();
            byPointer.put(pointer, plain);
            textsOfNewFields.remove(pointer);
        }
    }

    private void noteMisfit(String name, @Nullable Field field, JsonValue value) {
        boolean nothing = value instanceof JsonNull
                || value instanceof JsonArray array && array.elements().isEmpty();
        if (field == null || nothing) {
            return;
        }
        boolean sameType = value instanceof JsonString && field.kind() == TypeKind.TIMESTAMP;
        if (!sameType) {
            String what = "property " + Quoted.text(name) + ": " + JsonFit.kindName(value) + " in a field of "
                    + field.typeText();
            misfits.merge(what, new Misfit(line, 1), (old, one) -> new Misfit(old.firstLine(), old.count() + 1));
        }
    }

    /** Returns the schema that all rows so far fit. */
    public DatasetSchema schema() {
        return schema;
    }

    /** Returns which properties came with two types or clash in their names, one sentence each. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        misfits.forEach(
                (what, misfit) -> notices.add(what + ": " + misfit.count() + (misfit.count() == 1 ? " row" : " rows")
                        + ", first in line " + misfit.firstLine() + " (kept in " + OTHER + ")"));
        clashes.stream()
                .sorted()
                .forEach(name -> notices.add("property " + Quoted.text(name)
                        + ": its field name belongs to another property (kept in " + OTHER + ")"));
        return notices;
    }
}
