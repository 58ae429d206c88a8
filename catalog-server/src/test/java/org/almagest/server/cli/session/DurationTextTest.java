package org.almagest.server.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.almagest.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class DurationTextTest {
    private static void assertText(String iso, String text) {
        Duration duration = DurationText.parse("retention", text);
        assertEquals(iso, DurationText.format(duration), text);
        assertEquals(duration, DurationText.parse("retention", iso));
    }

    @Test
    void shortFormsAndIsoAreRead() {
        assertText("P30D", "30d");
        assertText("P30D", "P30D");
        assertText("PT12H", "12h");
        assertText("PT1H30M", "90m");
        assertText("PT45S", "45s");
        assertText("P1DT12H", "1d12h");
        assertText("P1DT12H", " P1DT12H ");
        assertText("P1DT12H", "36H");
        assertText("P1DT1H1M1S", "1d1h1m1s");
        assertText("PT0.001S", "PT0.001S");
        assertText("PT0S", "0d");
    }

    private static void assertRefused(String problem, String text) {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> DurationText.parse("retention", text));
        String expected = " (expected such as 30d, 12h, 90m, 45s, 1d12h or ISO 8601 P1DT12H)";
        assertEquals("retention: \"" + text + "\"" + problem + expected, e.getMessage());
    }

    @Test
    void whatIsNoDurationIsRefusedAndCalendarUnitsAreNamed() {
        for (String text : new String[] {"", "30", "d", "h", "thirty", "30x", "1h1d", "P", "PT", "1.5d"}) {
            assertRefused(" is no duration", text);
        }
        assertRefused(" is no duration", "99999999999999999999d");
        for (String text : new String[] {"P1Y", "P1M", "P2W", "P1M3D", "2w", "1y", "3mo"}) {
            assertRefused(" has weeks, months or years: say so many days", text);
        }
        assertRefused(" is below 0", "-PT1S");
        assertRefused(" is below 0", "P-1D");
    }
}
