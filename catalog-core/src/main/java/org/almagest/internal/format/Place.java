package org.almagest.internal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where bytes belong: store, number of the file, offset in the file. It is mixed into every checksum, so that a right
 * block in the wrong place fails.
 *
 * <p>The checksum is CRC-32C over the 32 bytes below and then the bytes themselves.
 *
 * <pre>
 * offset  bytes  field         constraint
 * 0       16     store id      as in FORMAT
 * 16      8      file number   i64, little-endian
 * 24      8      offset        i64, little-endian, of the first byte that is summed
 * </pre>
 */
public record Place(long storeIdHigh, long storeIdLow, long fileNumber, long offset) {
    /** Returns the place of other bytes in the same file. */
    public Place at(long otherOffset) {
        return new Place(storeIdHigh, storeIdLow, fileNumber, otherOffset);
    }

    /** Returns the CRC-32C of the remaining bytes at this place; the buffer keeps its position. */
    public int crc32c(ByteBuffer bytes) {
        CRC32C crc = begin();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Returns the CRC-32C of a part of an array at this place. */
    public int crc32c(byte[] bytes, int from, int length) {
        CRC32C crc = begin();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Returns a checksum that has seen this place and waits for the bytes, for those who write piece by piece. */
    public CRC32C begin() {
        ByteBuffer place = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(storeIdHigh)
                .putLong(storeIdLow)
                .putLong(Long.reverseBytes(fileNumber))
                .putLong(Long.reverseBytes(offset));
        CRC32C crc = new CRC32C();
        crc.update(place.array());
        return crc;
    }
}
