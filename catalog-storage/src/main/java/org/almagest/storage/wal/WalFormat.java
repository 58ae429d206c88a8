package org.almagest.storage.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.almagest.internal.format.Place;

/**
 * The layout of a log file: a header, then frames back to back. Header and frame envelope are frozen.
 *
 * <p>Little-endian, except the store id, which is bytes in their order. Page: {@code docs/format/wal.md}; golden bytes:
 * {@code golden/wal/v1}. What a reader must reject, and what it drops as a torn tail, is on that page.
 *
 * <pre>
 * offset  bytes  field             constraint
 * 0       8      magic             ALMAGWAL in ASCII
 * 8       2      major             u16, MAJOR
 * 10      2      minor             u16, MINOR
 * 12      4      reserved          0
 * 16      8      critical bits     features a reader must know; none so far
 * 24      8      optional bits     features a reader may ignore; none so far
 * 32      16     store id          as in FORMAT
 * 48      8      number            i64, of this file, as in its name; at least 1
 * 56      8      first sequence    i64, no frame of this file has a lower one; at least 1
 * 64      8      previous number   i64, of the file before; 0 where a chain starts
 * 72      8      previous length   i64, good bytes of the file before; 0 where a chain starts
 * 80      4      previous crc      CRC-32C of those bytes; 0 where a chain starts
 * 84      4      header crc        CRC-32C of bytes 0 to 83
 * </pre>
 *
 * <pre>
 * offset  bytes  field             constraint
 * 0       4      payload length    u32, 0..PAYLOAD_BYTES_MAX
 * 4       1      kind              FrameKind
 * 5       1      payload version   1
 * 6       2      frame reserved    0
 * 8       8      sequence          i64, one more than the frame before, published ones left out
 * 16      8      synced sequence   i64, durable when the frame was built; below sequence
 * 24      n      payload
 * 24+n    4      frame crc         CRC-32C of the Place (store id, file number, offset of the frame) and all before
 * </pre>
 */
public final class WalFormat {
    /** The folder of all logs. */
    public static final String FOLDER = "wal";

    /** The size of the header. */
    public static final int HEADER_BYTES = 88;

    /** What a frame takes beside its payload. */
    public static final int FRAME_OVERHEAD_BYTES = 28;

    /** The longest payload; a bound on what a hostile length can make of the heap. */
    public static final int PAYLOAD_BYTES_MAX = 1 << 26;

    /** The longest file; a log far beyond every sensible {@code Limits.walBytesMax}. */
    public static final long FILE_BYTES_MAX = 1L << 32;

    static final String MAGIC = "ALMAGWAL";
    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int MAGIC_OFFSET = 0;
    static final int MAJOR_OFFSET = 8;
    static final int MINOR_OFFSET = 10;
    static final int RESERVED_OFFSET = 12;
    static final int CRITICAL_BITS_OFFSET = 16;
    static final int OPTIONAL_BITS_OFFSET = 24;
    static final int STORE_ID_OFFSET = 32;
    static final int NUMBER_OFFSET = 48;
    static final int FIRST_SEQUENCE_OFFSET = 56;
    static final int PREVIOUS_NUMBER_OFFSET = 64;
    static final int PREVIOUS_LENGTH_OFFSET = 72;
    static final int PREVIOUS_CRC_OFFSET = 80;
    static final int HEADER_CRC_OFFSET = 84;

    static final int PAYLOAD_LENGTH_OFFSET = 0;
    static final int KIND_OFFSET = 4;
    static final int PAYLOAD_VERSION_OFFSET = 5;
    static final int FRAME_RESERVED_OFFSET = 6;
    static final int SEQUENCE_OFFSET = 8;
    static final int SYNCED_SEQUENCE_OFFSET = 16;
    static final int PAYLOAD_OFFSET = 24;
    static final int FRAME_CRC_BYTES = 4;

    private WalFormat() {}

    /** Writes a frame at the position of a little-endian buffer, as it stands at {@code place}. */
    static void putFrame(ByteBuffer to, Frame frame, Place place) {
        assert to.order() == ByteOrder.LITTLE_ENDIAN : to.order();
        int start = to.position();
        byte[] payload = frame.payload();
        to.putInt(payload.length);
        to.put((byte) frame.kind().code()).put((byte) frame.kind().payloadVersion());
        to.putShort((short) 0);
        to.putLong(frame.sequence()).putLong(frame.syncedSequence());
        to.put(payload);
        assert to.position() == start + PAYLOAD_OFFSET + payload.length : to;
        to.putInt(place.crc32c(to.slice(start, to.position() - start)));
    }

    static boolean hasMagic(ByteBuffer header) {
        ByteBuffer magic = ByteBuffer.wrap(MAGIC.getBytes(StandardCharsets.US_ASCII));
        return header.slice(MAGIC_OFFSET, magic.limit()).equals(magic);
    }

    static int headerCrc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, HEADER_CRC_OFFSET));
        return (int) crc.getValue();
    }

    static String hex(int value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
