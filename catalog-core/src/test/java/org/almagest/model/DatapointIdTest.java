package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatapointIdTest {
    private static final String TEXT = "0186d6b6-66cc-fcfd-91df-bbbff72499c3";

    @Test
    void textBytesAndBitsAreTheSameId() {
        DatapointId id = DatapointId.parse(TEXT);
        assertEquals(new DatapointId(0x0186d6b666ccfcfdL, 0x91dfbbbff72499c3L), id);
        assertEquals(TEXT, id.toString());
        assertEquals(id, DatapointId.parse("0186D6B6-66CC-FCFD-91DF-BBBFF72499C3"));
        assertEquals(id, DatapointId.of(id.toBytes()));
        assertArrayEquals(Bytes.ofHex(TEXT.replace("-", "")).toArray(), id.toBytes());
        assertEquals(id, DatapointId.of(id.toUuid()));
        assertEquals(UUID.fromString(TEXT), id.toUuid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not-a-uuid",
                "1-2-3-4-5",
                "",
                "0186d6b666ccfcfd91dfbbbff72499c3",
                "0186d6b6-66cc-fcfd-91df-bbbff72499c",
                "0186d6b6-66cc-fcfd-91df-bbbff72499c33",
                "{186d6b6-66cc-fcfd-91df-bbbff72499c3",
                "0186d6b6-66cc-fcfd-91df-bbbff72499cg",
                "0186d6b6-66cc-fcfd-91df-bbbff72499c٣",
                "0186d6b6-66cc-fcfd-91d-fbbbff72499c3",
                "0186d6b6-66cc-fcfd-91df--bbff72499c3"
            })
    void refusesOtherText(String text) {
        Exception e = assertThrows(InvalidRequestException.class, () -> DatapointId.parse(text));
        assertEquals("id: \"" + text + "\" (expected a UUID of 36 characters)", e.getMessage());
    }

    @Test
    void refusesOtherThanSixteenBytes() {
        Exception e = assertThrows(InvalidRequestException.class, () -> DatapointId.of(new byte[15]));
        assertEquals("id: 15 bytes (expected 16)", e.getMessage());
    }

    @Test
    void theTimeIsSigned() {
        assertEquals(
                -1, DatapointId.parse("ffffffff-ffff-7000-8000-000000000000").timeMillis());
        assertEquals(
                0, DatapointId.parse("00000000-0000-7fff-bfff-ffffffffffff").timeMillis());
        assertEquals(
                DatapointId.TIME_MILLIS_MIN,
                DatapointId.lowest(DatapointId.TIME_MILLIS_MIN).timeMillis());
        assertEquals(
                DatapointId.TIME_MILLIS_MAX,
                DatapointId.highest(DatapointId.TIME_MILLIS_MAX).timeMillis());
        assertTrue(DatapointId.highest(-1).compareTo(DatapointId.lowest(0)) < 0);
    }

    @Test
    void everyIdOfATimeLiesBetweenItsLowestAndHighest() {
        Seeded.repeat(1_000, random -> {
            DatapointId id = new DatapointId(random.nextLong(), random.nextLong());
            assertTrue(DatapointId.lowest(id.timeMillis()).compareTo(id) <= 0);
            assertTrue(DatapointId.highest(id.timeMillis()).compareTo(id) >= 0);
            assertTrue(DatapointId.lowest(id.timeMillis() + 1).compareTo(id) > 0
                    || id.timeMillis() == DatapointId.TIME_MILLIS_MAX);
        });
    }

    @Test
    void theOrderIsTheSignedTimeThenTheRestUnsigned() {
        Seeded.repeat(2_000, random -> {
            DatapointId a = new DatapointId(random.nextLong(), random.nextLong());
            long sameTime = a.high() & -1L << 16 | random.nextInt(1 << 16);
            DatapointId b = new DatapointId(
                    random.nextBoolean() ? sameTime : random.nextBoolean() ? a.high() : random.nextLong(),
                    random.nextLong());
            int byTime = Long.compare(a.timeMillis(), b.timeMillis());
            int expected = byTime != 0 ? byTime : rest(a).compareTo(rest(b));
            assertEquals(Integer.signum(expected), Integer.signum(a.compareTo(b)));
            if (a.timeMillis() >= 0 && b.timeMillis() >= 0) {
                assertEquals(Integer.signum(a.toString().compareTo(b.toString())), Integer.signum(a.compareTo(b)));
            }
        });
    }

    private static BigInteger rest(DatapointId id) {
        return new BigInteger(1, id.toBytes()).mod(BigInteger.ONE.shiftLeft(80));
    }
}
