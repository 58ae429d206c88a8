package org.almagest.samples.antimeridian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AntimeridianTest {
    @TempDir
    Path folder;

    private List<String> run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Antimeridian.run(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void findsWhatCrossesAndReturnsItAsItWasGiven() {
        assertEquals(
                List.of(
                        "2 cut, 1 closed at a pole",
                        "as given: POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))",
                        "box 178 to -178: beyond-180, crossing",
                        "polygon 178 to -178: beyond-180, crossing",
                        "polygon as drawn: africa",
                        "at the pole: north-pole"),
                run());
    }
}
