package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class ColumnBatchTest {
    private static final List<Instant> TIMES = List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));

    private static Map<String, Object> row(ColumnBatch batch, int index) {
        return batch.toDatapoints().get(index).values();
    }

    @Test
    void columnsBecomeRows() {
        ColumnBatch batch = ColumnBatch.at(TIMES)
                .column("a", new int[] {1, 2})
                .column("b", Arrays.asList("x", null))
                .column("c", new double[][] {{1, Double.NaN}, {}})
                .build();
        assertEquals(2, batch.rowCount());
        assertEquals(2, batch.toDatapoints().size());
        assertEquals(TIMES.get(1), batch.toDatapoints().get(1).time());
        assertEquals(1, row(batch, 0).get("a"));
        assertEquals("x", row(batch, 0).get("b"));
        assertFalse(row(batch, 1).containsKey("b"));
        assertEquals(2, ((double[]) row(batch, 0).get("c")).length, "in lists NaN is data");
    }

    @Test
    void onlyPaddingAtTheEndOfAMatrixIsDropped() {
        ColumnBatch batch = ColumnBatch.at(TIMES)
                .matrix("a", new double[][] {
                    {280.12, Double.NaN, 290.12, Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}
                })
                .matrix("b", Arrays.asList(Arrays.asList("x", null), null))
                .matrix("c", new float[][] {{Float.NaN, 1}, {1, Float.NaN}})
                .build();
        assertEquals(List.of(280.12, Double.NaN, 290.12), row(batch, 0).get("a"));
        assertEquals(List.of(), row(batch, 1).get("a"));
        assertEquals(List.of("x"), row(batch, 0).get("b"));
        assertFalse(row(batch, 1).containsKey("b"));
        assertEquals(List.of(Float.NaN, 1f), row(batch, 0).get("c"));
        assertEquals(List.of(1f), row(batch, 1).get("c"));
    }

    @Test
    void geometriesComeInEveryForm() {
        Json json = Json.parse("{\"type\":\"Point\",\"coordinates\":[1,2]}");
        List<Instant> times = List.of(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        ColumnBatch batch = ColumnBatch.at(times)
                .geometries(Arrays.asList("POINT (1 2)", json, Bytes.of((byte) 1), new byte[] {1}, null))
                .build();
        List<Optional<Object>> given =
                batch.toDatapoints().stream().map(Datapoint::rawGeometry).toList();
        assertEquals(
                List.of(
                        Optional.of("POINT (1 2)"),
                        Optional.of(json),
                        Optional.of(Bytes.of((byte) 1)),
                        Optional.of(Bytes.of((byte) 1)),
                        Optional.empty()),
                given);
    }

    @Test
    void aMissingTimeIsLeftToIngestToRefuse() {
        ColumnBatch batch = ColumnBatch.at(Arrays.asList(Instant.EPOCH, null)).build();
        assertFalse(batch.toDatapoints().get(1).hasTime());
    }

    @Test
    void refusesColumnsOfAnotherLength() {
        ColumnBatch.Builder batch = ColumnBatch.at(TIMES);
        assertRefused("column \"a\": 3 rows (expected 2)", () -> batch.column("a", new int[3]));
        assertRefused("column \"geometry\": 1 rows (expected 2)", () -> batch.geometries(List.of("POINT (1 2)")));
        assertRefused("column \"a\": Integer (expected an array or a list)", () -> batch.column("a", 5));
        assertRefused("column \"a\": 1 rows (expected 2)", () -> batch.matrix("a", new double[1][2]));
    }

    private static void assertRefused(String message, Runnable action) {
        Exception e = assertThrows(InvalidRequestException.class, action::run);
        assertEquals(message, e.getMessage());
    }
}
