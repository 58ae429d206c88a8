package org.almagest.server.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarChartTest {
    private static String chart(boolean showsUtf8, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BarChart chart = new BarChart(new Console(out, new ByteArrayOutputStream(), Terminal.NONE), showsUtf8);
        chart.bar(key, 3);
        chart.print("key");
        return out.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void aKeyThatIsCutEndsInWhatTheTerminalShows() {
        assertEquals("a".repeat(40) + "      3", chart(false, "a".repeat(40)));
        assertEquals("a".repeat(39) + "~      3", chart(false, "a".repeat(41)));
        assertEquals("a".repeat(39) + "…      3", chart(true, "a".repeat(41)));
    }
}
