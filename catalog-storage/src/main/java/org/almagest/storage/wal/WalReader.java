package org.almagest.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.fs.ReadFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.metadata.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log file from its first frame to the end of the good ones. Used by one thread; whoever opened it closes it.
 *
 * <p>Holds one frame at a time. Whether an end is legal is for {@link WalReplay} to judge.
 */
public final class WalReader implements Closeable {
    private final Origin origin;
    private final String name;
    private final ReadFile file;
    private final FileWindow window;
    private final Optional<WalHeader> header;
    private final CRC32C rollingCrc = new CRC32C();
    private long position = WalFormat.HEADER_BYTES;
    private long frameOffset = WalFormat.HEADER_BYTES;

    /** Whose file it is. */
    record Origin(StoreIdentity store, long number) {}

    private WalReader(Origin origin, ReadFile file) throws IOException {
        this.origin = origin;
        this.name = WalFiles.name(origin.number);
        this.file = file;
        this.window = new FileWindow(file, FileWindow.SEQUENTIAL_BYTES);
        if (window.size() > WalFormat.FILE_BYTES_MAX) {
            throw new CorruptStoreException(
                    "log: size: " + window.size() + " bytes (at most " + WalFormat.FILE_BYTES_MAX + ")", name, 0);
        }
        ByteBuffer first = window.view(0, (int) Math.min(WalFormat.HEADER_BYTES, window.size()));
        // Frames follow only a header that was forced, so a bare one of another log is what the sector held before.
        boolean isOldSector =
                window.size() <= WalFormat.HEADER_BYTES && WalHeader.isOfAnother(first, origin.store, origin.number);
        this.header = isOldSector ? Optional.empty() : WalHeader.decode(first, origin.store, origin.number);
        rollingCrc.update(first.rewind());
    }

    /**
     * Opens a log and reads its header.
     *
     * @throws CorruptStoreException if it is the log of another store or has another number
     * @throws UnsupportedFormatException if its version is unknown to this build
     */
    public static WalReader open(Storage storage, long number, StoreIdentity store) throws IOException {
        ReadFile file = storage.openRead(WalFiles.name(number));
        try {
            return new WalReader(new Origin(store, number), file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Returns the header; empty when it is not whole, as in a half-made file. */
    public Optional<WalHeader> header() {
        return header;
    }

    /** Returns the name of the file from the root of the store. */
    public String name() {
        return name;
    }

    /** Returns how long the file was when it was opened. */
    public long size() {
        return window.size();
    }

    /** Returns the offset behind the last good frame, where the next one would begin. */
    public long position() {
        return position;
    }

    /** Returns the offset at which the last good frame begins. */
    public long frameOffset() {
        return frameOffset;
    }

    /** Returns the CRC-32C of the header and all good frames so far. */
    public int rollingCrc() {
        return (int) rollingCrc.getValue();
    }

    /**
     * Returns the next frame, or null where no whole one stands: at the end of the file, or at a torn tail.
     *
     * @throws UnsupportedFormatException if a whole frame is of a kind or payload version that this build does not know
     * @throws CorruptStoreException if a whole frame contradicts itself
     */
    public @Nullable Frame next() throws IOException {
        long rest = window.size() - position - WalFormat.FRAME_OVERHEAD_BYTES;
        if (rest < 0) {
            return null;
        }
        byte[] head = new byte[WalFormat.PAYLOAD_OFFSET];
        ByteBuffer fields = window.view(position, head.length);
        int length = fields.remaining() < head.length ? -1 : fields.getInt(WalFormat.PAYLOAD_LENGTH_OFFSET);
        if (length < 0 || length > WalFormat.PAYLOAD_BYTES_MAX || length > rest) {
            return null;
        }
        fields.get(head);
        byte[] payload = new byte[length];
        byte[] crc = new byte[WalFormat.FRAME_CRC_BYTES];
        long payloadAt = position + head.length;
        if (window.read(payloadAt, payload) < length || window.read(payloadAt + length, crc) < crc.length) {
            return null;
        }
        CRC32C expected = origin.store.place(origin.number, position).begin();
        expected.update(head);
        expected.update(payload);
        if ((int) expected.getValue()
                != Integer.reverseBytes(ByteBuffer.wrap(crc).getInt())) {
            return null;
        }
        Frame frame = frame(head, payload);
        rollingCrc.update(head);
        rollingCrc.update(payload);
        rollingCrc.update(crc);
        frameOffset = position;
        position += frame.bytes();
        assert position <= window.size() : position;
        return frame;
    }

    private Frame frame(byte[] head, byte[] payload) {
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int kindCode = Byte.toUnsignedInt(fields.get(WalFormat.KIND_OFFSET));
        int version = Byte.toUnsignedInt(fields.get(WalFormat.PAYLOAD_VERSION_OFFSET));
        int reserved = Short.toUnsignedInt(fields.getShort(WalFormat.FRAME_RESERVED_OFFSET));
        FrameKind kind = FrameKind.ofCode(kindCode).orElse(null);
        if (kind == null || version != kind.payloadVersion() || reserved != 0) {
            throw new UnsupportedFormatException(
                    "log",
                    "with frame kind " + kindCode + " version " + version + " reserved " + reserved,
                    "kinds 1 to 3 version 1 reserved 0",
                    name + " @ " + position);
        }
        if (kind == FrameKind.CLOSE && payload.length > 0) {
            throw new CorruptStoreException("log: close frame of " + payload.length + " bytes", name, position);
        }
        try {
            return new Frame(
                    kind,
                    fields.getLong(WalFormat.SEQUENCE_OFFSET),
                    fields.getLong(WalFormat.SYNCED_SEQUENCE_OFFSET),
                    payload);
        } catch (IllegalArgumentException e) {
            throw new CorruptStoreException("log: " + e.getMessage(), name, position, e);
        }
    }

    /**
     * Looks for a whole frame from {@link #position} on whose synced sequence is at least {@code synced}.
     *
     * <p>Cost: the rest of the file is read, twice.
     */
    Optional<FrameSearch.Found> findBehind(long synced) throws IOException {
        if (position >= window.size()) {
            return Optional.empty();
        }
        FileWindow ends = new FileWindow(file, FileWindow.JUMPING_BYTES);
        return new FrameSearch(window, ends, origin, position).find(synced);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
