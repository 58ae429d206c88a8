package org.almagest.storage.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.jspecify.annotations.Nullable;

/**
 * File locks that this JVM cannot lose by accident.
 *
 * <p>A lock of POSIX belongs to the process and falls when <em>any</em> descriptor on the file is closed. So the file
 * must not be opened again while the lock is held, not even to find out that it is held: the registry answers that,
 * by what the file is (device and inode) and not by what it is called.
 */
final class DiskLocks {
    /** The lock files that this JVM holds, by file key. Guarded by itself, and held while files open and close. */
    private static final Set<Object> HELD = new HashSet<>();

    private DiskLocks() {}

    /** Takes a lock; returns null where somebody holds it. */
    static @Nullable Held tryLock(String name, Path path, LockMode mode, StorageCounters counters) throws IOException {
        synchronized (HELD) {
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                // the usual case; creating opens nothing that exists
            }
            Object key = key(path);
            if (HELD.contains(key)) {
                return null;
            }
            FileChannel channel = mode == LockMode.SHARED
                    ? FileChannel.open(path, StandardOpenOption.READ)
                    : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel, mode)) {
                return null;
            }
            HELD.add(key);
            counters.add(Counter.HELD_LOCKS, 1);
            return new Held(name, key, channel, counters);
        }
    }

    /** Locks, or closes the channel. */
    private static boolean locked(FileChannel channel, LockMode mode) throws IOException {
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, mode == LockMode.SHARED);
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            // Somebody in this JVM, not through this class, has locked the file.
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked;
    }

    private static Object key(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /** A lock held through this class. */
    static final class Held implements LockHandle {
        private final String name;
        private final Object key;
        private final FileChannel channel;
        private final StorageCounters counters;

        Held(String name, Object key, FileChannel channel, StorageCounters counters) {
            this.name = name;
            this.key = key;
            this.channel = channel;
            this.counters = counters;
        }

        @Override
        public String name() {
            return name;
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            synchronized (HELD) {
                if (!channel.isOpen()) {
                    return;
                }
                try {
                    channel.close();
                } finally {
                    HELD.remove(key);
                    counters.add(Counter.HELD_LOCKS, -1);
                }
            }
        }
    }
}
