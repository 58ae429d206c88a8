package org.almagest.schema;

import java.util.List;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.jspecify.annotations.Nullable;

/** A custom field of a dataset: name, type and what is known about it. Immutable. */
public final class Field {
    /** The number of a field that the engine has not numbered yet. */
    public static final int UNNUMBERED = 0;

    private static final int NAME_LENGTH_MAX = 100;

    private final int number;
    private final String name;
    private final FieldType type;
    private final Multiplicity multiplicity;
    private final boolean queryable;
    private final FieldNotes notes;

    private Field(int number, String name, FieldType type, Multiplicity multiplicity, QueryableNotes queryableNotes) {
        if (!Names.isIdentifier(name)) {
            throw new InvalidRequestException("field " + Quoted.text(name), "name (expected [a-z][a-z0-9_]*)");
        }
        Limits.check(
                "field " + Quoted.text(name) + ": name length", "fieldNameLengthMax", name.length(), NAME_LENGTH_MAX);
        if (DatasetSchema.FIXED_FIELD_NAMES.contains(name) && !name.equals(DatasetSchema.GEOMETRY)) {
            throw new InvalidRequestException("field " + Quoted.text(name), "name is reserved for a fixed field");
        }
        this.number = number;
        this.name = name;
        this.type = type;
        this.multiplicity = multiplicity;
        this.queryable = queryableNotes.queryable;
        this.notes = queryableNotes.notes;
    }

    private record QueryableNotes(boolean queryable, FieldNotes notes) {}

    /** Whether a field holds one value or a sequence. */
    public enum Multiplicity {
        /** One value. */
        SCALAR,
        /** A sequence of values; empty means unset. */
        ARRAY
    }

    /**
     * Returns a scalar field.
     *
     * @throws InvalidRequestException if the name is not {@code [a-z][a-z0-9_]*} or is reserved
     * @throws LimitExceededException if the name is longer than 100 characters
     */
    public static Field of(String name, FieldType type) {
        return new Field(UNNUMBERED, name, type, Multiplicity.SCALAR, new QueryableNotes(false, FieldNotes.NONE));
    }

    /** Returns a scalar field of a kind other than enum. */
    public static Field of(String name, TypeKind kind) {
        return of(name, new SimpleType(kind));
    }

    /** Returns a text field. */
    public static Field string(String name) {
        return of(name, TypeKind.STRING);
    }

    /** Returns a field of bytes. */
    public static Field bytes(String name) {
        return of(name, TypeKind.BYTES);
    }

    /** Returns a field of true or false. */
    public static Field bool(String name) {
        return of(name, TypeKind.BOOL);
    }

    /** Returns a field of signed 32-bit integers. */
    public static Field int32(String name) {
        return of(name, TypeKind.INT32);
    }

    /** Returns a field of signed 64-bit integers. */
    public static Field int64(String name) {
        return of(name, TypeKind.INT64);
    }

    /** Returns a field of unsigned 64-bit integers. */
    public static Field uint64(String name) {
        return of(name, TypeKind.UINT64);
    }

    /** Returns a field of 32-bit floating-point numbers. */
    public static Field float32(String name) {
        return of(name, TypeKind.FLOAT32);
    }

    /** Returns a field of 64-bit floating-point numbers. */
    public static Field float64(String name) {
        return of(name, TypeKind.FLOAT64);
    }

    /** Returns a field of durations. */
    public static Field duration(String name) {
        return of(name, TypeKind.DURATION);
    }

    /** Returns a field of instants. */
    public static Field timestamp(String name) {
        return of(name, TypeKind.TIMESTAMP);
    }

    /** Returns a field of UUIDs. */
    public static Field uuid(String name) {
        return of(name, TypeKind.UUID);
    }

    /** Returns a field of geometries, which are stored but never indexed. */
    public static Field geometry(String name) {
        return of(name, TypeKind.GEOMETRY);
    }

    /** Returns a field of JSON values. */
    public static Field json(String name) {
        return of(name, TypeKind.JSON);
    }

    /** Returns a field of declared values. */
    public static Field enumeration(String name, EnumValue... values) {
        return of(name, new EnumType(List.of(values)));
    }

    /** Returns this field as an array. */
    public Field array() {
        return new Field(number, name, type, Multiplicity.ARRAY, new QueryableNotes(queryable, notes));
    }

    /** Returns this field stored column-wise with zone maps, which makes filters on it fast. */
    public Field queryable() {
        return new Field(number, name, type, multiplicity, new QueryableNotes(true, notes));
    }

    /** Returns this field without a column of its own; filters on it read pages. */
    public Field notQueryable() {
        return new Field(number, name, type, multiplicity, new QueryableNotes(false, notes));
    }

    /** Returns this field with a number; the engine's business. */
    public Field numbered(int newNumber) {
        return new Field(newNumber, name, type, multiplicity, new QueryableNotes(queryable, notes));
    }

    /** Returns this field with other notes. */
    public Field noted(FieldNotes newNotes) {
        return new Field(number, name, type, multiplicity, new QueryableNotes(queryable, newNotes));
    }

    /** Returns this field with a description. */
    public Field describedAs(String description) {
        return noted(notes.withDescription(description));
    }

    /** Returns this field with the JSON pointer of where its values came from in a source document. */
    public Field from(String sourcePointer) {
        return noted(notes.withSourcePointer(sourcePointer));
    }

    /** Returns the number that files and the wire know the field by, or {@link #UNNUMBERED}; never reused. */
    public int number() {
        return number;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the type of the value, or of the elements of an array. */
    public FieldType type() {
        return type;
    }

    /** Returns the kind of the type. */
    public TypeKind kind() {
        return type.kind();
    }

    /** Tells whether the field holds a sequence. */
    public boolean isArray() {
        return multiplicity == Multiplicity.ARRAY;
    }

    /** Tells whether the field is stored column-wise with zone maps. */
    public boolean isQueryable() {
        return queryable;
    }

    /** Returns what is known about the field beside its type. */
    public FieldNotes notes() {
        return notes;
    }

    /** Returns the code of the type as it enters ids and files, with {@link TypeKind#ARRAY_CODE} added for arrays. */
    public int typeCode() {
        return kind().code() + (isArray() ? TypeKind.ARRAY_CODE : 0);
    }

    /** Returns the type as users write it, such as {@code float64} or {@code string[]}. */
    public String typeText() {
        return type + (isArray() ? "[]" : "");
    }

    /** Tells whether both are equal in everything, notes and number included. */
    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof Field)) {
            return false;
        }
        Field other = (Field) object;
        return number == other.number
                && queryable == other.queryable
                && multiplicity == other.multiplicity
                && name.equals(other.name)
                && type.equals(other.type)
                && notes.equals(other.notes);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + number;
    }

    /** Returns {@code name:type}, as the command line writes it. */
    @Override
    public String toString() {
        return name + ":" + typeText();
    }

    /**
     * Reads {@code name:type} or {@code name:type[]}; an enum is written {@code name:enum(0=NONE,1=SOME)}.
     *
     * @throws InvalidRequestException if the text is anything else
     */
    public static Field parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidRequestException("field " + Quoted.text(text), "no type (expected NAME:TYPE)");
        }
        String typeText = text.substring(colon + 1).trim();
        boolean array = typeText.endsWith("[]");
        String element = array ? typeText.substring(0, typeText.length() - 2) : typeText;
        Field field = of(text.substring(0, colon).trim(), FieldTypeText.parse(element));
        return array ? field.array() : field;
    }

    /** Returns the JSON pointer of where the values came from in a source document. */
    public Optional<String> sourcePointer() {
        return notes.sourcePointer();
    }
}
