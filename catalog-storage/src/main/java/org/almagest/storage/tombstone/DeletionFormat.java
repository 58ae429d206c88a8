package org.almagest.storage.tombstone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.storage.tombstone.Tombstones.Deletion;
import org.roaringbitmap.RoaringBitmap;

/**
 * One deletion in a generation of tombstones. Little-endian.
 *
 * <pre>
 * offset  bytes  field             constraint
 * 0       8      sequence          i64, at least 1
 * 8       8      ingestion micros  i64, Unix microseconds
 * 16      4      cardinality       at least 1
 * 20      4      bitmap bytes      b
 * 24      b      bitmap            portable serialization of RoaringBitmap, as the library would write it again
 * </pre>
 */
final class DeletionFormat {
    static final int SEQUENCE_OFFSET = 0;
    static final int INGESTION_MICROS_OFFSET = 8;
    static final int CARDINALITY_OFFSET = 16;
    static final int BITMAP_BYTES_OFFSET = 20;
    static final int BITMAP_OFFSET = 24;

    private DeletionFormat() {}

    static long bytes(Deletion deletion) {
        return BITMAP_OFFSET + (long) deletion.rows().serializedSizeInBytes();
    }

    static void write(Deletion deletion, ByteBuffer to) {
        RoaringBitmap rows = deletion.rows();
        to.putLong(deletion.sequence()).putLong(deletion.ingestionMicros());
        to.putInt(rows.getCardinality()).putInt(rows.serializedSizeInBytes());
        rows.serialize(to);
    }

    /**
     * Reads the deletion at the position and moves on behind it.
     *
     * @throws IllegalArgumentException if there is no whole and valid deletion of rows below {@code rowCount}
     */
    static Deletion read(ByteBuffer from, int rowCount) {
        require(from.remaining() >= BITMAP_OFFSET, "bytes", from.remaining());
        long sequence = from.getLong();
        long ingestionMicros = from.getLong();
        int cardinality = from.getInt();
        int length = from.getInt();
        require(length >= 0 && length <= from.remaining(), "bitmap bytes", length);
        RoaringBitmap rows = bitmap(from.slice(from.position(), length));
        from.position(from.position() + length);
        require(rows.serializedSizeInBytes() == length, "bitmap bytes", length);
        require(cardinality >= 1 && rows.getCardinality() == cardinality, "cardinality", cardinality);
        require(Integer.compareUnsigned(rows.last(), rowCount) < 0, "row", Integer.toUnsignedLong(rows.last()));
        return new Deletion(sequence, ingestionMicros, rows);
    }

    private static RoaringBitmap bitmap(ByteBuffer bytes) {
        RoaringBitmap rows = new RoaringBitmap();
        try {
            rows.deserialize(bytes.order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException | RuntimeException e) {
            // The library checks as it goes, and what it throws for bytes that are too short is its own affair.
            throw new IllegalArgumentException("deletion: bitmap: " + e.getMessage(), e);
        }
        require(rows.validate(), "bitmap bytes", bytes.limit());
        return rows;
    }

    private static void require(boolean holds, String fact, long actual) {
        if (!holds) {
            throw new IllegalArgumentException("deletion: " + fact + ": " + actual);
        }
    }
}
