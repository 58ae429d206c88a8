package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.CancelledException;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.DeadlineExceededException;
import org.almagest.error.ErrorCode;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NoSpaceException;
import org.almagest.error.NotFoundException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.error.StorageFailedException;
import org.almagest.error.StoreLockedException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.Terminal;
import org.almagest.server.cli.session.FailureReport;
import org.almagest.server.cli.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReportTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Session session = new Session(new Console(new ByteArrayOutputStream(), err, Terminal.NONE), Map.of());
    private final FailureReport report = new FailureReport(session);

    private String said() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    @Test
    void eachKindOfFailureHasItsStatus() {
        Map<CatalogException, Integer> expected = Map.ofEntries(
                Map.entry(new InvalidRequestException("x", "y"), 2),
                Map.entry(new LimitExceededException("x", "y", 2, 1), 2),
                Map.entry(new CorruptStoreException("x", "f", 0), 3),
                Map.entry(new StoreLockedException("s", "pid 1"), 4),
                Map.entry(new StorageFailedException("x"), 5),
                Map.entry(new OutcomeUnknownException("x"), 5),
                Map.entry(new UnsupportedFormatException("x", "2.0", "1.0", "f"), 6),
                Map.entry(new NoSpaceException("x"), 7),
                Map.entry(new NotFoundException("x"), 8),
                Map.entry(new AlreadyExistsException("x"), 9),
                Map.entry(new ConflictException("x"), 9),
                Map.entry(new ExistingDatapointsException("x"), 9),
                Map.entry(new PreconditionFailedException("x"), 9),
                Map.entry(new DeadlineExceededException("x"), 10),
                Map.entry(new CancelledException("x"), 10));
        Set<ErrorCode> met = EnumSet.noneOf(ErrorCode.class);
        expected.forEach((failure, status) -> {
            assertEquals(status, report.failure(failure), failure.toString());
            assertEquals("almagest: " + failure.getMessage() + "\n", said());
            met.add(failure.code());
        });
        assertEquals(EnumSet.allOf(ErrorCode.class), met);
    }

    @Test
    void whatNobodyExpectedIsOneLineUntilMoreIsAskedFor() {
        assertEquals(70, report.failure(new IllegalStateException("odd")));
        assertEquals("almagest: unexpected: java.lang.IllegalStateException: odd (--verbose prints where)\n", said());
        assertEquals(70, report.failure(new OutOfMemoryError()));
        assertEquals("almagest: not enough memory (give more with ALMAGEST_JAVA_OPTS=-Xmx4g)\n", said());
        assertEquals(5, report.failure(new UncheckedIOException(new NoSuchFileException("out.csv"))));
        assertEquals("almagest: out.csv: NoSuchFileException\n", said());
        CliRun plain = CliRun.bare(Map.of(), "info", "a.b", "--store", "none");
        assertFalse(plain.err().contains("\tat "), plain.err());
        CliRun verbose = CliRun.bare(Map.of(), "info", "a.b", "--store", "none", "--verbose");
        assertTrue(verbose.err().contains("\tat "), verbose.err());
        assertEquals(plain.status(), verbose.status());
    }

    @Test
    void aReaderThatHasGoneIsNoFailureToReport() {
        assertEquals(141, runWithOutput("Broken pipe"));
        assertEquals("", said());
        assertEquals(5, runWithOutput("No space left on device"));
        assertEquals("almagest: standard output: cannot be written: No space left on device\n", said());
    }

    private int runWithOutput(String problem) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(problem);
            }
        };
        return AlmagestCli.run(new Session(new Console(out, err, Terminal.NONE), Map.of()), "limits");
    }

    @Test
    void aStoreInUseIsLockedAndADamagedOneIsCorrupt(@TempDir Path folder) throws IOException {
        CliRun.ok(folder, "quickstart", "--rows", "3000");
        assertEquals("clean", CliRun.ok(folder, "verify", "--deep").substring(0, 5));
        assertTrue(CliRun.ok(folder, "verify", "--json").startsWith("{\"clean\":true,"));
        try (Catalog writer = Catalog.open(folder)) {
            assertEquals(4, CliRun.of(folder, "flush").status(), writer.toString());
        }
        Path segment;
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 3] ^= 1;
        Files.write(segment, bytes);
        CliRun verified = CliRun.of(folder, "verify");
        assertEquals(3, verified.status());
        assertTrue(verified.out().contains(" [data/"), verified.out());
        CliRun json = CliRun.of(folder, "verify", "--json");
        assertEquals(3, json.status());
        assertTrue(json.out().startsWith("{\"clean\":false,"), json.out());
        assertEquals(List.of(), json.err().lines().toList());
    }
}
