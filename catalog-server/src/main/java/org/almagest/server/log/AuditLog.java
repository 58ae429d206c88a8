package org.almagest.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.Clock;

/**
 * What happened to keys and data, one line of JSON each, in one file for each day: {@code 2026-11-22.ndjson}.
 *
 * <p>A line is on disk before {@link #append} returns, and so is the name of a new day's file. Commands and a server may
 * append to the same file. What a full disk or a crash left of a line is ended by the next one, so that only that line is
 * lost. Nothing is ever changed or deleted here. Safe for use by several threads.
 */
public final class AuditLog {
    private static final String FOLDER_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";

    private final Path folder;
    private final Clock clock;
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean healthy = true;

    private AuditLog(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Returns the log of a folder, which the first line makes. */
    public static AuditLog in(Path folder, Clock clock) {
        return new AuditLog(folder, clock);
    }

    /**
     * Writes a line and forces it to disk.
     *
     * @throws StorageFailedException if it cannot be written; what it tells about has happened all the same
     */
    public void append(AuditLine line) {
        try {
            write(clock.now(), line);
            lines.incrementAndGet();
            healthy = true;
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            healthy = false;
            throw new StorageFailedException("audit log: cannot be written: " + e.getMessage(), e);
        }
    }

    private synchronized void write(Instant now, AuditLine line) throws IOException {
        Line text = Line.of(now, "audit")
                .put("who", line.who())
                .put("tenant", line.tenant())
                .put("what", line.what())
                .put("target", line.target());
        line.facts().forEach(text::put);
        Path file = folder.resolve(now.atZone(ZoneOffset.UTC).toLocalDate() + ".ndjson");
        prepare(file);
        String begin = endsInALine(file) ? "" : "\n";
        ByteBuffer bytes = ByteBuffer.wrap((begin + text.json() + "\n").getBytes(StandardCharsets.UTF_8));
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.APPEND, StandardOpenOption.DSYNC))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static boolean endsInALine(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                return true;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(size - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    /** Makes folder and file with their modes, so that they are never open to others, not even for a moment. */
    private void prepare(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOLDER_MODE)));
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
                try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                    names.force(true);
                }
            } else {
                Files.createDirectories(folder);
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            return; // another process was faster
        }
    }

    /** Tells whether the last line could be written; until then what must be audited is refused. */
    public boolean healthy() {
        return healthy;
    }

    /** Returns how many lines were written. */
    public long lines() {
        return lines.get();
    }

    /** Returns how many lines could not be written. */
    public long failures() {
        return failures.get();
    }
}
