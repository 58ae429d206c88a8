package org.almagest.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.almagest.error.InvalidRequestException;

/** Files and folders that nobody but their owner may touch, as far as the file system knows of owners. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> NOT_OF_OTHERS = PosixFilePermissions.fromString("----w-rwx");
    private static final Set<PosixFilePermission> NOT_WRITABLE_BY_OTHERS = EnumSet.of(PosixFilePermission.OTHERS_WRITE);

    private PrivateFiles() {}

    /** Makes a folder with mode 0700, and those above it that are missing. */
    static void makeFolder(Path folder) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null && !Files.isDirectory(above)) {
            makeFolder(above);
        }
        try {
            Files.createDirectory(folder, mode(folder, FOLDER_MODE));
            force(folder.resolveSibling(".")); // what is durable in it must be found again
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Opens a file for writing; makes it with mode 0600 where it is not there. */
    static FileChannel openOrCreate(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), mode(file, FILE_MODE));
    }

    /** Makes an empty file with mode 0600, which must not be there. */
    static void create(Path file) throws IOException {
        Files.createFile(file, mode(file, FILE_MODE));
    }

    /** Puts a file of mode 0600 in the place of another; after a crash the old one or the new one is there. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode(file, FILE_MODE))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.resolveSibling("."));
    }

    /** Makes what names a folder holds survive a crash, where folders can be opened. */
    private static void force(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Refuses a file or folder that others than its owner may use.
     *
     * @param name what an error calls it
     */
    static void requirePrivate(Path path, String name) throws IOException {
        require(path, name, NOT_OF_OTHERS, Files.isDirectory(path) ? "0700" : "0600");
    }

    /** Refuses a folder that everybody may write to. */
    static void requireNotOpenToAll(Path path, String name) throws IOException {
        require(path, name, NOT_WRITABLE_BY_OTHERS, "0700");
    }

    private static void require(Path path, String name, Set<PosixFilePermission> refused, String expected)
            throws IOException {
        if (!isPosix(path)) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.stream().anyMatch(refused::contains)) {
            throw new InvalidRequestException(
                    name, "open to others: mode " + octal(mode) + " (expected " + expected + ")");
        }
    }

    private static String octal(Set<PosixFilePermission> mode) {
        int bits = 0;
        for (PosixFilePermission permission : mode) {
            bits |= 0400 >> permission.ordinal(); // declared in the order of the bits
        }
        return String.format(Locale.ROOT, "%04o", bits);
    }

    private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> mode) throws IOException {
        return isPosix(path.resolveSibling("."))
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
