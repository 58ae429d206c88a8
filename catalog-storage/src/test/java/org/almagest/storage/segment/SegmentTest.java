package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.DatapointId;
import org.almagest.storage.segment.Segments.Row;
import org.almagest.storage.segment.Segments.Written;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static Row row(long idHigh, String body) {
        return new Row(new DatapointId(idHigh, 0), Box.NONE, 1, body.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void givesBackWhatWasWritten() {
        Seeded.repeat(200, random -> {
            List<Row> first = Segments.draw(random, 1 + random.nextInt(300));
            List<Row> second = Segments.draw(random, 1 + random.nextInt(30));
            Written written = Segments.write(first, second);
            checkRows(written, 0, first, random);
            checkRows(written, 1, second, random);
        });
    }

    private static void checkRows(Written written, int segment, List<Row> rows, SplittableRandom random) {
        try (SegmentReader reader = Segments.open(written, segment)) {
            assertEquals(written.segments().get(segment), reader.description());
            assertEquals(rows.size(), reader.rowCount());
            PageCursor forward = reader.cursor();
            PageCursor scattered = reader.cursor();
            for (int i = 0; i < rows.size(); i++) {
                checkRow(reader, forward, i, rows.get(i));
                checkFound(reader, i, rows);
                int other = random.nextInt(rows.size());
                checkRow(reader, scattered, other, rows.get(other));
            }
            checkKeys(reader, rows);
            checkExtents(reader, rows);
            assertEquals(List.of(), reader.verify());
        }
    }

    private static void checkRow(SegmentReader reader, PageCursor cursor, int i, Row row) {
        assertEquals(row.id(), new DatapointId(reader.idHigh(i), reader.idLow(i)));
        assertEquals(row.box(), reader.boxes().box(i));
        assertEquals(row.box().isPresent(), reader.boxes().hasBox(i));
        cursor.seek(i);
        int from = cursor.bodyOffset();
        assertArrayEquals(row.body(), Arrays.copyOfRange(cursor.bytes(), from, from + cursor.bodyLength()));
        assertEquals(row.sequence(), cursor.commitSequence());
        assertEquals(row.micros(), cursor.ingestionMicros());
        assertEquals(row.keyHash() != null, reader.isKeyed());
        if (row.keyHash() != null) {
            int[] candidates = reader.keyCandidates(row.keyHash());
            assertEquals(
                    1,
                    Arrays.stream(candidates)
                            .filter(candidate -> candidate == i)
                            .count());
        }
    }

    private static void checkFound(SegmentReader reader, int i, List<Row> rows) {
        DatapointId id = rows.get(i).id();
        int first = i;
        while (first > 0 && rows.get(first - 1).id().equals(id)) {
            first--;
        }
        assertEquals(first, reader.lowerBound(id.high(), id.low()), "the first of equal ids");
    }

    private static void checkKeys(SegmentReader reader, List<Row> rows) {
        if (reader.isKeyed()) {
            assertArrayEquals(rows.stream().mapToLong(Row::requireKeyHash).toArray(), reader.keyHashesByRow());
        }
    }

    private static void checkExtents(SegmentReader reader, List<Row> rows) {
        ExtentZones zones = reader.extents();
        assertEquals(rows.get(0).extent() != null, zones != null);
        assertEquals(zones != null, reader.description().extent() != null);
        if (zones == null) {
            return;
        }
        assertEquals((rows.size() + ExtentZones.ROWS - 1) / ExtentZones.ROWS, zones.count());
        for (int zone = 0; zone < zones.count(); zone++) {
            List<Segments.Extent> extents =
                    rows.subList(zone * ExtentZones.ROWS, Math.min(rows.size(), (zone + 1) * ExtentZones.ROWS)).stream()
                            .map(Row::requireExtent)
                            .toList();
            assertEquals(
                    extents.stream().mapToLong(Segments.Extent::start).min().orElseThrow(), zones.minStart(zone));
            assertEquals(extents.stream().mapToLong(Segments.Extent::end).max().orElseThrow(), zones.maxEnd(zone));
        }
    }

    @Test
    void extentsAreJoinedToZonesOfNeighbours() {
        for (int count : new int[] {1, ExtentZones.ROWS, ExtentZones.ROWS + 1, 3 * ExtentZones.ROWS}) {
            List<Row> rows = Segments.rowsWithExtent(count);
            try (SegmentReader reader = Segments.open(Segments.write(rows), 0)) {
                checkExtents(reader, rows);
                assertEquals(
                        new SegmentDescription.ExtentRange(0, 7L * (count - 1) + count),
                        reader.description().extent());
                assertEquals(List.of(), reader.verify());
            }
        }
    }

    @Test
    void commitsAreListedWithoutReadingPages() {
        Written written = Segments.write(GoldenSegments.KEYED);
        try (SegmentReader reader = Segments.open(written, 0)) {
            CommitTable commits = reader.commits();
            assertEquals(2, commits.count());
            assertEquals(12, commits.sequence(0), "in order of first use");
            assertEquals(1_700_000_000_000_012L, commits.ingestionMicros(0));
            assertEquals(11, commits.sequence(1));
        }
    }

    @Test
    void aSingleRowWithoutBytesIsASegment() {
        Written written = Segments.write(List.of(row(5, "")));
        try (SegmentReader reader = Segments.open(written, 0)) {
            PageCursor cursor = reader.cursor();
            cursor.seek(0);
            assertEquals(0, cursor.bodyLength());
            assertEquals(1, reader.lowerBound(5, 1));
            assertEquals(0, reader.lowerBound(5, 0));
            assertEquals(Box.NONE, reader.description().bounds());
        }
    }
}
