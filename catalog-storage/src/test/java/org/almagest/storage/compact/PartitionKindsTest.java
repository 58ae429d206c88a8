package org.almagest.storage.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.model.DatapointId;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.PartitionWindow.Kind;
import org.junit.jupiter.api.Test;

class PartitionKindsTest {
    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    /** A segment of a collection with rows spread from one time to another, both included. */
    private static SegmentFacts segment(String from, String to, int rows) {
        PartitionWindow year = PartitionWindow.of(Kind.YEAR, millis(from));
        return new SegmentFacts(
                SimulatedStore.Entries.entry(
                        1, new SimulatedStore.Entries.Place(1, 0, 100), year, rows, new DatapointId[] {
                            DatapointId.lowest(millis(from)), DatapointId.lowest(millis(to))
                        }),
                0);
    }

    private static Kind kindAt(PartitionKinds kinds, String time) {
        return kinds.windowOf(millis(time)).kind();
    }

    @Test
    void aSmallCollectionIsCutByYear() {
        List<SegmentFacts> segments = List.of(segment("2024-01-01T00:00:00Z", "2024-12-31T00:00:00Z", 1_000));
        assertEquals(Kind.YEAR, kindAt(PartitionKinds.of(segments, 1_000), "2024-06-01T00:00:00Z"));
        assertSame(PartitionKinds.of(List.of(), 1_000), PartitionKinds.of(segments, 1_000), "nothing is computed");
    }

    @Test
    void onlyTheWindowsThatAreFullAreCutFurther() {
        PartitionKinds kinds = PartitionKinds.of(
                List.of(
                        segment("2023-01-01T00:00:00Z", "2023-12-31T23:59:59.999Z", 900),
                        segment("2024-03-05T10:00:00Z", "2024-03-05T10:59:59.999Z", 1_500),
                        segment("2024-04-01T00:00:00Z", "2024-04-30T23:59:59.999Z", 1_001),
                        segment("2024-05-01T00:00:00Z", "2024-05-31T23:59:59.999Z", 1_000)),
                1_000);
        assertEquals(Kind.YEAR, kindAt(kinds, "2023-05-01T00:00:00Z"));
        assertEquals(Kind.YEAR, kindAt(kinds, "2025-05-01T00:00:00Z"), "no rows yet");
        assertEquals(Kind.MONTH, kindAt(kinds, "2024-01-01T00:00:00Z"));
        assertEquals(Kind.DAY, kindAt(kinds, "2024-03-04T23:59:59.999Z"));
        assertEquals(Kind.HOUR, kindAt(kinds, "2024-03-05T10:00:00Z"));
        assertEquals(Kind.HOUR, kindAt(kinds, "2024-03-05T23:00:00Z"));
        assertEquals(Kind.DAY, kindAt(kinds, "2024-04-10T00:00:00Z"));
        assertEquals(Kind.MONTH, kindAt(kinds, "2024-05-10T00:00:00Z"));
    }

    @Test
    void aSegmentAcrossWindowsCountsInProportion() {
        List<SegmentFacts> segments = new ArrayList<>();
        segments.add(segment("2024-01-30T00:00:00Z", "2024-02-02T23:59:59.999Z", 2_000));
        assertEquals(Kind.MONTH, kindAt(PartitionKinds.of(segments, 1_000), "2024-01-30T00:00:00Z"));
        segments.add(segment("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", 1));
        PartitionKinds kinds = PartitionKinds.of(segments, 1_000);
        assertEquals(Kind.DAY, kindAt(kinds, "2024-01-30T00:00:00Z"));
        assertTrue(kinds.isStraddling(segments.get(0)));
        assertEquals(
                Kind.YEAR,
                kinds.windowOf(segments.get(0).minMillis(), segments.get(0).maxMillis())
                        .kind());
        assertFalse(kinds.isStraddling(segments.get(1)));
    }

    @Test
    void thePastBefore1970IsCutAsWell() {
        PartitionKinds kinds =
                PartitionKinds.of(List.of(segment("1969-12-01T00:00:00Z", "1969-12-31T23:59:59.999Z", 2_000)), 1_000);
        assertEquals(Kind.DAY, kindAt(kinds, "1969-12-31T23:59:59.999Z"));
        assertEquals(Kind.YEAR, kindAt(kinds, "1970-01-01T00:00:00Z"));
    }
}
