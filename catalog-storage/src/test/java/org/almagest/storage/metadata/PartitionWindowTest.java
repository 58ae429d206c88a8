package org.almagest.storage.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.almagest.storage.metadata.PartitionWindow.Kind;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class PartitionWindowTest {
    @Test
    void isACalendarWindow() {
        long time = millis("2024-02-29T23:59:59.999Z");
        assertWindow("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", PartitionWindow.of(Kind.YEAR, time));
        assertWindow("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", PartitionWindow.of(Kind.MONTH, time));
        assertWindow("2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z", PartitionWindow.of(Kind.DAY, time));
        assertWindow("2024-02-29T23:00:00Z", "2024-03-01T00:00:00Z", PartitionWindow.of(Kind.HOUR, time));
    }

    @Test
    void floorsBefore1970() {
        PartitionWindow window = PartitionWindow.of(Kind.HOUR, -1);
        assertWindow("1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z", window);
    }

    @Test
    void holdsItsStartAndNotItsEnd() {
        PartitionWindow window = PartitionWindow.of(Kind.DAY, 0);
        assertTrue(window.contains(0));
        assertTrue(window.contains(86_399_999));
        assertFalse(window.contains(86_400_000));
        assertFalse(window.contains(-1));
    }

    @Test
    void refusesAStartInsideAWindow() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new PartitionWindow(Kind.MONTH, 86_400_000));
        assertEquals("window: start: 1970-01-02T00:00:00Z (expected the start of a MONTH)", refusal.getMessage());
    }

    @Test
    void codesNeverChange() {
        assertEquals(1, Kind.YEAR.code());
        assertEquals(2, Kind.MONTH.code());
        assertEquals(3, Kind.DAY.code());
        assertEquals(4, Kind.HOUR.code());
        for (Kind kind : Kind.values()) {
            assertEquals(Optional.of(kind), Kind.ofCode(kind.code()));
        }
        assertEquals(Optional.empty(), Kind.ofCode(0));
        assertEquals(Optional.empty(), Kind.ofCode(5));
    }

    @Test
    void windowsOfAKindFollowEachOtherWithoutGap() {
        Seeded.repeat(1_000, random -> {
            long time = random.nextLong(-(1L << 46), 1L << 46);
            for (Kind kind : Kind.values()) {
                PartitionWindow window = PartitionWindow.of(kind, time);
                assertTrue(window.contains(time));
                assertEquals(
                        window.endMillis(),
                        PartitionWindow.of(kind, window.endMillis()).startMillis());
                assertEquals(window, PartitionWindow.of(kind, window.endMillis() - 1));
            }
        });
    }

    private static void assertWindow(String start, String end, PartitionWindow window) {
        assertEquals(millis(start), window.startMillis());
        assertEquals(millis(end), window.endMillis());
    }

    private static long millis(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
