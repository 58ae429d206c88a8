package org.almagest.io.ndjson;

import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldGuess;
import org.almagest.io.FieldGuess.Shape;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.SchemaGuess;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceRow;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Reads a whole file to find the fields that its rows need. One thread. */
final class NdjsonInference {
    private final String file;
    private final SourceOptions options;
    private final SchemaGuess guess;

    NdjsonInference(String file, SourceOptions options) {
        this.file = file;
        this.options = options;
        this.guess = new SchemaGuess(file, options, TypeKind.JSON);
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
        return guess.schema(existing);
    }

    private void note(JsonObject row) {
        for (Map.Entry<String, JsonValue> member : row.members().entrySet()) {
            if (member.getKey().equals(DatasetSchema.GEOMETRY)) {
                guess.noteGeometry();
            } else {
                guess.guess(member.getKey()).ifPresent(field -> note(field, member.getValue()));
            }
        }
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
