package org.almagest.io.ndjson;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldGuess;
import org.almagest.io.FieldGuess.Shape;
import org.almagest.io.FieldNames;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceRow;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;

/** Reads a whole file to find the fields that its rows need. One thread. */
final class NdjsonInference {
    private final String file;
    private final SourceOptions options;
    private final Map<String, FieldGuess> guesses = new LinkedHashMap<>();
    private boolean geometry;

    NdjsonInference(String file, SourceOptions options) {
        this.file = file;
        this.options = options;
    }

    /**
     * Returns a schema that the rows fit.
     *
     * @param existing the schema to add fields to, or null to begin one
     */
    DatasetSchema schema(JsonTexts texts, @Nullable DatasetSchema existing) {
        while (texts.advance()) {
            try {
                note(JsonTrees.object(texts, options.limits()));
            } catch (InvalidRequestException e) {
                throw e.within(SourceRow.place(file, texts.line()));
            } catch (LimitExceededException e) {
                throw e.within(SourceRow.place(file, texts.line()));
            }
        }
        DatasetSchema.Builder schema = existing != null ? existing.toBuilder() : begin();
        Map<String, String> sources = new LinkedHashMap<>();
        if (existing != null) {
            existing.fields().forEach(field -> sources.put(field.name(), field.name()));
        }
        for (Map.Entry<String, FieldGuess> guess : guesses.entrySet()) {
            if (existing == null || !isKnown(existing, guess.getKey())) {
                add(schema, sources, guess.getKey(), guess.getValue());
            }
        }
        return schema.build();
    }

    private DatasetSchema.Builder begin() {
        return geometry
                ? DatasetSchema.spatioTemporal()
                        .geometryKinds(EnumSet.allOf(GeometryKind.class))
                        .geometryOptional()
                : DatasetSchema.temporal();
    }

    private static boolean isKnown(DatasetSchema schema, String name) {
        String pointer = FieldNames.pointer("", name);
        return schema.field(name).isPresent()
                || schema.isSpatial() && name.equals(DatasetSchema.GEOMETRY)
                || schema.fields().stream()
                        .anyMatch(field ->
                                field.sourcePointer().filter(pointer::equals).isPresent());
    }

    private void add(DatasetSchema.Builder schema, Map<String, String> sources, String name, FieldGuess guess) {
        String subject = file + ": field " + Quoted.text(name);
        String fieldName = FieldNames.customName(name)
                .orElseThrow(() -> new InvalidRequestException(
                        subject, "no field name can be made of it (expected letters a to z and digits; drop it)"));
        Optional<Field> field = guess.field(fieldName);
        if (field.isEmpty()) {
            return;
        }
        String other = sources.putIfAbsent(fieldName, name);
        if (other != null) {
            throw new InvalidRequestException(
                    subject,
                    "becomes field " + Quoted.text(fieldName) + " as " + Quoted.text(other) + " does (drop one)");
        }
        schema.field(fieldName.equals(name) ? field.get() : field.get().from(FieldNames.pointer("", name)));
    }

    private void note(JsonObject row) {
        for (Map.Entry<String, JsonValue> member : row.members().entrySet()) {
            String name = member.getKey();
            if (name.equals(DatasetSchema.GEOMETRY)) {
                geometry = true;
            } else if (!isFixed(name)) {
                note(guesses.computeIfAbsent(name, same -> new FieldGuess()), member.getValue());
            }
        }
    }

    private boolean isFixed(String name) {
        return options.dropped().contains(name)
                || name.equals(options.timeField().orElse(DatasetSchema.TIME))
                || name.equals(DatasetSchema.ID)
                || name.equals(DatasetSchema.INGESTION_TIME);
    }

    private static void note(FieldGuess guess, JsonValue value) {
        if (value instanceof JsonArray array) {
            boolean flat = array.elements().stream().noneMatch(NdjsonInference::isNestedOrNull);
            for (JsonValue element : array.elements()) {
                if (flat) {
                    guess.element(shape(element), text(element));
                }
            }
            if (!flat) {
                guess.scalar(Shape.NESTED, "");
            }
        } else if (!(value instanceof JsonNull)) {
            guess.scalar(shape(value), text(value));
        }
    }

    private static boolean isNestedOrNull(JsonValue value) {
        return value instanceof JsonArray || value instanceof JsonObject || value instanceof JsonNull;
    }

    private static Shape shape(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return FieldGuess.numberShape(number.literal());
        }
        if (value instanceof JsonString) {
            return Shape.TEXT;
        }
        return value instanceof JsonBoolean ? Shape.BOOL : Shape.NESTED;
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.literal();
        }
        return value instanceof JsonString string ? string.value() : "";
    }
}
