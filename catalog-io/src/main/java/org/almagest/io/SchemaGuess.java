package org.almagest.io;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Collects what the members or columns of a file look like and makes a schema that its rows fit. One thread. */
public final class SchemaGuess {
    private final String file;
    private final SourceOptions options;
    private final TypeKind fallback;
    private final Map<String, FieldGuess> guesses = new LinkedHashMap<>();
    private boolean spatial;

    /** Begins; {@code fallback} is the kind of what no other type holds. */
    public SchemaGuess(String file, SourceOptions options, TypeKind fallback) {
        this.file = file;
        this.options = options;
        this.fallback = fallback;
    }

    /** Notes that rows have a geometry. */
    public void noteGeometry() {
        spatial = true;
    }

    /** Returns what is known about a member or column; empty where it becomes no field of its own. */
    public Optional<FieldGuess> guess(String name) {
        if (options.dropped().contains(name)
                || name.equals(options.timeField().orElse(DatasetSchema.TIME))
                || name.equals(DatasetSchema.ID)
                || name.equals(DatasetSchema.INGESTION_TIME)) {
            return Optional.empty();
        }
        return Optional.of(guesses.computeIfAbsent(name, same -> new FieldGuess(fallback)));
    }

    /** Returns the members or columns that no row has a value in. */
    public Set<String> unset() {
        return guesses.entrySet().stream()
                .filter(guess -> guess.getValue().field("any").isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Returns a schema that the rows fit.
     *
     * @param existing the schema to add fields to, or null to begin one
     * @throws InvalidRequestException if no field name can be made of a name, or the same of two
     */
    public DatasetSchema schema(@Nullable DatasetSchema existing) {
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
        return spatial
                ? DatasetSchema.spatioTemporal()
                        .geometryKinds(EnumSet.allOf(GeometryKind.class))
                        .geometryOptional()
                : DatasetSchema.temporal();
    }

    private static boolean isKnown(DatasetSchema schema, String name) {
        String pointer = FieldNames.pointer("", name);
        return schema.field(name).isPresent()
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
}
