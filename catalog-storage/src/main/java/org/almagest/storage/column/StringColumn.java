package org.almagest.storage.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Collects strings, bytes, UUIDs or enum values; builds them as a sorted list, while they are few. One thread. */
final class StringColumn implements FieldColumn {
    private final TypeKind kind;
    private final int lengthBytes;
    private final EnumNames names;
    private @Nullable DistinctStrings strings =
            new DistinctStrings(ColumnFormat.DISTINCT_MAX, ColumnFormat.STRING_BYTES_MAX);
    private KeyBlocks numbers = new KeyBlocks();
    private Presence presence = new Presence();

    StringColumn(TypeKind kind, EnumNames names) {
        this.kind = kind;
        this.names = names;
        this.lengthBytes = kind == TypeKind.STRING || kind == TypeKind.BYTES ? Integer.BYTES : 0;
    }

    @Override
    public void add(byte[] bytes, int start, int end) {
        addContent(bytes, start + lengthBytes, end);
    }

    @Override
    public void addContent(byte[] bytes, int start, int end) {
        if (strings == null) {
            return;
        }
        int number = strings.add(bytes, start, end);
        if (number < 0) {
            strings = null;
            numbers = new KeyBlocks();
            presence = new Presence();
            return;
        }
        numbers.add(number);
        presence.add(true);
    }

    @Override
    public void addUnset() {
        if (strings != null) {
            numbers.addUnset();
            presence.add(false);
        }
    }

    @Override
    public long bytesSoFar() {
        if (strings == null) {
            return 0;
        }
        long rows = presence.rowCount();
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(strings.count());
        long names = kind == TypeKind.ENUM ? this.names.bytesAtMost(strings.count()) : 0;
        return NumberPacking.bytesAtMost(rows, rows * bits / Byte.SIZE)
                + names
                + strings.byteCount()
                + (long) strings.count() * Integer.BYTES;
    }

    @Override
    public @Nullable BuiltColumn build() {
        if (strings == null) {
            return null;
        }
        DistinctStrings listed = kind == TypeKind.ENUM ? names.named(strings) : strings;
        int[] sorted = kind == TypeKind.ENUM ? names.sorted(strings) : strings.sorted();
        int[] ranks = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            ranks[sorted[i]] = i + 1;
        }
        CodeSink codes = new CodeSink();
        codes.zones().distinctCount(sorted.length);
        long[] block = new long[KeyBlocks.ROWS];
        int rows;
        for (int i = 0; (rows = numbers.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows && sorted.length > 0; j++) {
                block[j] = ranks[(int) block[j]];
            }
            presence.clearUnset(i * KeyBlocks.ROWS, rows, block);
            codes.add(block, rows);
        }
        byte[] list = list(listed, sorted);
        Numbering numbering = new Numbering(kind, 0);
        int zoneBytes = codes.zones().bodyBytes();
        return new BuiltColumn(ColumnHead.ofList(Encoding.STRINGS, numbering, list.length, zoneBytes), list, codes);
    }

    private static byte[] list(DistinctStrings strings, int[] sorted) {
        int bytes = sorted.length * Integer.BYTES + strings.byteCount();
        ByteBuffer list =
                ByteBuffer.allocate(bytes + ColumnFormat.padding(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        list.position(sorted.length * Integer.BYTES);
        for (int i = 0; i < sorted.length; i++) {
            list.put(strings.string(sorted[i]));
            list.putInt(i * Integer.BYTES, list.position() - sorted.length * Integer.BYTES);
        }
        return list.array();
    }
}
