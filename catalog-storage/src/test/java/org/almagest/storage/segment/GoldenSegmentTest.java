package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.storage.segment.Segments.Row;
import org.almagest.storage.segment.Segments.Written;
import org.junit.jupiter.api.Test;

class GoldenSegmentTest {
    private static final String GOLDEN = "/golden/segment/v0.4/three-segments.seg";
    private static final SegmentRef KEYED = new SegmentRef(
            Segments.IDENTITY,
            0,
            1296,
            Bytes.ofHex("de1336ae8e522ec8289a793f94fa20a9ba7a5f2f1a6bafc32086d5657feaba4f"));
    private static final SegmentRef PLAIN = new SegmentRef(
            Segments.IDENTITY,
            1296,
            592,
            Bytes.ofHex("4b20839925f76704232f3e8430b8b9fbcb7675451fce027452fb2ce97206a4b8"));

    private static final SegmentRef REPEATED = new SegmentRef(
            Segments.IDENTITY,
            1888,
            800,
            Bytes.ofHex("c9489855b41c8166e4a04ed4adff5a32a4e3095d69ec90e734794b98a52a5d11"));

    private static byte[] golden() {
        try (InputStream stream = GoldenSegmentTest.class.getResourceAsStream(GOLDEN)) {
            assertNotNull(stream, GOLDEN);
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goldenBytesStayReadable() {
        checkRows(KEYED, GoldenSegments.KEYED);
        checkRows(PLAIN, GoldenSegments.PLAIN);
        checkRows(REPEATED, GoldenSegments.REPEATED);
    }

    private static void checkRows(SegmentRef ref, List<Row> rows) {
        try (SegmentReader reader = Segments.open(golden(), ref)) {
            assertEquals(List.of(), reader.verify());
            assertEquals(rows.size(), reader.rowCount());
            PageCursor cursor = reader.cursor();
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                cursor.seek(i);
                int from = cursor.bodyOffset();
                assertEquals(row.id(), new DatapointId(reader.idHigh(i), reader.idLow(i)));
                assertEquals(row.box(), reader.boxes().box(i));
                assertEquals(row.sequence(), cursor.commitSequence());
                assertEquals(row.micros(), cursor.ingestionMicros());
                assertArrayEquals(row.body(), Arrays.copyOfRange(cursor.bytes(), from, from + cursor.bodyLength()));
            }
        }
    }

    @Test
    void keysLeadToTheirRows() {
        try (SegmentReader reader = Segments.open(golden(), KEYED)) {
            assertArrayEquals(new int[] {0, 3}, reader.keyCandidates(900));
            assertArrayEquals(new int[] {4}, reader.keyCandidates(Long.MIN_VALUE));
            assertArrayEquals(new int[] {}, reader.keyCandidates(901));
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() {
        Written written = Segments.write(GoldenSegments.KEYED, GoldenSegments.PLAIN, GoldenSegments.REPEATED);
        assertArrayEquals(golden(), written.bytes());
        assertEquals(List.of(KEYED, PLAIN, REPEATED), List.of(written.ref(0), written.ref(1), written.ref(2)));
    }

    @Test
    void theDescriptionSpansTheRows() {
        SegmentDescription description = Segments.open(golden(), KEYED).description();
        assertEquals(GoldenSegments.KEYED.get(0).id(), description.minId());
        assertEquals(GoldenSegments.KEYED.get(4).id(), description.maxId());
        assertEquals(new Box(-180, -90, 180, 10), description.bounds());
        assertEquals(
                new SegmentDescription.CommitRange(11, 12, 1_700_000_000_000_011L, 1_700_000_000_000_012L),
                description.commits());
        assertEquals(245, description.rawBytes());
        assertEquals(new SegmentDescription.ExtentRange(-86_400_000, 1_700_000_012_001L), description.extent());
        assertNull(Segments.open(golden(), PLAIN).description().extent());
    }
}
