package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.almagest.error.CorruptStoreException;
import org.almagest.model.Bytes;
import org.almagest.storage.segment.Segments.Row;
import org.almagest.storage.segment.Segments.Written;
import org.almagest.testing.Faults;
import org.junit.jupiter.api.Test;

/** Bytes that a disk, a cable or a bug has changed. */
class SegmentDamageTest {
    private static final List<Row> ROWS = GoldenSegments.KEYED;
    private static final Written WRITTEN = Segments.write(ROWS);

    private static void verify(byte[] bytes, SegmentRef ref) {
        List<Finding> findings = SegmentVerifier.verify(Segments.map(bytes), 0, ref);
        if (!findings.isEmpty()) {
            throw new CorruptStoreException(
                    findings.get(0).rule(),
                    findings.get(0).file(),
                    findings.get(0).offset());
        }
    }

    /** Returns everything that queries can see of a segment. */
    private static List<Object> readAll(byte[] bytes) {
        List<Object> all = new ArrayList<>();
        try (SegmentReader reader = Segments.open(bytes, WRITTEN.ref(0))) {
            all.add(reader.description());
            PageCursor cursor = reader.cursor();
            for (int i = 0; i < reader.rowCount(); i++) {
                cursor.seek(i);
                all.add(List.of(
                        reader.idHigh(i), reader.idLow(i), reader.boxes().box(i)));
                all.add(List.of(cursor.commitSequence(), cursor.ingestionMicros()));
                int from = cursor.bodyOffset();
                all.add(Bytes.of(Arrays.copyOfRange(cursor.bytes(), from, from + cursor.bodyLength())));
                all.add(extents(reader));
                all.add(Arrays.toString(reader.keyCandidates(ROWS.get(i).requireKeyHash())));
            }
        }
        return all;
    }

    private static List<Long> extents(SegmentReader reader) {
        ExtentZones zones = Objects.requireNonNull(reader.extents());
        return List.of(zones.minStart(0), zones.maxEnd(0));
    }

    @Test
    void verifyRefusesEveryBitFlip() {
        Faults.assertEveryBitFlipRefused(WRITTEN.bytes(), bytes -> verify(bytes, WRITTEN.ref(0)));
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < WRITTEN.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(WRITTEN.bytes(), length);
            assertThrows(CorruptStoreException.class, () -> Segments.open(cut, WRITTEN.ref(0)), "cut to " + length);
            SegmentRef shorter =
                    new SegmentRef(Segments.IDENTITY, 0, length, WRITTEN.ref(0).sha256());
            assertThrows(CorruptStoreException.class, () -> Segments.open(cut, shorter), "cut and named " + length);
        }
    }

    @Test
    void aQueryOverAFlippedBitIsRightOrRefused() {
        List<Object> expected = readAll(WRITTEN.bytes());
        int harmless = 0;
        for (int bit = 0; bit < WRITTEN.bytes().length * Byte.SIZE; bit++) {
            byte[] damaged = Faults.bitFlipped(WRITTEN.bytes(), bit);
            try {
                assertEquals(expected, readAll(damaged), "bit " + bit);
                harmless++;
            } catch (CorruptStoreException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
        int paddingBits = Byte.SIZE * (SectionKind.values().length + 1) * SegmentFormat.ALIGNMENT;
        assertTrue(harmless < paddingBits, harmless + " flips did no harm, more than padding has bits");
    }

    @Test
    void aSegmentInThePlaceOfAnotherIsRefused() {
        Written two = Segments.write(ROWS, ROWS);
        int length = (int) two.ref(0).length();
        assertEquals(length, two.ref(1).length());
        byte[] exchanged = two.bytes().clone();
        System.arraycopy(two.bytes(), length, exchanged, 0, length);
        System.arraycopy(two.bytes(), 0, exchanged, length, length);
        for (int segment = 0; segment < 2; segment++) {
            SegmentRef ref = two.ref(segment);
            assertThrows(CorruptStoreException.class, () -> Segments.open(exchanged, ref));
        }
    }

    @Test
    void aSegmentOfAnotherStoreFileOrCollectionIsRefused() {
        SegmentIdentity right = Segments.IDENTITY;
        SegmentIdentity[] others = {
            new SegmentIdentity(1, right.storeIdLow(), right.fileNumber(), right.collection()),
            new SegmentIdentity(right.storeIdHigh(), 1, right.fileNumber(), right.collection()),
            new SegmentIdentity(right.storeIdHigh(), right.storeIdLow(), 1, right.collection()),
            new SegmentIdentity(right.storeIdHigh(), right.storeIdLow(), right.fileNumber(), 1)
        };
        for (SegmentIdentity other : others) {
            SegmentRef ref = WRITTEN.segments().get(0).ref(other);
            assertThrows(CorruptStoreException.class, () -> Segments.open(WRITTEN.bytes(), ref), other.toString());
        }
    }

    @Test
    void onePageInThePlaceOfAnotherIsRefused() {
        List<Row> rows = Segments.largeRows(3);
        Written written = Segments.write(rows);
        byte[] bytes = written.bytes().clone();
        int first = SegmentHeader.FRAME_BYTES;
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(first);
        System.arraycopy(written.bytes(), first + length, bytes, first, length);
        try (SegmentReader reader = Segments.open(bytes, written.ref(0))) {
            PageCursor cursor = reader.cursor();
            assertThrows(CorruptStoreException.class, () -> cursor.seek(0));
            assertThrows(CorruptStoreException.class, () -> cursor.seek(0), "and again: nothing half-read is kept");
            cursor.seek(1);
            assertEquals(rows.get(1).body().length, cursor.bodyLength(), "the page behind it still answers");
        }
    }

    @Test
    void failuresNameFileAndOffset() {
        byte[] magic = Faults.bitFlipped(WRITTEN.bytes(), 0);
        assertEquals(
                "segment header: magic 0x47534c40 (expected 0x47534c41) [data/8f/018f3c.seg @ 0]",
                assertThrows(CorruptStoreException.class, () -> readAll(magic)).getMessage());
        byte[] page = Faults.bitFlipped(WRITTEN.bytes(), Byte.SIZE * (SegmentHeader.FRAME_BYTES + 20));
        assertTrue(assertThrows(CorruptStoreException.class, () -> readAll(page))
                .getMessage()
                .matches("page 0: crc32c is not 0x[0-9a-f]{8} \\[data/8f/018f3c.seg @ 64]"));
        List<Finding> findings = SegmentVerifier.verify(Segments.map(page), 0, WRITTEN.ref(0));
        assertEquals(2, findings.size(), "the hash of the segment, and the page");
        assertEquals(64, findings.get(1).offset());
        assertTrue(findings.get(1).toString().endsWith(" [data/8f/018f3c.seg @ 64]"));
    }
}
