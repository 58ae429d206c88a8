package org.almagest.schema;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known about a field beside name and type; nothing of it enters an id. Immutable. */
public final class FieldNotes {
    /** Nothing. */
    public static final FieldNotes NONE = new FieldNotes("", "", null, null);

    private final String description;
    private final String exampleValue;
    private final @Nullable String sourcePointer;
    private final @Nullable String schemaReference;

    /**
     * Creates notes.
     *
     * @param description for people, may be empty
     * @param exampleValue for people, may be empty
     * @param sourcePointer the JSON pointer of where values came from in a source document, or null
     * @param schemaReference the URI of a JSON schema of the values, or null
     */
    public FieldNotes(
            String description, String exampleValue, @Nullable String sourcePointer, @Nullable String schemaReference) {
        this.description = description;
        this.exampleValue = exampleValue;
        this.sourcePointer = sourcePointer;
        this.schemaReference = schemaReference;
    }

    /** Returns these notes with another description. */
    public FieldNotes withDescription(String text) {
        return new FieldNotes(text, exampleValue, sourcePointer, schemaReference);
    }

    /** Returns these notes with another source pointer. */
    public FieldNotes withSourcePointer(String pointer) {
        return new FieldNotes(description, exampleValue, pointer, schemaReference);
    }

    /** Returns the description; may be empty. */
    public String description() {
        return description;
    }

    /** Returns an example value for people; may be empty. */
    public String exampleValue() {
        return exampleValue;
    }

    /** Returns the JSON pointer of where values came from in a source document. */
    public Optional<String> sourcePointer() {
        return Optional.ofNullable(sourcePointer);
    }

    /** Returns the URI of a JSON schema of the values. */
    public Optional<String> schemaReference() {
        return Optional.ofNullable(schemaReference);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof FieldNotes)) {
            return false;
        }
        FieldNotes other = (FieldNotes) object;
        return description.equals(other.description)
                && exampleValue.equals(other.exampleValue)
                && Objects.equals(sourcePointer, other.sourcePointer)
                && Objects.equals(schemaReference, other.schemaReference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(description, exampleValue, sourcePointer, schemaReference);
    }
}
