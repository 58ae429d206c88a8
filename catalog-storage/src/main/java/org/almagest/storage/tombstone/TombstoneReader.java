package org.almagest.storage.tombstone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.ReadFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.tombstone.Tombstones.Deletion;

/** Reads the generation of tombstones that a manifest names. */
public final class TombstoneReader {
    private TombstoneReader() {}

    /**
     * Returns the tombstones of a segment; {@link Tombstones#NONE} when the manifest names none.
     *
     * @throws CorruptStoreException if the file does not hold what was written for this segment; it names file and
     *     offset
     * @throws org.almagest.error.UnsupportedFormatException if it is whole and of another version
     */
    public static Tombstones read(Storage storage, StoreIdentity store, SegmentEntry segment) throws IOException {
        TombstoneRef ref = segment.tombstones();
        if (ref == null) {
            return Tombstones.NONE;
        }
        String name = DataFiles.tombstones(ref.fileNumber());
        try {
            return decode(bytes(storage, ref, name), store, segment, ref);
        } catch (FileMissingIOException e) {
            throw new CorruptStoreException("data file: missing (the manifest names it)", name, 0);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** As {@link #read}, and compares the SHA-256 that the manifest says. */
    public static Tombstones verify(Storage storage, StoreIdentity store, SegmentEntry segment) throws IOException {
        Tombstones tombstones = read(storage, store, segment);
        TombstoneRef ref = segment.tombstones();
        if (ref != null) {
            String name = DataFiles.tombstones(ref.fileNumber());
            try {
                boolean equal =
                        TombstoneWriter.sha256(bytes(storage, ref, name)).equals(ref.sha256());
                require(equal, "sha256 differs from that of the manifest", name, ref.offset());
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
        }
        return tombstones;
    }

    private static ByteBuffer bytes(Storage storage, TombstoneRef ref, String name)
            throws IOException, CorruptSectionException {
        try (ReadFile file = storage.openRead(name)) {
            long size = file.size();
            boolean inside = ref.length() <= TombstoneFormat.FRAME_BYTES_MAX && ref.offset() + ref.length() <= size;
            require(inside, ref.length() + " bytes in a file of " + size, name, ref.offset());
            ByteBuffer bytes = ByteBuffer.allocate((int) ref.length()).order(ByteOrder.LITTLE_ENDIAN);
            file.read(bytes, ref.offset());
            return bytes.flip();
        }
    }

    /** Reads the bytes that {@code ref} names. */
    static Tombstones decode(ByteBuffer frame, StoreIdentity store, SegmentEntry segment, TombstoneRef ref)
            throws CorruptSectionException {
        String name = DataFiles.tombstones(ref.fileNumber());
        long offset = ref.offset();
        ByteBuffer body = TombstoneFormat.unwrap(frame, store.place(ref.fileNumber(), offset), name);
        require(body.limit() >= TombstoneFormat.DELETIONS_OFFSET, body.limit() + " bytes of body", name, offset);
        ByteBuffer expected = TombstoneFormat.identity(store, segment, ref.fileNumber(), offset);
        int difference = body.slice(0, expected.limit()).mismatch(expected);
        require(difference < 0, "byte " + difference + " is not that of the segment asked for", name, offset);
        int dead = body.getInt(TombstoneFormat.DEAD_COUNT_OFFSET);
        int count = body.getInt(TombstoneFormat.DELETION_COUNT_OFFSET);
        require(dead == ref.deadCount(), dead + " dead rows (expected " + ref.deadCount() + ")", name, offset);
        require(count >= 1 && count <= dead, count + " deletions of " + dead + " rows", name, offset);
        require(body.getInt(TombstoneFormat.RESERVED_OFFSET) == 0, "reserved bytes are not 0", name, offset);
        Tombstones tombstones = deletions(body, count, segment, name, offset);
        require(tombstones.count() == dead, tombstones.count() + " dead rows, " + dead + " counted", name, offset);
        return tombstones;
    }

    private static Tombstones deletions(ByteBuffer body, int count, SegmentEntry segment, String name, long offset)
            throws CorruptSectionException {
        body.position(TombstoneFormat.DELETIONS_OFFSET);
        List<Deletion> deletions = new ArrayList<>();
        Tombstones tombstones;
        try {
            for (int i = 0; i < count; i++) {
                deletions.add(DeletionFormat.read(body, segment.bounds().rowCount()));
            }
            tombstones = Tombstones.of(deletions);
        } catch (IllegalArgumentException e) {
            throw new CorruptSectionException("tombstones: " + e.getMessage(), name, offset);
        }
        require(!body.hasRemaining(), body.remaining() + " bytes after the last deletion", name, offset);
        return tombstones;
    }

    private static void require(boolean holds, String problem, String name, long offset)
            throws CorruptSectionException {
        if (!holds) {
            throw new CorruptSectionException("tombstones: " + problem, name, offset);
        }
    }
}
