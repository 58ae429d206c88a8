package org.almagest.storage.tombstone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.Bytes;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.tombstone.Tombstones.Deletion;

/**
 * Appends generations of tombstones to a data file, one for each segment. One thread.
 *
 * <p>Each is one append, so that the file has whole generations only. After an {@link IOException} file and writer are
 * of no more use. Nothing is forced.
 */
public final class TombstoneWriter {
    private final AppendFile file;
    private final StoreIdentity store;
    private final long fileNumber;

    /**
     * Writes to a file.
     *
     * @param fileNumber that the file has, or is going to have
     */
    public TombstoneWriter(AppendFile file, StoreIdentity store, long fileNumber) {
        this.file = file;
        this.store = store;
        this.fileNumber = fileNumber;
    }

    /**
     * Appends all tombstones of a segment.
     *
     * @param segment whose rows they are; what it says of tombstones before is of no account
     * @param tombstones at least one, of rows that the segment has
     * @return what the manifest must know: {@link SegmentEntry#with(TombstoneRef)}
     * @throws LimitExceededException if they are longer than a generation can be; nothing was written
     */
    public TombstoneRef append(SegmentEntry segment, Tombstones tombstones) throws IOException {
        int rowCount = segment.bounds().rowCount();
        if (tombstones.isEmpty() || Integer.compareUnsigned(tombstones.rows().last(), rowCount) >= 0) {
            throw new IllegalArgumentException("tombstones: " + tombstones + " of " + rowCount + " rows");
        }
        ByteBuffer frame = ByteBuffer.allocate(frameBytes(tombstones)).order(ByteOrder.LITTLE_ENDIAN);
        long position = file.length();
        frame.position(SectionFrame.HEADER_BYTES);
        frame.put(TombstoneFormat.identity(store, segment, fileNumber, position));
        frame.putInt(tombstones.count()).putInt(tombstones.deletions().size()).putInt(0);
        for (Deletion deletion : tombstones.deletions()) {
            DeletionFormat.write(deletion, frame);
        }
        assert frame.remaining() == SectionFrame.TRAILER_BYTES : frame;
        TombstoneFormat.FRAME.seal(frame.rewind(), store.place(fileNumber, position));
        Bytes sha256 = sha256(frame);
        int length = frame.remaining();
        file.append(frame);
        return new TombstoneRef(fileNumber, position, length, sha256, tombstones.count());
    }

    private static int frameBytes(Tombstones tombstones) {
        long bytes = TombstoneFormat.DELETIONS_OFFSET + SectionFrame.OVERHEAD_BYTES;
        for (Deletion deletion : tombstones.deletions()) {
            bytes += DeletionFormat.bytes(deletion);
        }
        if (bytes > TombstoneFormat.FRAME_BYTES_MAX) {
            throw new LimitExceededException(
                    "tombstones: bytes", "tombstoneBytesMax", bytes, TombstoneFormat.FRAME_BYTES_MAX);
        }
        return (int) bytes;
    }

    static Bytes sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return Bytes.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
