package org.almagest.storage.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Collects timestamps or durations; builds them as counts of the coarsest unit that keeps all exactly. One thread. */
final class TimeColumn implements FieldColumn {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] SCALES = {0, 3, 6, Numbering.NANOS_SCALE};

    /** A second has less than two to the power of this many nanoseconds. */
    private static final long BITS_OF_NANOS = 30;

    private final TypeKind kind;
    private final KeyBlocks seconds = new KeyBlocks();
    private final KeyBlocks nanos = new KeyBlocks();
    private final Presence presence = new Presence();
    private final long[] nanosOfBlock = new long[KeyBlocks.ROWS];

    TimeColumn(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void add(byte[] bytes, int start, int end) {
        seconds.add((long) LONG.get(bytes, start));
        nanos.add((int) INT.get(bytes, start + Long.BYTES));
        presence.add(true);
    }

    @Override
    public void addUnset() {
        seconds.addUnset();
        nanos.addUnset();
        presence.add(false);
    }

    @Override
    public long bytesSoFar() {
        // Nanoseconds that are equal within a block widen its seconds all the same, by what a second has of them.
        long finer = nanos.isWithin(0, 0) ? 0 : presence.rowCount() * BITS_OF_NANOS / Byte.SIZE;
        return NumberPacking.bytesAtMost(presence.rowCount(), seconds.packedBytes() + finer);
    }

    @Override
    public @Nullable BuiltColumn build() {
        int scale = scale();
        long unitsPerSecond = Numbering.unitsPerSecond(scale);
        if (!fits(unitsPerSecond)) {
            return null;
        }
        return new NumberPacking(new Numbering(kind, scale), counts(scale), presence).pack();
    }

    private KeyBlocks counts(int scale) {
        if (scale == 0) {
            return seconds;
        }
        long unitsPerSecond = Numbering.unitsPerSecond(scale);
        long nanosPerUnit = Numbering.unitsPerSecond(Numbering.NANOS_SCALE - scale);
        KeyBlocks counts = new KeyBlocks();
        long[] block = new long[KeyBlocks.ROWS];
        int rows;
        for (int i = 0; (rows = seconds.read(i, block)) > 0; i++) {
            nanos.read(i, nanosOfBlock);
            for (int j = 0; j < rows; j++) {
                block[j] = block[j] * unitsPerSecond + nanosOfBlock[j] / nanosPerUnit;
            }
            counts.add(block, rows);
        }
        return counts;
    }

    private int scale() {
        if (nanos.isWithin(0, 0)) {
            return 0;
        }
        int index = 0;
        int rows;
        for (int block = 0; (rows = nanos.read(block, nanosOfBlock)) > 0; block++) {
            for (int i = 0; i < rows; i++) {
                while (nanosOfBlock[i] % Numbering.unitsPerSecond(Numbering.NANOS_SCALE - SCALES[index]) != 0) {
                    index++;
                }
            }
        }
        return SCALES[index];
    }

    /** Returns whether counts of the unit fit 64 bits: nanoseconds reach from 1678 to 2261. */
    private boolean fits(long unitsPerSecond) {
        long most = Long.MAX_VALUE / unitsPerSecond - 1;
        return seconds.isWithin(-most, most);
    }
}
