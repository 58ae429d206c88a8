package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.Catalog;
import org.almagest.storage.tool.Verifier;
import org.almagest.storage.tool.VerifyReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that stores, at random moments: what it was told is stored is there, once. */
class KillTest {
    @TempDir
    Path folder;

    private final Workload work = KilledWriter.beginning();
    private final int first = work.changeCount();
    private int unacknowledged;

    @Test
    void aKilledWriterLosesNothingAcknowledged() throws Exception {
        killRepeatedly(10);
    }

    @Test
    @Tag("durability")
    void aWriterKilledAHundredTimesLosesNothingAcknowledged() throws Exception {
        killRepeatedly(100);
    }

    private void killRepeatedly(int kills) throws Exception {
        SplittableRandom random = new SplittableRandom(kills);
        int stored = 0;
        for (int kill = 0; kill < kills; kill++) {
            int acknowledged = killOnce(stored, random);
            assertTrue(acknowledged >= stored);
            stored = check(acknowledged);
        }
        System.out.println("kills: " + kills + ", " + stored + " changes, " + unacknowledged
                + " of them there though nobody was told");
    }

    /** Returns how many changes were acknowledged in all. */
    private int killOnce(int stored, SplittableRandom random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(stored))
                .redirectErrorStream(true)
                .start();
        int acknowledged = stored;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int least = random.nextInt(40);
            String line = lines.readLine();
            while (line != null && (line.equals("open") || line.matches("[0-9]+"))) {
                if (!line.equals("open")) {
                    assertEquals(acknowledged, Integer.parseInt(line));
                    acknowledged++;
                }
                if (process.isAlive() && acknowledged - stored >= least) {
                    process.waitFor(random.nextInt(3000), TimeUnit.MICROSECONDS);
                    process.toHandle().destroyForcibly(); // leaves what it has said readable
                }
                line = lines.readLine();
            }
            assertTrue(line == null || line.isEmpty(), line);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    /** Returns how many changes are there: all that were acknowledged, and perhaps the one under way. */
    private int check(int acknowledged) throws IOException {
        while (work.changeCount() < first + acknowledged + 1) {
            KilledWriter.append(work, work.changeCount() - first);
        }
        int found = -1;
        try (Catalog catalog = Catalog.open(folder, KilledWriter.options())) {
            String state = ExpectedCatalog.read(catalog);
            for (int changes = acknowledged == 0 ? 0 : first + acknowledged;
                    changes <= first + acknowledged + 1 && found < 0;
                    changes++) {
                found = state.equals(work.state(changes)) ? Math.max(0, changes - first) : -1;
            }
            assertTrue(found >= 0, () -> state + "expected\n" + work.state(first + acknowledged));
        }
        VerifyReport report = Verifier.verify(folder, Verifier.Depth.ROWS);
        assertTrue(report.isClean(), report::toString);
        unacknowledged += found - acknowledged;
        return found;
    }
}
