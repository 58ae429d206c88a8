package org.almagest.storage.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Collects the values of a field of numbers: integers, floats, booleans. One thread. */
final class NumberColumn implements FieldColumn {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final TypeKind kind;
    private final KeyBlocks keys = new KeyBlocks();
    private final Presence presence = new Presence();

    NumberColumn(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void add(byte[] bytes, int start, int end) {
        keys.add(key(bytes, start));
        presence.add(true);
    }

    private long key(byte[] bytes, int start) {
        return switch (kind) {
            case BOOL -> bytes[start] & 1;
            case INT32 -> (int) INT.get(bytes, start);
            case INT64 -> (long) LONG.get(bytes, start);
            case UINT64 -> Numbering.ofUnsigned((long) LONG.get(bytes, start));
            case FLOAT32 -> Numbering.ofFloat(Float.intBitsToFloat((int) INT.get(bytes, start)));
            case FLOAT64 -> Numbering.ofDouble(Double.longBitsToDouble((long) LONG.get(bytes, start)));
            default -> throw new IllegalStateException("column: numbers of " + kind);
        };
    }

    @Override
    public void addUnset() {
        keys.addUnset();
        presence.add(false);
    }

    @Override
    public long bytesSoFar() {
        // Where no frame holds all numbers, they are listed.
        long listBytes =
                keys.isWide() ? Math.min(presence.rowCount(), ColumnFormat.DISTINCT_MAX) * (long) Long.BYTES : 0;
        return NumberPacking.bytesAtMost(presence.rowCount(), keys.packedBytes() + listBytes);
    }

    @Override
    public @Nullable BuiltColumn build() {
        boolean floats = kind == TypeKind.FLOAT32 || kind == TypeKind.FLOAT64;
        if (!floats) {
            return new NumberPacking(new Numbering(kind, 0), keys, presence).pack();
        }
        Decimals.Scaled scaled = Decimals.of(kind, keys, presence);
        return scaled == null
                ? new NumberPacking(new Numbering(kind, Numbering.BITS), keys, presence).pack()
                : new NumberPacking(new Numbering(kind, scaled.scale()), scaled.numbers(), presence).pack();
    }
}
