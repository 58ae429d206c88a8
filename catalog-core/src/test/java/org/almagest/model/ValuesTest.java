package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small values: bytes, unsigned integers, counts and infos. */
class ValuesTest {
    @Test
    void bytesNeverChange() {
        byte[] array = {1, 2};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toArray()[1] = 9;
        assertArrayEquals(new byte[] {1, 2}, bytes.toArray());
        assertEquals("0102", bytes.toString());
        assertEquals(bytes, Bytes.ofHex("0102"));
        assertEquals(bytes.hashCode(), Bytes.ofHex("0102").hashCode());
        assertNotEquals(bytes, Bytes.ofHex("0103"));
        assertEquals(2, bytes.length());
        assertEquals(2, bytes.at(1));
    }

    @Test
    void bytesSortUnsigned() {
        List<Bytes> sorted = new ArrayList<>(
                List.of(Bytes.ofHex("ff"), Bytes.ofHex("7f"), Bytes.ofHex(""), Bytes.ofHex("7f00"), Bytes.ofHex("80")));
        sorted.sort(null);
        assertEquals("[, 7f, 7f00, 80, ff]", sorted.toString());
    }

    @Test
    void unsignedIntegersReachTwoTo64() {
        Uint64 max = Uint64.parse("18446744073709551615");
        assertEquals(-1, max.bits());
        assertEquals("18446744073709551615", max.toString());
        assertEquals(BigInteger.TWO.pow(64).subtract(BigInteger.ONE), max.toBigInteger());
        assertTrue(max.compareTo(Uint64.ofBits(Long.MAX_VALUE)) > 0);
        assertTrue(Uint64.ofBits(0).compareTo(Uint64.ofBits(1)) < 0);
        assertEquals(Uint64.ofBits(7), Uint64.parse("007"));
        for (String wrong : List.of("", "-1", "+1", "18446744073709551616", "1.0", " 1", "١")) {
            assertThrows(NumberFormatException.class, () -> Uint64.parse(wrong), wrong);
        }
    }

    @Test
    void countsAddUp() {
        IngestCounts counts = new IngestCounts(1, 2, 3, 4, 5, 6);
        assertEquals(21, counts.rows());
        assertEquals(new IngestCounts(2, 4, 6, 8, 10, 12), counts.plus(counts));
        assertEquals(new IngestCounts(7, 8, 0, 0, 0, 9), IngestCounts.of(7, 8, 9));
        assertEquals(counts, counts.plus(IngestCounts.NONE));
        assertEquals(new GeometryCounts(2, 4, 6), new GeometryCounts(1, 2, 3).plus(new GeometryCounts(1, 2, 3)));
    }

    @Test
    void resultsCopyTheirLists() {
        List<DatapointId> ids = new ArrayList<>(List.of(new DatapointId(1, 2)));
        IngestResult result = new IngestResult(ids, IngestCounts.of(1, 2, 0), List.of(), GeometryCounts.NONE, 5);
        ids.clear();
        assertEquals(1, result.ids().size());
        assertEquals(1, result.created());
        assertEquals(2, result.existing());
    }

    @Test
    void infoIsOneLine() {
        Instant first = Instant.parse("2025-03-28T11:44:23Z");
        Instant last = Instant.parse("2025-03-28T11:45:19Z");
        CollectionInfo info = CollectionInfo.of("Measurements", 2, first, last);
        assertEquals(
                "Measurements: [2025-03-28T11:44:23.000 UTC, 2025-03-28T11:45:19.000 UTC] (2 data points)",
                info.toString());
        assertEquals(Optional.of(last), info.last());
        CollectionInfo empty = CollectionInfo.of("NAME", 0, first, last);
        assertEquals("NAME: <no data> (0 data points)", empty.toString());
        assertEquals(Optional.empty(), empty.first());
    }

    @Test
    void aRejectedRowSaysWhy() {
        RejectedRow row = new RejectedRow(3, null, "sensor", "row 3: field \"sensor\": integer (expected string)");
        assertEquals(3, row.row());
        assertEquals(Optional.empty(), row.key());
        assertEquals(Optional.of("sensor"), row.field());
        assertEquals(row.reason(), row.toString());
    }

    @Test
    void optionsChangeOneAtATime() {
        IngestOptions options = IngestOptions.of(IngestMode.REPLACE)
                .with(OnInvalid.QUARANTINE)
                .with(AntimeridianRule.AS_DRAWN)
                .with(GeometryValidity.STRICT);
        assertEquals(
                new IngestOptions(
                        IngestMode.REPLACE, OnInvalid.QUARANTINE, AntimeridianRule.AS_DRAWN, GeometryValidity.STRICT),
                options);
        assertEquals(IngestMode.SKIP_EXISTING, IngestOptions.DEFAULT.mode());
    }
}
