package org.almagest.io.schema;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonDocument;
import org.almagest.io.JsonText;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetKind;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.FieldNotes;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;

/**
 * A dataset's schema as JSON, for {@code dataset create --schema}; {@code docs/format/schema.md} says what it holds.
 *
 * @param schema the schema, without field numbers
 * @param description the description of the dataset, may be empty
 */
public record SchemaFile(DatasetSchema schema, String description) {
    private static final String TEMPORAL = "temporal";
    private static final String SPATIOTEMPORAL = "spatiotemporal";
    private static final JsonLimits LIMITS = JsonLimits.of(64 << 20, 100);

    /**
     * Reads a file.
     *
     * @throws InvalidRequestException if it is no schema; names the file and the member
     */
    public static SchemaFile read(Path path, Limits limits) {
        try (SourceBytes bytes = SourceBytes.open(path)) {
            try {
                JsonDocument document = new JsonDocument(bytes, limits);
                if (!document.advance()) {
                    throw new InvalidRequestException("schema", "empty (expected an object)");
                }
                return of(JsonTrees.object(document, limits));
            } catch (InvalidRequestException e) {
                throw e.subject().startsWith(bytes.file()) ? e : e.within(bytes.file());
            } catch (LimitExceededException e) {
                throw e.within(bytes.file());
            }
        }
    }

    /**
     * Reads the text of a schema.
     *
     * @throws InvalidRequestException if it is none; names the member
     */
    public static SchemaFile parse(String json) {
        return of(JsonReader.read(json, LIMITS));
    }

    private static SchemaFile of(JsonValue value) {
        Members members = new Members("schema", value);
        String kind = members.requiredText("kind");
        DatasetSchema.Builder schema = switch (kind) {
            case TEMPORAL -> DatasetSchema.temporal();
            case SPATIOTEMPORAL -> DatasetSchema.spatioTemporal();
            default ->
                throw new InvalidRequestException(
                        "schema: \"kind\"",
                        Quoted.text(kind) + " (expected " + TEMPORAL + " or " + SPATIOTEMPORAL + ")");
        };
        String description = members.text("description").orElse("");
        members.text("key").ifPresent(schema::key);
        members.text("version").ifPresent(schema::version);
        List<String> extent = members.texts("extent");
        if (extent.size() == 2) {
            schema.extent(extent.get(0), extent.get(1));
        } else if (!extent.isEmpty()) {
            throw new InvalidRequestException("schema: \"extent\"", extent.size() + " names (expected 2: start, end)");
        }
        readGeometry(schema, members.member("geometry"));
        int index = 0;
        for (JsonValue field : members.elements("fields")) {
            schema.field(field("schema: field " + index++, field));
        }
        members.end();
        return new SchemaFile(schema.build(), description);
    }

    private static void readGeometry(DatasetSchema.Builder schema, @Nullable JsonValue value) {
        if (value == null) {
            return;
        }
        String place = "schema: \"geometry\"";
        Members members = new Members(place, value);
        Set<GeometryKind> kinds = EnumSet.noneOf(GeometryKind.class);
        for (String name : members.texts("types")) {
            kinds.add(GeometryKind.ofText(name)
                    .orElseThrow(() -> new InvalidRequestException(
                            place, Quoted.text(name) + " (expected a geometry type of GeoJSON)")));
        }
        if (!kinds.isEmpty()) {
            schema.geometryKinds(kinds);
        }
        if (!members.bool("required").orElse(true)) {
            schema.geometryOptional();
        }
        members.end();
    }

    private static Field field(String place, JsonValue value) {
        try {
            if (value instanceof JsonString text) {
                return Field.parse(text.value());
            }
            Members members = new Members(place, value);
            Field field = Field.parse(members.requiredText("name") + ":" + members.requiredText("type"));
            FieldNotes notes = new FieldNotes(
                    members.text("description").orElse(""),
                    members.text("example").orElse(""),
                    members.text("source").orElse(null),
                    members.text("schema").orElse(null));
            boolean queryable = members.bool("queryable").orElse(false);
            members.end();
            return queryable ? field.noted(notes).queryable() : field.noted(notes);
        } catch (InvalidRequestException e) {
            throw e.subject().startsWith(place) ? e : e.within(place);
        }
    }

    /** Returns the text, over several lines, with a line break at the end; reads back equal. */
    public String toJson() {
        StringBuilder out = new StringBuilder("{\n");
        append(out, "kind", schema.kind() == DatasetKind.TEMPORAL ? TEMPORAL : SPATIOTEMPORAL);
        if (!description.isEmpty()) {
            append(out.append(",\n"), "description", description);
        }
        schema.key().ifPresent(field -> append(out.append(",\n"), "key", field.name()));
        schema.version().ifPresent(field -> append(out.append(",\n"), "version", field.name()));
        schema.extent().ifPresent(extent -> {
            out.append(",\n  \"extent\": ");
            JsonText.append(out, List.of(extent.startField(), extent.endField()));
        });
        if (schema.isSpatial()) {
            out.append(",\n  \"geometry\": {\"types\": ");
            JsonText.append(
                    out, schema.geometryKinds().stream().map(GeometryKind::text).toList());
            out.append(", \"required\": ").append(schema.isGeometryRequired()).append('}');
        }
        out.append(",\n  \"fields\": [");
        String separator = "\n    ";
        for (Field field : schema.fields()) {
            appendField(out.append(separator), field);
            separator = ",\n    ";
        }
        return out.append(schema.fields().isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
    }

    private static void append(StringBuilder out, String name, String value) {
        out.append("  \"").append(name).append("\": ");
        JsonText.appendQuoted(out, value);
    }

    private static void appendField(StringBuilder out, Field field) {
        FieldNotes notes = field.notes();
        out.append("{\"name\": ");
        JsonText.appendQuoted(out, field.name());
        appendNote(out, "type", Optional.of(field.typeText()));
        if (field.isQueryable()) {
            out.append(", \"queryable\": true");
        }
        appendNote(out, "description", Optional.of(notes.description()));
        appendNote(out, "example", Optional.of(notes.exampleValue()));
        appendNote(out, "source", notes.sourcePointer());
        appendNote(out, "schema", notes.schemaReference());
        out.append('}');
    }

    private static void appendNote(StringBuilder out, String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> {
            out.append(", \"").append(name).append("\": ");
            JsonText.appendQuoted(out, text);
        });
    }
}
