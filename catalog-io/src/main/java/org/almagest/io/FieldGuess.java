package org.almagest.io;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/**
 * Collects what the values of one member or column look like and decides the type that holds all of them. One thread.
 *
 * <p>Integers widen to float64 beside fractions; values that no other type holds fall back to a kind that holds all.
 * Nothing is ever guessed from the look of a text.
 */
public final class FieldGuess {
    /** Texts with at most this many different values get a column of their own. */
    public static final int DISTINCT_MAX = 256;

    private final Set<Shape> scalars = EnumSet.noneOf(Shape.class);
    private final Set<Shape> elements = EnumSet.noneOf(Shape.class);
    private final Set<String> texts = new HashSet<>();
    private final TypeKind fallback;
    private boolean negative;

    /** Collects values; {@code fallback} is the kind that holds every mixture of them: json or string. */
    public FieldGuess(TypeKind fallback) {
        this.fallback = fallback;
    }

    /** What one value looks like. */
    public enum Shape {
        /** {@code true} or {@code false}. */
        BOOL,
        /** An integer in the range of int64. */
        INTEGER,
        /** An integer above it, in the range of uint64. */
        LARGE_INTEGER,
        /** Any other number. */
        NUMBER,
        /** Text. */
        TEXT,
        /** An object, a nested array, or an array with nulls. */
        NESTED
    }

    /** Notes a scalar; {@code text} is its text, which counts for {@link Shape#TEXT} and signs only. */
    public void scalar(Shape shape, String text) {
        scalars.add(shape);
        noteSign(shape, text);
        if (shape == Shape.TEXT && texts.size() <= DISTINCT_MAX) {
            texts.add(text);
        }
    }

    /** Notes an element of a flat array. */
    public void element(Shape shape, String text) {
        elements.add(shape);
        noteSign(shape, text);
    }

    private void noteSign(Shape shape, String text) {
        negative |= shape == Shape.INTEGER && text.startsWith("-");
    }

    /** Returns the shape of a number in JSON's spelling. */
    public static Shape numberShape(String literal) {
        int start = literal.startsWith("-") ? 1 : 0;
        for (int i = start; i < literal.length(); i++) {
            if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
                return Shape.NUMBER;
            }
        }
        int digits = literal.length() - start;
        if (digits < 19) {
            return Shape.INTEGER;
        }
        if (digits > 20) {
            return Shape.NUMBER;
        }
        BigInteger value = new BigInteger(literal);
        if (value.bitLength() < Long.SIZE) {
            return Shape.INTEGER;
        }
        return value.signum() > 0 && value.bitLength() == Long.SIZE ? Shape.LARGE_INTEGER : Shape.NUMBER;
    }

    /** Returns a field of this name that holds every value noted; empty where none was. */
    public Optional<Field> field(String name) {
        if (scalars.isEmpty() && elements.isEmpty()) {
            return Optional.empty();
        }
        if (!scalars.isEmpty() && !elements.isEmpty()) {
            return Optional.of(Field.of(name, fallback));
        }
        TypeKind kind = kind(scalars.isEmpty() ? elements : scalars);
        Field field = Field.of(name, kind);
        if (scalars.isEmpty() && kind != TypeKind.JSON) {
            return Optional.of(field.array());
        }
        return Optional.of(isQueryable(kind) ? field.queryable() : field);
    }

    private boolean isQueryable(TypeKind kind) {
        return kind == TypeKind.BOOL || kind.isNumeric() || kind == TypeKind.STRING && texts.size() <= DISTINCT_MAX;
    }

    private TypeKind kind(Set<Shape> shapes) {
        if (shapes.equals(EnumSet.of(Shape.BOOL))) {
            return TypeKind.BOOL;
        }
        if (shapes.equals(EnumSet.of(Shape.TEXT))) {
            return TypeKind.STRING;
        }
        if (shapes.equals(EnumSet.of(Shape.INTEGER))) {
            return TypeKind.INT64;
        }
        if (EnumSet.of(Shape.INTEGER, Shape.LARGE_INTEGER).containsAll(shapes)) {
            return negative ? fallback : TypeKind.UINT64;
        }
        if (EnumSet.of(Shape.INTEGER, Shape.NUMBER).containsAll(shapes)) {
            return TypeKind.FLOAT64;
        }
        return fallback;
    }
}
