package org.almagest.storage.fs;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almagest.runtime.Scheduler;

/**
 * The files of one store, and the only way the engine reaches a disk.
 *
 * <p>Names are relative to the root and use {@code /}, as in {@code wal/000001.wal}; the root itself is the empty
 * name. A name that is absolute or climbs with {@code ..} is refused with {@link IllegalArgumentException}.
 *
 * <p>Nothing is durable until it is forced: the bytes of a file by {@link AppendFile#force}, the names in a directory
 * by {@link #syncDir}; neither implies the other. A force that failed must never be repeated, because the kernel may
 * have dropped the bytes and report success the second time: the caller stops.
 *
 * <p>Failures are {@link IOException}s. Three are told apart by type because the engine goes on after them:
 * {@link NoSpaceIOException}, {@link FileExistsIOException} and {@link FileMissingIOException}.
 *
 * <p>Safe for use by many threads. An interrupt of a calling thread neither fails a call nor closes a file.
 */
public interface Storage extends Closeable {
    /** Returned by {@link #size} when there is no such file. */
    long NO_FILE = -1;

    /** The name of the root directory. */
    String ROOT = "";

    /**
     * Returns the names of all entries of a directory, directories included, without the path, sorted by code unit.
     *
     * @throws FileMissingIOException if there is no such directory
     */
    List<String> list(String directory) throws IOException;

    /** Returns the length of a file in bytes, or {@link #NO_FILE}; also the cheapest test for existence. */
    long size(String name) throws IOException;

    /**
     * Opens a file for positional reads; the caller closes it. Meant for small or growing files; sealed ones are
     * mapped.
     *
     * @throws FileMissingIOException if there is no such file
     */
    ReadFile openRead(String name) throws IOException;

    /**
     * Maps bytes of a sealed file for reading; the caller closes the result.
     *
     * @param length at most {@link Integer#MAX_VALUE}; may be 0
     * @throws FileMissingIOException if there is no such file
     * @throws java.io.EOFException if the file is shorter than {@code offset + length}
     */
    MappedBytes map(String name, long offset, long length) throws IOException;

    /**
     * Says that the system may have dropped mapped bytes from memory since they were brought in; called now and then,
     * because other processes need memory as well.
     */
    default void lookAgain() {}

    /** Lets threads of a scheduler wait for the disk beside those that read mapped bytes, until this storage is closed. */
    default void readAlong(Scheduler threads) {}

    /**
     * Creates an empty file for appending. No file is ever opened for writing a second time.
     *
     * @throws FileExistsIOException if the name exists
     */
    AppendFile createNew(String name) throws IOException;

    /**
     * Gives a finished and forced temporary file its name, unless the name exists; then removes the temporary name.
     *
     * <p>A hard link, so that of two writers exactly one succeeds. Where the file system has no hard links, a rename
     * after a check for existence, which is only as good as the store's lock. The temporary name may survive a crash.
     *
     * @throws FileExistsIOException if {@code name} exists; nothing has changed then
     */
    void publish(String temporary, String name) throws IOException;

    /**
     * Renames a file atomically, replacing one that has the new name.
     *
     * @throws FileMissingIOException if there is no file {@code from}
     */
    void rename(String from, String to) throws IOException;

    /** Removes the name of a file or of an empty directory; does nothing when there is none. */
    void delete(String name) throws IOException;

    /** Makes a directory; does nothing when it exists. The parent must exist. */
    void mkdir(String directory) throws IOException;

    /**
     * Makes the names in one directory durable, not those in its subdirectories and no file's bytes.
     *
     * @param barrier the rule this call obeys, of kind {@link Barrier.Kind#DIRECTORY}
     */
    void syncDir(String directory, Barrier barrier) throws IOException;

    /**
     * Takes a lock on a file, which is created if needed, without waiting; empty when somebody else holds it.
     *
     * <p>A lock belongs to one {@code Storage} of one process: a second one in the same JVM gets nothing, whatever path
     * it came by, and whichever mode was asked for. The file of a lock is never opened by any other method of this
     * interface: closing any other descriptor on it would drop the lock.
     */
    Optional<LockHandle> tryLock(String name, LockMode mode) throws IOException;

    /** Returns how many bytes this process may still write to the file system that holds the root. */
    long freeSpace() throws IOException;

    /** Returns the kind of file system that holds the root, found once at open. */
    FileSystemKind kind();

    /** Returns the live counters of this storage. */
    StorageCounters counters();

    /**
     * Returns whether a rule of order is obeyed: always true on a real disk.
     *
     * <p>The engine asks before each step that exists only because of a rule of kind {@link Barrier.Kind#ORDER}. The
     * simulated disk answers false for the one it switched off, which proves that the crash tests would notice.
     */
    boolean enforces(Barrier barrier);

    /** Ends the use of this storage and releases its locks; files and mappings still open are the caller's fault. */
    @Override
    void close() throws IOException;
}
