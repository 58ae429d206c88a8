package org.almagest.storage.tombstone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.Bytes;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.WholeFiles;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.Golden;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.storage.tombstone.Tombstones.Deletion;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class TombstoneFileTest {
    private static final StoreIdentity STORE = new StoreIdentity(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    private static final long FILE = 0x018f3d;
    private static final String NAME = DataFiles.tombstones(FILE);
    private static final int SECOND = 180;

    /** Segments of 1,000 rows. */
    private static final SegmentEntry ONE = Samples.segment(3, 0x018f3c, 0, null);

    private static final SegmentEntry TWO = Samples.segment(5, 0x018f3c, 4096, null);
    private static final Tombstones SCATTERED = Tombstones.of(List.of(
            new Deletion(41, 1_717_171_717_000_001L, RoaringBitmap.bitmapOf(0, 7, 999)),
            new Deletion(43, 1_717_171_717_000_002L, RoaringBitmap.bitmapOf(8))));
    private static final Tombstones ALL = Tombstones.of(List.of(new Deletion(44, -1, range(0, 1000))));

    private final Storage storage = new SimStorage(new SimDisk());
    private byte[] golden = new byte[0];

    private static RoaringBitmap range(int from, int to) {
        RoaringBitmap rows = RoaringBitmap.bitmapOfRange(from, to);
        rows.runOptimize();
        return rows;
    }

    @BeforeEach
    void makeFolder() throws IOException {
        storage.mkdir("data");
        storage.mkdir("data/8f");
        golden = Golden.bytes("tombstones/v0.1/two-generations.del");
    }

    private List<SegmentEntry> write() throws IOException {
        try (AppendFile file = storage.createNew(NAME)) {
            TombstoneWriter writer = new TombstoneWriter(file, STORE, FILE);
            return List.of(ONE.with(writer.append(ONE, SCATTERED)), TWO.with(writer.append(TWO, ALL)));
        }
    }

    @Test
    void writesTheGoldenBytesAndReadsThem() throws Exception {
        List<SegmentEntry> segments = write();
        assertArrayEquals(golden, WholeFiles.read(storage, NAME, 1 << 20).array());
        assertEquals(
                SCATTERED.deletions(),
                TombstoneReader.verify(storage, STORE, segments.get(0)).deletions());
        assertEquals(
                ALL.deletions(),
                TombstoneReader.verify(storage, STORE, segments.get(1)).deletions());
        assertSame(Tombstones.NONE, TombstoneReader.verify(storage, STORE, ONE));
        TombstoneRef second = segments.get(1).tombstones();
        assertEquals(ref(SECOND, golden.length - SECOND, 1000, golden), second);
    }

    private static TombstoneRef ref(int offset, int length, int dead, byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file, offset, length);
        return new TombstoneRef(FILE, offset, length, TombstoneWriter.sha256(bytes), dead);
    }

    private static void open(byte[] file) throws Exception {
        decode(Arrays.copyOf(file, SECOND), ONE, 0, 4);
        decode(Arrays.copyOfRange(file, SECOND, file.length), TWO, SECOND, 1000);
    }

    private static Tombstones decode(byte[] generation, SegmentEntry segment, long offset, int dead)
            throws CorruptSectionException {
        Bytes sha256 = Bytes.of(new byte[32]);
        return TombstoneReader.decode(
                ByteBuffer.wrap(generation), STORE, segment, new TombstoneRef(FILE, offset, 1, sha256, dead));
    }

    @Test
    void refusesEveryDamage() {
        Faults.assertEveryBitFlipRefused(golden, TombstoneFileTest::open);
        byte[] first = Arrays.copyOf(golden, SECOND);
        Faults.assertEveryTruncationRefused(first, bytes -> decode(bytes, ONE, 0, 4));
    }

    @Test
    void refusesAGenerationOfAnotherPlaceSegmentOrStore() {
        byte[] first = Arrays.copyOf(golden, SECOND);
        assertCorrupt("crc32c", () -> decode(first, ONE, 16, 4));
        assertCorrupt("byte 32 is not that of the segment asked for", () -> decode(first, TWO, 0, 4));
        SegmentEntry moved = Samples.segment(3, 0x018f3c, 4096, null);
        assertCorrupt("byte 49 is not that of the segment asked for", () -> decode(first, moved, 0, 4));
        assertCorrupt("4 dead rows (expected 5)", () -> decode(first, ONE, 0, 5));
        TombstoneRef ref = ref(0, SECOND, 4, golden);
        assertCorrupt(
                "crc32c", () -> TombstoneReader.decode(ByteBuffer.wrap(first), new StoreIdentity(1, 2), ONE, ref));
    }

    @Test
    void aMissingOrShortFileIsNamed() throws Exception {
        SegmentEntry named = ONE.with(ref(0, SECOND, 4, golden));
        CorruptStoreException missing =
                assertThrows(CorruptStoreException.class, () -> TombstoneReader.read(storage, STORE, named));
        assertEquals("data file: missing (the manifest names it) [data/8f/018f3d.del @ 0]", missing.getMessage());
        try (AppendFile file = storage.createNew(NAME)) {
            file.append(ByteBuffer.wrap(golden, 0, SECOND - 1));
        }
        CorruptStoreException shorter =
                assertThrows(CorruptStoreException.class, () -> TombstoneReader.read(storage, STORE, named));
        assertEquals("tombstones: 180 bytes in a file of 179 [data/8f/018f3d.del @ 0]", shorter.getMessage());
        SegmentEntry huge = ONE.with(new TombstoneRef(FILE, 0, 1L << 40, Bytes.of(new byte[32]), 4));
        assertThrows(CorruptStoreException.class, () -> TombstoneReader.read(storage, STORE, huge));
    }

    @Test
    void verifyComparesTheHashOfTheManifest() throws Exception {
        List<SegmentEntry> segments = write();
        TombstoneRef good = segments.get(0).tombstones();
        assertEquals(SECOND, good == null ? 0 : good.length());
        SegmentEntry other = ONE.with(new TombstoneRef(FILE, 0, SECOND, Bytes.of(new byte[32]), 4));
        assertEquals(4, TombstoneReader.read(storage, STORE, other).count());
        assertThrows(CorruptStoreException.class, () -> TombstoneReader.verify(storage, STORE, other));
    }

    @Test
    void refusesOtherVersionsByName() {
        byte[] later = resealed(body -> {}, TombstoneFormat.VERSION + 1);
        assertEquals(
                "tombstones: format 0.2 (this build reads 0.1) [data/8f/018f3d.del @ 0]",
                assertThrows(UnsupportedFormatException.class, () -> decode(later, ONE, 0, 4))
                        .getMessage());
    }

    @Test
    void refusesContentThatContradictsItself() {
        int deletion = TombstoneFormat.DELETIONS_OFFSET;
        assertHostile("0 deletions of 4 rows", body -> body.putInt(TombstoneFormat.DELETION_COUNT_OFFSET, 0));
        assertHostile("5 deletions of 4 rows", body -> body.putInt(TombstoneFormat.DELETION_COUNT_OFFSET, 5));
        assertHostile("bytes after the last", body -> body.putInt(TombstoneFormat.DELETION_COUNT_OFFSET, 1));
        assertHostile("deletion: bytes: 0", body -> body.putInt(TombstoneFormat.DELETION_COUNT_OFFSET, 3));
        assertHostile("reserved", body -> body.putInt(TombstoneFormat.RESERVED_OFFSET, 1));
        assertHostile("is not that", body -> body.putInt(TombstoneFormat.ROW_COUNT_OFFSET, 1001));
        assertHostile("sequence 0", body -> body.putLong(deletion, 0));
        assertHostile("sequence 43 (at least 45)", body -> body.putLong(deletion, 44));
        assertHostile("cardinality: 4", body -> body.putInt(deletion + DeletionFormat.CARDINALITY_OFFSET, 4));
        assertHostile("bitmap bytes: -1", body -> body.putInt(deletion + DeletionFormat.BITMAP_BYTES_OFFSET, -1));
        assertHostile("bitmap bytes", body -> body.putInt(deletion + DeletionFormat.BITMAP_BYTES_OFFSET, 23));
        int firstRow = deletion + DeletionFormat.BITMAP_OFFSET + 16;
        assertHostile("row: 1000", body -> body.putShort(firstRow + 4, (short) 1000));
        assertHostile("row: 65535", body -> body.putShort(firstRow + 4, (short) -1));
        assertHostile("bitmap bytes: 22", body -> body.putShort(firstRow, (short) 7)); // twice
        assertHostile("rows that are dead already", body -> body.putShort(firstRow + 2, (short) 8));
    }

    private static void assertHostile(String problem, Consumer<ByteBuffer> edit) {
        assertCorrupt(problem, () -> decode(resealed(edit, TombstoneFormat.VERSION), ONE, 0, 4));
    }

    private static byte[] resealed(Consumer<ByteBuffer> edit, int version) {
        try {
            byte[] bytes = Arrays.copyOf(Golden.bytes("tombstones/v0.1/two-generations.del"), SECOND);
            int bodyBytes = SECOND - SectionFrame.OVERHEAD_BYTES;
            edit.accept(ByteBuffer.wrap(bytes)
                    .slice(SectionFrame.HEADER_BYTES, bodyBytes)
                    .order(ByteOrder.LITTLE_ENDIAN));
            new SectionFrame("tombstones", TombstoneFormat.FRAME.magic(), version)
                    .seal(ByteBuffer.wrap(bytes), STORE.place(FILE, 0));
            return bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertCorrupt(String problem, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(CorruptSectionException.class, action).getMessage();
        assertEquals(problem, message.contains(problem) ? problem : message);
    }

    @Test
    void onlyDeclaredFailuresEscapeFromHostileBitmaps() {
        Seeded.repeat(5_000, random -> {
            byte[] damaged = resealed(
                    body -> {
                        for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                            int at = random.nextInt(TombstoneFormat.DEAD_COUNT_OFFSET, body.limit());
                            body.put(at, (byte) (body.get(at) ^ 1 << random.nextInt(8)));
                        }
                    },
                    TombstoneFormat.VERSION);
            try {
                Tombstones read = decode(damaged, ONE, 0, 4);
                assertEquals(4, read.count());
            } catch (CorruptSectionException | CatalogException refusal) {
                return;
            }
        });
    }

    @Test
    void anyTombstonesComeBack() throws Exception {
        List<SegmentEntry> segments = new ArrayList<>();
        List<Tombstones> written = new ArrayList<>();
        try (AppendFile file = storage.createNew(NAME)) {
            TombstoneWriter writer = new TombstoneWriter(file, STORE, FILE);
            Seeded.repeat(50, random -> {
                Tombstones dead = Tombstones.NONE;
                for (int row = random.nextInt(900); row < 1000; row += random.nextInt(1, 100)) {
                    int end = Math.min(1000, row + random.nextInt(1, 200));
                    dead = dead.with(new Deletion(row + 1, random.nextLong(), range(row, end)));
                    row = end;
                }
                written.add(dead);
                segments.add(ONE.with(writer.append(ONE, dead)));
            });
            assertThrows(IllegalArgumentException.class, () -> writer.append(ONE, Tombstones.NONE));
            Tombstones outside = Tombstones.of(List.of(new Deletion(1, 1, RoaringBitmap.bitmapOf(1000))));
            assertThrows(IllegalArgumentException.class, () -> writer.append(ONE, outside));
        }
        for (int i = 0; i < segments.size(); i++) {
            Tombstones read = TombstoneReader.verify(storage, STORE, segments.get(i));
            assertEquals(written.get(i).deletions(), read.deletions());
            assertEquals(written.get(i).rows(), read.rows());
        }
    }
}
