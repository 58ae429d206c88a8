package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.almagest.error.InvalidRequestException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2017-01-01, 2017-01-01T00:00:00Z",
        "2017-01-01T00:00, 2017-01-01T00:00:00Z",
        "1483228800, 2017-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "0, 1970-01-01T00:00:00Z",
        "2017, 1970-01-01T00:33:37Z",
        "2017-01-01 02:45:25.679, 2017-01-01T02:45:25.679Z",
        "2017-01-01T11:45:25.679+09:00, 2017-01-01T02:45:25.679Z",
        "2017-01-01T11:45:25.679+0900, 2017-01-01T02:45:25.679Z",
        "2017-01-01T11:45:25.679+09, 2017-01-01T02:45:25.679Z",
        "2017-01-01 02:45:25.679 UTC, 2017-01-01T02:45:25.679Z",
        "2017-01-01t02:45z, 2017-01-01T02:45:00Z",
        "2016-12-31T21:45:25.679-05:00, 2017-01-01T02:45:25.679Z",
        "2025-03-28T11:44:23.345761444Z, 2025-03-28T11:44:23.345761444Z",
        "2025-03-28T11:44:23.1, 2025-03-28T11:44:23.100Z",
        "' 2017-01-01 ', 2017-01-01T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z",
        "-9999-01-01, -9999-01-01T00:00:00Z",
        "0000-01-01, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999, 9999-12-31T23:59:59.999999999Z"
    })
    void readsTheFormsPeopleWrite(String text, String expected) {
        assertEquals(Instant.parse(expected), TimeText.parseInstant(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2017-1-1",
                "2017-01-01T",
                "2017-01-01T2:45",
                "2017-01-01Z",
                "2017-01-01T02:45:25.1234567890Z",
                "2017-01-01T02:45:25.Z",
                "2017-01-01T02:45+9",
                "20170101T024525Z",
                "1.5",
                "1483228800.0",
                "+1483228800",
                "١٢٣",
                "2017-01-01T02:45:25Z[Asia/Tokyo]"
            })
    void refusesWhatIsNoTime(String text) {
        String message = assertThrows(InvalidRequestException.class, () -> TimeText.parseInstant(text))
                .getMessage();
        assertTrue(message.startsWith("time \"" + text + "\": "), message);
    }

    @Test
    void messagesSayWhatIsExpected() {
        assertMessage(
                "time \"x\": not a time (expected an ISO 8601 date or date-time, such as 2017-01-01 or"
                        + " 2017-01-01T02:45:25.679+09:00, or Unix seconds)",
                "x");
        assertMessage("time \"2016-12-31T23:59:60Z\": leap second (expected seconds 00 to 59)", "2016-12-31T23:59:60Z");
        assertMessage("time \"2017-02-29\": Invalid date 'February 29' as '2017' is not a leap year", "2017-02-29");
        assertMessage("time \"999999999999\": year (expected -9999 to 9999)", "999999999999");
        assertMessage("time \"-9999-01-01T00:00+01:00\": year (expected -9999 to 9999)", "-9999-01-01T00:00+01:00");
    }

    private static void assertMessage(String message, String text) {
        Exception e = assertThrows(InvalidRequestException.class, () -> TimeText.parseInstant(text));
        assertEquals(message, e.getMessage());
    }

    @Test
    void writesMillisecondsFloored() {
        assertEquals("2017-01-01T00:00:00.000 UTC", TimeText.format(Instant.parse("2017-01-01T00:00:00.000999Z")));
        assertEquals("1969-12-31T23:59:59.999 UTC", TimeText.format(Instant.ofEpochSecond(0, -1)));
        assertEquals("0001-01-01T00:00:00.000 UTC", TimeText.format(Instant.parse("0001-01-01T00:00:00Z")));
    }

    @Test
    void readsWhatItWrites() {
        Seeded.repeat(500, random -> {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L));
            assertEquals(instant, TimeText.parseInstant(TimeText.format(instant)));
            assertEquals(instant, TimeText.parseInstant(instant.toString()));
        });
    }
}
