package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long GIB = 1L << 30;

    @Test
    void everyComponentCanBeChangedAlone() {
        Limits defaults = Limits.forHeap(4 * GIB);
        List<String> names = Arrays.stream(Limits.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();
        assertEquals(names, new ArrayList<>(defaults.toMap().keySet()));
        for (String name : names) {
            long value = defaults.toMap().get(name);
            Limits same = defaults.with(name, value);
            assertEquals(defaults, same);
            assertTrue(value >= 1, name);
            assertRefused("limits: " + name + ": 0 (at least 1)", Map.of(name, 0L));
        }
    }

    @Test
    void theDefaultsAreThoseOfTheDesign() {
        Limits limits = Limits.forHeap(64 * GIB);
        assertEquals(1 << 20, limits.commitRowsMax());
        assertEquals(256 << 20, limits.commitBytesMax());
        assertEquals(64 << 20, limits.walBytesMax());
        assertEquals(1 << 20, limits.documentBytesMax());
        assertEquals(1 << 20, limits.partitionRowsMax());
        assertEquals(512 << 20, limits.dataFileBytesMax());
        assertEquals(100, limits.fieldNameLengthMax());
        assertEquals(256, limits.collectionNameLengthMax());
    }

    @Test
    void boundsOnMemoryFollowTheHeap() {
        for (long heap = 1; heap > 0 && heap < 1L << 62; heap *= 3) {
            long bytes = heap;
            assertDoesNotThrow(() -> Limits.forHeap(bytes), () -> bytes + " bytes");
        }
        Limits limits = Limits.forHeap(256L << 20);
        assertEquals(64 << 20, limits.commitBytesMax());
        assertEquals(32 << 20, limits.walBytesMax());
    }

    @Test
    void refusesWhatContradictsItself() {
        assertRefused("limits: nothing: no such limit", Map.of("nothing", 1L));
        assertRefused("limits: csvCellLengthMax: -1 (at least 1)", Map.of("csvCellLengthMax", -1L));
        assertRefused(
                "limits: geometryExactVerticesMax: 10000 (expected 1 to geometryVerticesMax = 4)",
                Map.of("geometryVerticesMax", 4L));
        assertRefused(
                "limits: fieldNameLengthMax: 501 (expected 1 to slugLengthMax = 500)",
                Map.of("fieldNameLengthMax", 501L));
    }

    private static void assertRefused(String message, Map<String, Long> changes) {
        Exception e = assertThrows(
                InvalidRequestException.class, () -> Limits.forHeap(4 * GIB).with(changes));
        assertEquals(message, e.getMessage());
    }

    @Test
    void aValueAtItsLimitIsTakenAndOnePastIsRefused() {
        Limits.check("query: limit", "queryLimitMax", 10_000, 10_000);
        LimitExceededException e = assertThrows(
                LimitExceededException.class, () -> Limits.check("query: limit", "queryLimitMax", 20_000, 10_000));
        assertEquals("query: limit: 20000 (at most 10000)", e.getMessage());
        assertEquals("queryLimitMax", e.limitName());
        assertEquals(
                "row 1: query: limit: 20000 (at most 10000)", e.within("row 1").getMessage());
    }
}
