package org.almagest.internal.row;

import org.almagest.schema.TypeKind;

/**
 * What writes the values of a field, by what these are.
 *
 * <p>One class for each, called where several are: so the compiler makes each of them once and small, instead of all of
 * them again wherever a row is bound, which took it longer than binding a hundred thousand rows.
 */
enum ValueWriter {
    /** Writes strings. */
    TEXT {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            out.writeString(slot, value);
            return true;
        }
    },
    /** Writes integers. */
    INTEGER {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            out.writeInteger(slot, value);
            return true;
        }
    },
    /** Writes floats. */
    FLOAT {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            out.writeFloat(slot, value);
            return true;
        }
    },
    /** Writes timestamps and durations. */
    TIME {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            out.writeTime(slot, value);
            return true;
        }
    },
    /** Writes geometries. */
    GEOMETRY {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            return out.geometries().write(slot, value);
        }
    },
    /** Writes the kinds that few fields have. */
    OTHER {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            return out.writeOther(slot, value);
        }
    },
    /** Writes arrays of any kind. */
    LIST {
        @Override
        boolean write(ValueEncoder out, Slot slot, Object value) {
            return out.writeArray(slot, value);
        }
    };

    private static final ValueWriter[] BY_KIND = new ValueWriter[TypeKind.values().length];

    static {
        for (TypeKind kind : TypeKind.values()) {
            BY_KIND[kind.ordinal()] = choose(kind);
        }
    }

    private static ValueWriter choose(TypeKind kind) {
        return switch (kind) {
            case STRING -> TEXT;
            case INT64, UINT64, INT32 -> INTEGER;
            case FLOAT64, FLOAT32 -> FLOAT;
            case TIMESTAMP, DURATION -> TIME;
            case GEOMETRY -> GEOMETRY;
            case BYTES, BOOL, UUID, ENUM, JSON -> OTHER;
        };
    }

    /** Returns what writes one value of a kind. */
    static ValueWriter of(TypeKind kind) {
        return BY_KIND[kind.ordinal()];
    }

    /** Writes a value, or returns false where it counts as unset and nothing or part of it was written. */
    abstract boolean write(ValueEncoder out, Slot slot, Object value);
}
