package org.almagest.storage.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NoSpaceException;
import org.almagest.error.NotFoundException;
import org.almagest.error.StorageFailedException;
import org.almagest.error.StoreLockedException;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.FileSystemKind;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.ThisProcess;
import org.almagest.storage.fs.WholeFiles;
import org.almagest.storage.metadata.FormatFile;
import org.almagest.storage.recovery.StoreFolder;

/** Opens stores in folders of this machine. */
public final class EmbeddedProvider {
    private static final int OWNER_BYTES_MAX = 4096;
    private static final long LOCK_RETRY_NANOS = 20_000_000;

    private EmbeddedProvider() {}

    /** Tells whether a folder of this machine holds a store. */
    public static boolean claims(Path folder) {
        return DiskStorage.holds(folder, FormatFile.NAME);
    }

    /** Opens a store, as {@link Catalog#open(Path, CatalogOptions)} promises. */
    public static Catalog open(Path folder, CatalogOptions options) {
        try {
            return options.mode() == CatalogOptions.OpenMode.READ_ONLY
                    ? openForReading(folder, options)
                    : openForWriting(DiskStorage.openOrCreate(folder), folder.toString(), options);
        } catch (NoSpaceIOException e) {
            throw new NoSpaceException("store: open: no space on the disk [" + folder + "]", e);
        } catch (IOException e) {
            throw new StorageFailedException("store: open: " + e.getMessage() + " [" + folder + "]", e);
        }
    }

    private static Catalog openForReading(Path folder, CatalogOptions options) throws IOException {
        Storage storage;
        try {
            storage = DiskStorage.open(folder);
        } catch (FileMissingIOException e) {
            throw new NotFoundException("store: no such folder [" + folder + "]");
        }
        try {
            return openForReading(storage, folder.toString(), options);
        } catch (IOException | RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /** Opens the store behind a storage for reading; the catalog closes the storage. */
    static Catalog openForReading(Storage storage, String where, CatalogOptions options) throws IOException {
        if (!new StoreFolder(storage).isStore()) {
            throw new NotFoundException("store: no store in this folder [" + where + "]");
        }
        return new EmbeddedCatalog(StoreOpening.forReading(storage, options, new Closing(storage)));
    }

    /** Opens the store behind a storage for writing; the catalog closes the storage, and so does a failure. */
    static Catalog openForWriting(Storage storage, String where, CatalogOptions options) throws IOException {
        try {
            checkFileSystem(storage.kind(), where);
            new StoreFolder(storage).checkUsable();
            LockHandle lock = lock(storage, where, options);
            try {
                writeOwner(storage, options.seams().clock().now());
                return new EmbeddedCatalog(StoreOpening.forWriting(storage, options, new Closing(lock, storage)));
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /** Refuses what does not keep what a writer needs: one lock, and bytes that stay when they were forced. */
    private static void checkFileSystem(FileSystemKind kind, String where) {
        if (kind.medium() == FileSystemKind.Medium.NETWORK) {
            throw new InvalidRequestException(
                    "store: file system", kind.type() + " (expected a disk of this machine) [" + where + "]");
        }
        if (kind.medium() == FileSystemKind.Medium.MEMORY) {
            System.getLogger(EmbeddedProvider.class.getName())
                    .log(
                            Level.WARNING,
                            "store: lies in memory ({0}): nothing survives a restart [{1}]",
                            kind.type(),
                            where);
        }
    }

    private static LockHandle lock(Storage storage, String where, CatalogOptions options) throws IOException {
        Instant giveUp = options.seams().clock().now().plus(options.lockTimeout());
        while (true) {
            Optional<LockHandle> lock = storage.tryLock(StoreFolder.LOCK, LockMode.EXCLUSIVE);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (!options.seams().clock().now().isBefore(giveUp)) {
                throw new StoreLockedException(where, owner(storage));
            }
            LockSupport.parkNanos(LOCK_RETRY_NANOS);
        }
    }

    private static String owner(Storage storage) {
        try {
            ByteBuffer text = WholeFiles.read(storage, StoreFolder.OWNER, OWNER_BYTES_MAX);
            String owner = StandardCharsets.UTF_8.decode(text).toString().strip();
            return owner.isEmpty() ? "unknown" : owner;
        } catch (IOException e) {
            return "unknown"; // the owner is named for people only
        }
    }

    private static void writeOwner(Storage storage, Instant now) throws IOException {
        // As Instant has it, without the formatter behind that; a full minute would be written without seconds.
        LocalDateTime since = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, ZoneOffset.UTC);
        String owner = "process " + ThisProcess.id() + " on " + ThisProcess.host() + " since " + since
                + (since.getSecond() == 0 ? ":00Z" : "Z");
        storage.delete(StoreFolder.OWNER);
        try (AppendFile file = storage.createNew(StoreFolder.OWNER)) {
            file.append(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Closes what an open catalog holds, in this order. */
    private static final class Closing implements Runnable {
        private final AutoCloseable[] held;

        Closing(AutoCloseable... held) {
            this.held = held;
        }

        @Override
        public void run() {
            close(0);
        }

        private void close(int from) {
            if (from == held.length) {
                return;
            }
            try {
                held[from].close();
            } catch (Exception e) {
                throw new StorageFailedException("store: close: " + e.getMessage(), e);
            } finally {
                close(from + 1);
            }
        }
    }
}
