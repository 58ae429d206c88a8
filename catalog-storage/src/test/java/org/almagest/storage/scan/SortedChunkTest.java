package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.DatapointId;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.storage.scan.SortedChunk.Room;
import org.almagest.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortedChunkTest {
    private static final Comparator<SortedRow> ORDER =
            SortedRow.order(Query.allTime().sort(SortKey.ascending("text")).build());

    private static SortedRow row(String text, long id) {
        return new SortedRow(new Object[] {text}, new DatapointId(0, id), null, 0);
    }

    private static SortedChunk filled(List<SortedRow> rows, @Nullable SortedRow after, Room room) {
        SortedChunk chunk = new SortedChunk(ORDER, after, room);
        rows.forEach(chunk::offer);
        return chunk;
    }

    private static List<SortedRow> random(SplittableRandom random) {
        List<SortedRow> rows = new ArrayList<>();
        for (int i = random.nextInt(200); i > 0; i--) {
            int length = random.nextInt(8) == 0 ? 2_000 : random.nextInt(5);
            rows.add(row((char) ('a' + random.nextInt(4)) + "x".repeat(length), i));
        }
        return rows;
    }

    @Test
    void keepsTheFirstRowsAndTheLeastOfTheOthers() {
        SortedChunk chunk =
                filled(List.of(row("d", 1), row("b", 2), row("a", 3), row("c", 4)), null, new Room(2, Long.MAX_VALUE));
        assertEquals(List.of(3L, 2L), ids(chunk.rows()));
        SortedRow dropped = chunk.leastDropped();
        assertTrue(dropped != null && dropped.id().low() == 4);
        assertNull(filled(List.of(row("a", 1)), null, new Room(1, 1)).leastDropped());
    }

    @Test
    void oneRowIsKeptHoweverLargeItIs() {
        SortedChunk chunk = filled(List.of(row("b".repeat(10_000), 1), row("c", 2)), null, new Room(10, 100));
        assertEquals(List.of(1L), ids(chunk.rows()));
    }

    @Test
    void aSmallRowDoesNotOvertakeALargeOneThatHadToGo() {
        List<SortedRow> rows = List.of(row("a", 1), row("b".repeat(1_000), 2), row("c", 3), row("d", 4));
        assertEquals(List.of(1L), ids(filled(rows, null, new Room(10, 500)).rows()));
    }

    @Test
    void chunksOneAfterTheOtherAreAllRowsInOrder() {
        Seeded.repeat(2_000, random -> {
            List<SortedRow> rows = random(random);
            Room room = new Room(1 + random.nextInt(40), 500 + random.nextInt(10_000));
            List<SortedRow> sorted = new ArrayList<>(rows);
            sorted.sort(ORDER);
            List<Long> found = new ArrayList<>();
            SortedRow after = null;
            boolean more = true;
            while (more) {
                SortedChunk chunk = filled(rows, after, room);
                List<SortedRow> kept = chunk.rows();
                assertTrue(kept.size() <= room.rows());
                assertTrue(kept.size() <= 1
                        || kept.stream().mapToLong(SortedRow::heapBytes).sum() <= room.bytes());
                found.addAll(ids(kept));
                more = chunk.leastDropped() != null;
                assertEquals(found.size() < rows.size(), more);
                after = kept.isEmpty() ? after : kept.get(kept.size() - 1);
            }
            assertEquals(ids(sorted), found);
        });
    }

    private static List<Long> ids(List<SortedRow> rows) {
        return rows.stream().map(row -> row.id().low()).toList();
    }
}
