package org.almagest.storage.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.DecodedManifest;
import org.almagest.storage.metadata.Golden;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.ManifestCodec;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ManifestFormatTest {
    private static final StoreIdentity STORE = new StoreIdentity(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    private static final String NAME = ManifestStore.name(7);

    private final byte[] golden = golden();

    private static byte[] golden() {
        try {
            return Golden.bytes("manifest/v0.3/00000007.man");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesTheGoldenBytesAndReadsThem() throws Exception {
        ByteBuffer bytes = ManifestFormat.encode(Samples.manifest(), null, STORE);
        assertEquals(0, bytes.position());
        assertArrayEquals(golden, Arrays.copyOf(bytes.array(), bytes.remaining()));
        assertSame(Samples.manifest(), decode(golden));
    }

    @Test
    void entriesThatStayedTheSameAreCopiedAndOthersWritten() throws Exception {
        DecodedManifest before = ManifestFormat.decode(ByteBuffer.wrap(golden), STORE, 7, NAME);
        List<Manifest> successors = List.of(
                before.manifest(),
                before.manifest().successor().epoch(99).walFrom(1L << 40).build(),
                before.manifest().successor().flushedSequence(1L << 40).build(),
                before.manifest()
                        .successor()
                        .metadata(before.manifest().metadata().withNextIncarnation(1 << 20))
                        .build(),
                before.manifest().successor().removeSegmentsIf(segment -> true).build());
        for (Manifest next : successors) {
            assertEquals(ManifestFormat.encode(next, null, STORE), ManifestFormat.encode(next, before, STORE));
        }
        Manifest empty = Manifest.builder().build();
        DecodedManifest read = ManifestCodec.decode(ManifestCodec.encode(empty), 1, NAME);
        Manifest next = read.manifest().successor().epoch(2).build();
        assertEquals(ManifestFormat.encode(next, null, STORE), ManifestFormat.encode(next, read, STORE));
    }

    @Test
    void refusesEveryDamage() {
        Faults.assertEveryBitFlipRefused(golden, ManifestFormatTest::decode);
        Faults.assertEveryTruncationRefused(golden, ManifestFormatTest::decode);
    }

    @Test
    void aFlippedBitIsCalledDamageWhateverItSays() {
        for (int bit = 0; bit < ManifestFormat.BODY_OFFSET * Byte.SIZE; bit++) {
            byte[] flipped = Faults.bitFlipped(golden, bit);
            assertThrows(CorruptSectionException.class, () -> decode(flipped), "bit " + bit);
        }
    }

    @Test
    void refusesOtherVersionsByName() throws Exception {
        assertEquals(
                "manifest: format 0.4 (this build reads 0.3) [manifest/00000007.man]",
                unsupported(changed(ManifestFormat.MINOR_OFFSET, 4)));
        assertEquals(
                "manifest: format 0.1 (this build reads 0.3) [manifest/00000007.man]",
                unsupported(Golden.bytes("manifest/v0.1/00000007.man")));
        assertEquals(
                "manifest: format 0.2 (this build reads 0.3) [manifest/00000007.man]",
                unsupported(Golden.bytes("manifest/v0.2/00000007.man")));
        assertEquals(
                "manifest: format 1.3 (this build reads 0.3) [manifest/00000007.man]",
                unsupported(changed(ManifestFormat.MAJOR_OFFSET, 1)));
        assertEquals(
                "manifest: format 0.3 with critical bits 0x8 (this build reads 0.3 with critical bits 0x0)"
                        + " [manifest/00000007.man]",
                unsupported(changed(ManifestFormat.CRITICAL_BITS_OFFSET, 8)));
    }

    @Test
    void ignoresAnUnknownOptionalBit() throws Exception {
        assertSame(Samples.manifest(), decode(changed(ManifestFormat.OPTIONAL_BITS_OFFSET, 8)));
    }

    @Test
    void refusesTheManifestOfAnotherPlace() {
        assertEquals(
                "manifest: version 7 (expected 8) [manifest/00000008.man @ 48]",
                corrupt(() -> ManifestFormat.decode(ByteBuffer.wrap(golden), STORE, 8, ManifestStore.name(8))));
        StoreIdentity other = new StoreIdentity(1, 2);
        assertEquals(
                "manifest: store 0102030405060708090a0b0c0d0e0f10 (expected 00000000000000010000000000000002)"
                        + " [manifest/00000007.man @ 32]",
                corrupt(() -> ManifestFormat.decode(ByteBuffer.wrap(golden), other, 7, NAME)));
        assertEquals(
                "manifest: magic (expected ALMAGMAN) [manifest/00000007.man @ 0]",
                corrupt(() -> decode(changed(0, 'X'))));
        assertEquals(
                "manifest: reserved bytes are not 0 [manifest/00000007.man @ 12]",
                corrupt(() -> decode(changed(ManifestFormat.RESERVED_OFFSET, 1))));
    }

    @Test
    void refusesABodyThatContradictsItself() throws Exception {
        byte[] body = ManifestCodec.encode(Samples.manifest());
        byte[] entries = Arrays.copyOf(body, body.length - 2); // without the history floor, which is last
        assertCorruptBody("not a record", Arrays.copyOf(body, body.length - 1));
        assertCorruptBody("ends after field 10", entries);
        assertCorruptBody("ends after field 0", new byte[0]);
        assertCorruptBody("field 11 after 1", new byte[] {0x08, 0x01, 0x58, 0x01});
        assertCorruptBody("field 7 after 1", new byte[] {0x08, 0x01, 0x3a, 0x00});
        assertCorruptBody("field 1 after", concatenated(body, new byte[] {0x08, 0x01}));
        assertCorruptBody("field 2 after 0", new byte[] {0x10, 0x01});
        assertCorruptBody("not a record", new byte[] {0x00});
        assertCorruptBody("field 7 after 10", concatenated(entries, new byte[] {0x3a, 0x00}));
        assertCorruptBody("field 10 after 11", concatenated(body, new byte[] {0x52, 0x00}));
        assertCorruptBody("field 11 after 11", concatenated(body, new byte[] {0x58, 0x01}));
        assertCorruptBody("history floor: -1", concatenated(entries, negative(0x58)));
        assertCorruptBody("segment: file number: 0", concatenated(entries, new byte[] {0x52, 0x00}));
        assertCorruptBody("entry: 2147483647 bytes", concatenated(entries, new byte[] {0x52, -1, -1, -1, -1, 0x07}));
        assertEquals(
                "manifest: format with field 12 (this build reads known fields only) [here]",
                assertThrows(
                                UnsupportedFormatException.class,
                                () -> ManifestCodec.decode(concatenated(body, new byte[] {0x62, 0x00}), 7, "here"))
                        .getMessage());
    }

    private static byte[] negative(int tag) {
        byte[] bytes = new byte[11];
        Arrays.fill(bytes, (byte) -1);
        bytes[0] = (byte) tag;
        bytes[10] = 1;
        return bytes;
    }

    private static void assertCorruptBody(String problem, byte[] body) {
        String message = corrupt(() -> ManifestCodec.decode(body, 7, "here"));
        assertEquals(problem, message.contains(problem) ? problem : message);
    }

    private static byte[] concatenated(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    @Test
    void onlyDeclaredFailuresEscapeFromDamagedBodies() throws Exception {
        byte[] body = ManifestCodec.encode(Samples.manifest());
        Seeded.repeat(5_000, random -> {
            byte[] damaged = body.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                Manifest read = ManifestCodec.decode(damaged, 7, "here").manifest();
                assertSame(
                        read,
                        ManifestCodec.decode(ManifestCodec.encode(read), 7, "here")
                                .manifest());
            } catch (CorruptSectionException | UnsupportedFormatException refusal) {
                return;
            }
        });
    }

    @Test
    void aManifestHoldsTogether() throws Exception {
        Manifest manifest = Samples.manifest();
        assertEquals(
                List.of(0L, 4096L, 0L),
                manifest.segments().stream().map(s -> s.location().offset()).toList());
        SegmentEntry first = manifest.segments().get(0);
        refuse(
                "manifest: overlap of segments at offset: 0",
                manifest.successor().addSegments(List.of(first)));
        refuse("manifest: collection: 9", manifest.successor().addSegments(List.of(Samples.segment(9, 1, 0, null))));
        refuse("manifest: file number: 7996", manifest.successor().nextFileNumber(7996));
        refuse("manifest: history floor: -1", manifest.successor().historyFloor(-1));
        refuse(
                "manifest: overlap of tombstones at offset: 100",
                manifest.successor()
                        .mapSegments(segment -> segment.key().equals(first.key())
                                ? segment.with(Samples.tombstones(0x1f39, 100, 5))
                                : segment));
        refuse(
                "manifest: tombstones: file number: 7997",
                manifest.successor().mapSegments(segment -> segment.with(Samples.tombstones(0x1f3d, 0, 5))));
        refuse("manifest: published: 40", manifest.successor().published(40, 0));
        refuse("manifest: version: 0", manifest.successor().version(0));
        refuse("manifest: collection: 3", manifest.successor().metadata(CatalogMetadata.EMPTY));
    }

    private static void refuse(String message, Manifest.Builder builder) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void aSuccessorKeepsWhatIsNotChanged() throws Exception {
        Manifest next = Samples.manifest()
                .successor()
                .flushedSequence(44)
                .removeSegments(
                        java.util.Set.of(Samples.manifest().segments().get(1).key()))
                .build();
        assertEquals(8, next.version());
        assertEquals(List.of(45L), List.copyOf(next.publishedSequences().keySet()));
        assertEquals(2, next.segments().size());
        assertEquals(3, next.epoch());
        assertEquals(12, next.walFrom());
    }

    @Test
    void segmentsAreFoundByTheirPlace() throws Exception {
        Manifest manifest = Samples.manifest();
        SegmentEntry first = manifest.segments().get(0);
        SegmentEntry dead = first.with(Samples.tombstones(0x1f38, 0, 5));
        Manifest replaced =
                manifest.successor().replaceSegments(Map.of(first.key(), dead)).build();
        assertEquals(dead, replaced.segments().get(0));
        assertEquals(manifest.segments().subList(1, 3), replaced.segments().subList(1, 3));
        assertEquals(995, dead.liveCount());
        assertEquals(1000, first.liveCount());
        SegmentKey absent = new SegmentKey(first.key().fileNumber(), 1);
        assertThrows(IllegalArgumentException.class, () -> manifest.successor().replaceSegments(Map.of(absent, dead)));
        assertEquals(
                List.of(5L),
                manifest.successor().removeSegmentsIf(segment -> segment.collection() == 3).build().segments().stream()
                        .map(SegmentEntry::collection)
                        .toList());
    }

    @Test
    void segmentsRefuseTombstonesAndExtentsThatContradictThem() {
        SegmentEntry good = Samples.segment(3, 5, 0, null);
        assertEquals(0, good.with(Samples.tombstones(6, 0, 1000)).liveCount());
        assertThrows(IllegalArgumentException.class, () -> good.with(Samples.tombstones(6, 0, 1001)));
        assertThrows(IllegalArgumentException.class, () -> Samples.tombstones(6, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Samples.tombstones(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Samples.tombstones(6, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SegmentEntry.Extent(1, 0));
    }

    @Test
    void segmentsRefuseBoundsThatContradictEachOther() {
        SegmentEntry good = Samples.segment(3, 5, 0, null);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SegmentEntry(3, 39, good.location(), good.window(), good.bounds()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SegmentEntry(0, 40, good.location(), good.window(), good.bounds()));
        assertTrue(good.window().contains(good.bounds().idMin().timeMillis()));
    }

    private static Manifest decode(byte[] bytes) throws CorruptSectionException {
        return ManifestFormat.decode(ByteBuffer.wrap(bytes), STORE, 7, NAME).manifest();
    }

    private byte[] changed(int offset, int value) {
        byte[] bytes = golden.clone();
        bytes[offset] = (byte) value;
        int crcOffset = bytes.length - ManifestFormat.CRC32C_BYTES;
        int crc = STORE.place(7, 0).crc32c(bytes, 0, crcOffset);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(crcOffset, crc);
        return bytes;
    }

    private static String unsupported(byte[] bytes) {
        return assertThrows(UnsupportedFormatException.class, () -> decode(bytes))
                .getMessage();
    }

    private static String corrupt(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(CorruptSectionException.class, action).getMessage();
    }

    static void assertSame(Manifest expected, Manifest actual) {
        assertEquals(expected.version(), actual.version());
        assertEquals(expected.epoch(), actual.epoch());
        assertEquals(expected.walFrom(), actual.walFrom());
        assertEquals(expected.flushedSequence(), actual.flushedSequence());
        assertEquals(expected.publishedSequences(), actual.publishedSequences());
        assertEquals(expected.nextFileNumber(), actual.nextFileNumber());
        assertEquals(expected.lastIngestionMicros(), actual.lastIngestionMicros());
        assertEquals(expected.historyFloor(), actual.historyFloor());
        assertEquals(expected.segments(), actual.segments());
        assertEquals(expected.metadata().allDatasets(), actual.metadata().allDatasets());
        assertEquals(expected.metadata().allCollections(), actual.metadata().allCollections());
        assertEquals(expected.metadata().nextIncarnation(), actual.metadata().nextIncarnation());
    }
}
