package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.CorruptStoreException;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is open for reading while a writer deletes, flushes, compacts, closes and opens again. */
class ReaderTest {
    private static final int BEFORE = 4;

    private final Workload work = Workload.beginning()
            .ingest("A", 0, 20)
            .ingest("A", 20, 30)
            .flush()
            .deleteIds("A", 3, 6)
            .flush()
            .deleteWhere("A", 10, 15)
            .ingest("A", 100, 200)
            .flush()
            .compact();

    @TempDir
    Path folder;

    private static void run(List<Workload.Step> steps, Catalog catalog) {
        steps.forEach(step -> step.run(catalog, SmallStore.clock()));
    }

    private List<Workload.Step> first() {
        return work.steps().subList(0, BEFORE + 1);
    }

    private List<Workload.Step> then() {
        return work.steps().subList(BEFORE + 1, work.steps().size());
    }

    @Test
    void aReaderOnASimulatedDiskKeepsWhatItOpenedAndLetsItGo() throws IOException {
        SimDisk disk = new SimDisk();
        Catalog writer = SmallStore.open(new SimStorage(disk));
        run(first(), writer);
        SimStorage reading = new SimStorage(disk);
        try (Catalog reader = EmbeddedProvider.openForReading(reading, "sim", SmallStore.options())) {
            run(then(), writer);
            assertEquals(work.state(work.changeCount()), ExpectedCatalog.read(writer));
            writer.close();
            SmallStore.open(new SimStorage(disk)).close(); // deletes what nobody needs
            assertEquals(work.state(BEFORE), ExpectedCatalog.read(reader));
        }
        assertEquals(List.of(), reading.leaks());
        List<String> held = dataFiles(disk);
        SmallStore.open(new SimStorage(disk)).close();
        List<String> left = dataFiles(disk);
        assertTrue(left.size() < held.size(), () -> left + " of " + held);
        SimStorage again = new SimStorage(disk);
        try (Catalog catalog = SmallStore.open(again, SmallStore.clock(), Duration.ZERO)) {
            assertEquals(work.state(work.changeCount()), ExpectedCatalog.read(catalog));
        }
        assertEquals(List.of(), StoreSoundness.findings(again));
    }

    @Test
    void aReaderLooksAgainOnceAMinuteAtWhatIsInMemory() throws IOException {
        SimDisk disk = new SimDisk();
        try (Catalog writer = SmallStore.open(new SimStorage(disk))) {
            run(first(), writer);
        }
        SimStorage reading = new SimStorage(disk);
        SteppedClock clock = SmallStore.clock();
        CatalogOptions options = SmallStore.options(Scheduler.inline(), clock, Duration.ZERO);
        try (Catalog reader = EmbeddedProvider.openForReading(reading, "sim", options)) {
            for (int minutes : new int[] {1, 5, -60}) { // a clock that was set back must not end it
                int before = reading.looks();
                ExpectedCatalog.read(reader);
                assertEquals(before, reading.looks());
                clock.advance(Duration.ofMinutes(minutes));
                ExpectedCatalog.read(reader);
                ExpectedCatalog.read(reader);
                assertEquals(before + 1, reading.looks());
            }
        }
    }

    @Test
    void aFileThatGoesThoughItIsReadIsATypedError() throws IOException {
        SimDisk disk = new SimDisk();
        try (Catalog writer = SmallStore.open(new SimStorage(disk))) {
            run(first(), writer);
        }
        try (Catalog reader = EmbeddedProvider.openForReading(new SimStorage(disk), "sim", SmallStore.options())) {
            SimStorage other = new SimStorage(disk); // as on a read-only mount, where a lease holds nothing back
            for (String name : dataFiles(disk)) {
                other.delete(name);
            }
            CorruptStoreException gone = assertThrows(CorruptStoreException.class, () -> ExpectedCatalog.read(reader));
            assertTrue(gone.getMessage().contains("missing"), gone::getMessage);
        }
    }

    private static List<String> dataFiles(SimDisk disk) {
        return disk.files().stream().filter(name -> name.startsWith("data/")).toList();
    }

    @Test
    void anotherProcessKeepsWhatItOpened() throws Exception {
        CatalogOptions options = CatalogOptions.defaults().with(SmallStore.SMALL);
        try (Catalog writer = Catalog.open(folder, options)) {
            run(first(), writer);
            Process reader = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OpenReader.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader lines = reader.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("open", lines.readLine());
                run(then(), writer);
                assertEquals(work.state(work.changeCount()), ExpectedCatalog.read(writer));
                reader.getOutputStream().write('\n');
                reader.getOutputStream().flush();
                String state = lines.lines().map(line -> line + "\n").collect(Collectors.joining());
                assertEquals(work.state(BEFORE), state);
                assertEquals(0, reader.waitFor());
            } finally {
                reader.destroyForcibly().waitFor();
            }
        }
    }
}
