package org.almagest.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.almagest.storage.fs.FileSystemKind.Medium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of one mebibyte that fills up. Needs to mount: skipped with the reason elsewhere, fails in CI. */
class FullDiskTest {
    private static final int MEBIBYTE = 1 << 20;

    /** What a test does with a storage on a small file system. */
    private interface Check {
        void on(DiskStorage storage) throws IOException;
    }

    @Test
    void tellsHowMuchLandedAndGoesOnWhenSpaceReturns(@TempDir Path folder) throws Exception {
        withTmpfs(folder, "size=1m", storage -> {
            assertEquals(Medium.MEMORY, storage.kind().medium());
            WholeFiles.write(storage, "reserve", ByteBuffer.allocate(MEBIBYTE / 2), Barrier.RESERVE_FORCE);
            try (AppendFile file = storage.createNew("a")) {
                long free = storage.freeSpace();
                NoSpaceIOException full =
                        assertThrows(NoSpaceIOException.class, () -> file.append(ByteBuffer.allocate(MEBIBYTE)));
                assertTrue(file.length() > 0, "a full disk first shows as a short write");
                assertEquals(free, file.length());
                assertEquals(
                        "a: append: No space left on device (" + free + " of 1048576 bytes landed)", full.getMessage());
                IOException again = assertThrows(IOException.class, () -> file.append(ByteBuffer.allocate(1)));
                assertEquals("a: append: file has failed before", again.getMessage());
            }
            assertEquals(
                    storage.size("a"), storage.counters().value(StorageCounters.Counter.BYTES_WRITTEN) - MEBIBYTE / 2);
            storage.delete("reserve");
            WholeFiles.write(storage, "b", ByteBuffer.allocate(MEBIBYTE / 2), Barrier.SEGMENT_FORCE);
        });
    }

    @Test
    void runsOutOfInodes(@TempDir Path folder) throws Exception {
        withTmpfs(folder, "size=1m,nr_inodes=4", storage -> {
            storage.mkdir("tmp");
            WholeFiles.write(storage, "tmp/a", ByteBuffer.allocate(1), Barrier.SEGMENT_FORCE);
            WholeFiles.write(storage, "tmp/b", ByteBuffer.allocate(1), Barrier.SEGMENT_FORCE);
            NoSpaceIOException noFile = assertThrows(NoSpaceIOException.class, () -> storage.createNew("c"));
            assertEquals("c: create: No space left on device", noFile.getMessage());
            assertThrows(NoSpaceIOException.class, () -> storage.mkdir("d"));
            storage.delete("tmp/b");
            storage.createNew("c").close();
        });
    }

    private static void withTmpfs(Path folder, String options, Check check) throws Exception {
        String refusal = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        if (!refusal.isEmpty()) {
            String reason = "cannot mount a tmpfs: " + refusal;
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            System.out.println("skipped: " + reason);
            abort(reason);
        }
        try (DiskStorage storage = DiskStorage.open(folder)) {
            check.on(storage);
        } finally {
            assertEquals("", run("umount", folder.toString()));
        }
    }

    /** Returns an empty text on success, else what the command said. */
    private static String run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return command[0] + " hangs";
            }
            return process.exitValue() == 0 ? "" : command[0] + ": " + output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
