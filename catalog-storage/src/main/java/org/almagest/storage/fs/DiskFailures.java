package org.almagest.storage.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives failures of the operating system the type and the wording that the engine acts on. */
final class DiskFailures {
    // The JDK passes on the text of strerror and not the number. The launcher may have set another language than
    // English, which is why a failed append also looks at the space that is left: see spaceOrOther.
    private static final List<String> NO_SPACE = List.of(
            "No space left on device", // ENOSPC
            "Disk quota exceeded", // EDQUOT, Linux
            "Disc quota exceeded", // EDQUOT, macOS
            "File too large", // EFBIG, also when RLIMIT_FSIZE is reached
            "There is not enough space on the disk"); // Windows

    private DiskFailures() {}

    /** Describes a call that failed: {@code subject: action: reason}. */
    static IOException describe(String name, String action, IOException cause) {
        String reason = reason(cause);
        String message = subject(name) + ": " + action + ": " + reason;
        if (cause instanceof FileAlreadyExistsException) {
            return new FileExistsIOException(subject(name) + ": " + action + ": already exists", cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new FileMissingIOException(subject(name) + ": " + action + ": no such file", cause);
        }
        return isNoSpace(reason) ? new NoSpaceIOException(message, cause) : new IOException(message, cause);
    }

    /** As {@link #describe}, for a call that makes a new name: what can be missing is the directory. */
    static IOException describeNew(String name, String action, IOException cause) {
        return describe(cause instanceof NoSuchFileException ? StorageNames.parent(name) : name, action, cause);
    }

    /** As {@link #describe}, for an open by {@code RandomAccessFile}, which reports every failure as "not found". */
    static IOException describeOpen(String name, Path path, FileNotFoundException cause) {
        if (Files.notExists(path)) {
            return new FileMissingIOException(subject(name) + ": open: no such file", cause);
        }
        return describe(name, "open", cause);
    }

    /** As {@link #describe}, for an append of which {@code landed} of {@code wanted} bytes reached the file. */
    static IOException describeAppend(String name, long landed, long wanted, long freeSpace, IOException cause) {
        String reason = reason(cause);
        String message = name + ": append: " + reason + " (" + landed + " of " + wanted + " bytes landed)";
        boolean full = isNoSpace(reason) || freeSpace < wanted - landed;
        return full ? new NoSpaceIOException(message, cause) : new IOException(message, cause);
    }

    static String subject(String name) {
        return name.equals(Storage.ROOT) ? "store" : name;
    }

    private static boolean isNoSpace(String reason) {
        return NO_SPACE.stream().anyMatch(reason::contains);
    }

    private static String reason(IOException cause) {
        @Nullable
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
