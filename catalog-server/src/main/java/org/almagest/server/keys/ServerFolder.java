package org.almagest.server.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;

/**
 * The folder {@code server} of a data folder: keys and secrets, for the owner of the process alone.
 *
 * <p>Reading needs no lock; changing does. Failures of the disk are {@link UncheckedIOException}s.
 */
public final class ServerFolder {
    /** Its name in the data folder. */
    public static final String NAME = "server";

    static final String KEYS = "keys.json";
    static final String PEPPER = "pepper";
    static final String TOKEN_KEY = "token.key";
    static final String USAGE = "usage.json";

    private static final String LOCK = "keys.lock";

    private final Path data;
    private final Path path;

    private ServerFolder(Path data) {
        this.data = data;
        this.path = data.resolve(NAME);
    }

    /** Returns the folder of a data folder; neither need be there. */
    public static ServerFolder in(Path data) {
        return new ServerFolder(data);
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Tells whether it is there. */
    public boolean exists() {
        return Files.isDirectory(path);
    }

    /**
     * Makes it, with mode 0700, and the data folder where that is missing; checks what is there.
     *
     * @throws InvalidRequestException if others may use it, or write to the data folder
     */
    public void make() {
        makePrivate(path);
        check();
    }

    /** Makes a folder with mode 0700, and those above it that are missing; one that is there stays as it is. */
    public static void makePrivate(Path folder) {
        try {
            PrivateFiles.makeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes an empty file with mode 0600.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    public static void createPrivate(Path file) throws IOException {
        PrivateFiles.create(file);
    }

    /**
     * Checks that nobody but the owner may use it and what is in it, as far as it is there.
     *
     * @throws InvalidRequestException if others may, or may write to the data folder
     */
    public void check() {
        try {
            if (Files.isDirectory(data)) {
                PrivateFiles.requireNotOpenToAll(data, "store " + data);
            }
            if (exists()) {
                PrivateFiles.requirePrivate(path, NAME);
                for (String name : new String[] {KEYS, PEPPER, TOKEN_KEY, USAGE}) {
                    if (Files.exists(path.resolve(name))) {
                        PrivateFiles.requirePrivate(path.resolve(name), NAME + "/" + name);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the right to change files; makes the folder where it is missing. */
    FolderLock lock() {
        make();
        return FolderLock.take(path.resolve(LOCK));
    }

    /**
     * Returns the bytes of a file; empty where there is none.
     *
     * @throws CorruptStoreException if it has more than {@code bytesMax}
     */
    Optional<byte[]> find(String name, int bytesMax) {
        Path file = path.resolve(name);
        try {
            long size = Files.size(file);
            if (size > bytesMax) {
                throw new CorruptStoreException(
                        name + ": " + size + " bytes (at most " + bytesMax + ")", NAME + "/" + name, bytesMax);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file in the place of another, durably. */
    void replace(FolderLock held, String name, byte[] bytes) {
        assert held != null;
        try {
            PrivateFiles.replace(path.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what changes with each change of a file: time, size and file key; or that there is none. */
    String stamp(String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path.resolve(name), BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "none";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
