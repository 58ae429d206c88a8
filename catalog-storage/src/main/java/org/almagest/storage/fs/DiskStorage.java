package org.almagest.storage.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.StorageCounters.Counter;

/** The files of a store in a directory of the operating system. */
public final class DiskStorage implements Storage {
    private final Path root;
    private final FileStore fileStore;
    private final FileSystemKind kind;
    private final DiskMappings mappings = new DiskMappings();
    private final StorageCounters counters = mappings.counters();
    private final List<DiskLocks.Held> locks = new ArrayList<>();

    private DiskStorage(Path root) throws IOException {
        this.root = root.toRealPath();
        this.fileStore = Files.getFileStore(this.root);
        this.kind = FileSystemKind.of(fileStore.type());
    }

    /**
     * Opens a directory that exists; writes nothing, so a read-only one will do.
     *
     * @throws FileMissingIOException if there is no such directory
     */
    public static DiskStorage open(Path root) throws IOException {
        try {
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw new IOException("store: " + root + ": not a directory");
            }
            return new DiskStorage(root);
        } catch (NoSuchFileException e) {
            throw new FileMissingIOException("store: " + root + ": no such directory", e);
        }
    }

    /** Opens a directory, and makes it first, durably, with the parents it needs. */
    public static DiskStorage openOrCreate(Path root) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path path = root.toAbsolutePath().normalize(); path != null && Files.notExists(path); ) {
            missing.add(path);
            path = path.getParent();
        }
        try {
            Files.createDirectories(root);
            for (Path made : missing) {
                sync(made.resolveSibling("."));
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("store: " + root + ": not a directory", e);
        } catch (IOException e) {
            throw DiskFailures.describe("store: " + root, "create", e);
        }
        return open(root);
    }

    /** Tells whether a directory of this machine holds a file or directory of that name; changes and opens nothing. */
    public static boolean holds(Path root, String name) {
        return root.getFileSystem() == FileSystems.getDefault() && Files.exists(root.resolve(name));
    }

    /** Returns the real path of the root, for messages. */
    public Path root() {
        return root;
    }

    @Override
    public List<String> list(String directory) throws IOException {
        // File.list would say nothing of an error in the middle, and what is left out here counts as missing.
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directoryPath(directory))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw DiskFailures.describe(directory, "list", Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw DiskFailures.describe(directory, "list", e);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public long size(String name) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(name), BasicFileAttributes.class);
            return attributes.isDirectory() ? NO_FILE : attributes.size();
        } catch (NoSuchFileException e) {
            return NO_FILE;
        } catch (IOException e) {
            throw DiskFailures.describe(name, "size", e);
        }
    }

    @Override
    public ReadFile openRead(String name) throws IOException {
        Path path = path(name);
        try {
            ReadFile file = new DiskReadFile(name, new RandomAccessFile(path.toFile(), "r"), counters);
            counters.add(Counter.OPEN_FILES, 1);
            return file;
        } catch (FileNotFoundException e) {
            throw DiskFailures.describeOpen(name, path, e);
        }
    }

    @Override
    public MappedBytes map(String name, long offset, long length) throws IOException {
        try {
            return mappings.map(name, path(name), offset, length);
        } catch (FileSystemException e) {
            throw DiskFailures.describe(name, "map", e);
        }
    }

    @Override
    public void readAlong(Scheduler threads) {
        mappings.readAlong(threads);
    }

    @Override
    public void lookAgain() {
        mappings.lookAgain();
    }

    @Override
    public AppendFile createNew(String name) throws IOException {
        Path path = path(name);
        try {
            Files.createFile(path); // a RandomAccessFile cannot insist on a new file
        } catch (IOException e) {
            throw DiskFailures.describeNew(name, "create", e);
        }
        try {
            AppendFile file = new DiskAppendFile(name, new RandomAccessFile(path.toFile(), "rw"), this);
            counters.add(Counter.FILES_CREATED, 1);
            counters.add(Counter.OPEN_FILES, 1);
            return file;
        } catch (FileNotFoundException e) {
            Files.deleteIfExists(path);
            throw DiskFailures.describeOpen(name, path, e);
        }
    }

    @Override
    public void publish(String temporary, String name) throws IOException {
        Path from = path(temporary);
        Path to = path(name);
        try {
            if (!linked(from, to)) {
                renameToNew(from, to);
            }
        } catch (NoSuchFileException e) {
            throw missing(from, temporary, name, e);
        } catch (IOException e) {
            throw DiskFailures.describe(name, "publish", e);
        }
        try {
            Files.deleteIfExists(from);
        } catch (IOException e) {
            // The file has its name. A temporary name that stays is removed at the next open.
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Path source = path(from);
        try {
            Files.move(source, path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw missing(source, from, to, e);
        } catch (IOException e) {
            throw DiskFailures.describe(from, "rename to " + to, e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            if (Files.deleteIfExists(path(name))) {
                counters.add(Counter.FILES_DELETED, 1);
            }
        } catch (IOException e) {
            throw DiskFailures.describe(name, "delete", e);
        }
    }

    @Override
    public void mkdir(String directory) throws IOException {
        Path path = path(directory);
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw DiskFailures.describe(directory, "mkdir", e);
            }
        } catch (IOException e) {
            throw DiskFailures.describeNew(directory, "mkdir", e);
        }
    }

    @Override
    public void syncDir(String directory, Barrier barrier) throws IOException {
        barrier.require(Barrier.Kind.DIRECTORY);
        try {
            sync(directoryPath(directory));
        } catch (NoSuchFileException e) {
            throw DiskFailures.describe(directory, "sync", e);
        } catch (IOException e) {
            // Never a NoSpaceIOException, as with the force of a file.
            throw new IOException(DiskFailures.subject(directory) + ": sync: " + e.getMessage(), e);
        }
        counters.pass(barrier);
    }

    @Override
    public Optional<LockHandle> tryLock(String name, LockMode mode) throws IOException {
        try {
            DiskLocks.Held lock = DiskLocks.tryLock(name, path(name), mode, counters);
            if (lock == null) {
                return Optional.empty();
            }
            synchronized (locks) {
                for (Iterator<DiskLocks.Held> all = locks.iterator(); all.hasNext(); ) {
                    if (!all.next().isOpen()) {
                        all.remove();
                    }
                }
                locks.add(lock);
            }
            return Optional.of(lock);
        } catch (IOException e) {
            throw DiskFailures.describeNew(name, "lock", e);
        }
    }

    @Override
    public long freeSpace() throws IOException {
        try {
            return fileStore.getUsableSpace();
        } catch (IOException e) {
            throw DiskFailures.describe(ROOT, "free space", e);
        }
    }

    @Override
    public FileSystemKind kind() {
        return kind;
    }

    @Override
    public StorageCounters counters() {
        return counters;
    }

    @Override
    public boolean enforces(Barrier barrier) {
        barrier.require(Barrier.Kind.ORDER);
        return true;
    }

    @Override
    public void close() throws IOException {
        mappings.close();
        synchronized (locks) {
            for (LockHandle lock : locks) {
                lock.close();
            }
            locks.clear();
        }
    }

    /** Returns the free space as far as it can be found out, to tell a full disk from a broken one. */
    long freeSpaceOrMax() {
        try {
            return fileStore.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private Path path(String name) {
        return root.resolve(StorageNames.checkFile(name));
    }

    private Path directoryPath(String name) {
        return root.resolve(StorageNames.checkDirectory(name));
    }

    /** Links, or returns false where the file system has no hard links. */
    private static boolean linked(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            // What Linux and macOS say on FAT, exFAT and some network and FUSE file systems.
            String reason = String.valueOf(e.getReason());
            if (reason.startsWith("Operation not ")) {
                return false;
            }
            throw e;
        }
    }

    /** Two threads of this JVM cannot both find the name free; for other processes there is the store's lock. */
    private static void renameToNew(Path from, Path to) throws IOException {
        synchronized (DiskStorage.class) {
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static IOException missing(Path source, String from, String to, NoSuchFileException e) {
        return DiskFailures.describe(Files.notExists(source) ? from : StorageNames.parent(to), "rename to " + to, e);
    }

    /**
     * Forces a directory through a channel of its own: no other class of the JDK opens a directory. When an interrupt
     * closed the channel the force is repeated, which would be wrong for the bytes of a file; the names in a directory
     * go through the journal, and a journal that has failed once goes on failing.
     */
    private static void sync(Path directory) throws IOException {
        Uninterrupted.call(new Uninterrupted.Call<Path>() {
            @Override
            public Path run() throws IOException {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                return directory;
            }
        });
    }
}
