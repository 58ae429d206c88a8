package org.almagest.server.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change files of the folder, held by one thread of one process; ends with the process at the latest.
 *
 * <p>A lock of the operating system and not a file with a process number: a number means nothing in another container,
 * and a process that was killed leaves none behind.
 */
final class FolderLock implements AutoCloseable {
    /** Locks of files belong to a process, so its threads take turns before. */
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until nobody holds it. */
    static FolderLock take(Path file) {
        THIS_PROCESS.lock();
        boolean held = false;
        try {
            FolderLock lock = new FolderLock(locked(file));
            held = true;
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!held) {
                THIS_PROCESS.unlock();
            }
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = PrivateFiles.openOrCreate(file);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Lets go of it. */
    @Override
    public void close() {
        try {
            channel.close(); // and with it the lock
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            THIS_PROCESS.unlock();
        }
    }
}
