package org.almagest.storage.sim;

import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.FileExistsIOException;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.FileSystemKind;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.fs.ReadFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageCounters;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.almagest.storage.fs.StorageNames;
import org.jspecify.annotations.Nullable;

/**
 * One process's view of a {@link SimDisk}, with the faults and the crash that a test ordered for it.
 *
 * <p>Two of them on one disk are two processes. Calls are counted from 1; a crash at call n happens before that call
 * has any effect, so that the state after n - 1 calls is what {@link SimDisk#crashImages} cuts.
 */
public final class SimStorage implements Storage {
    private final SimDisk disk;
    private final StorageCounters counters = new StorageCounters();
    private final SimFaults faults = new SimFaults();
    private final Set<Barrier> off = EnumSet.noneOf(Barrier.class);
    private final Set<SimHandle> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private FileSystemKind kind = FileSystemKind.of("sim");
    private BiConsumer<SimCall, String> beforeCall = (call, name) -> {};
    private final AtomicInteger looks = new AtomicInteger();
    private long calls;
    private long crashAt = Long.MAX_VALUE;
    private @Nullable String crash;

    /** A new process. */
    public SimStorage(SimDisk disk) {
        this.disk = disk;
    }

    /** Returns the disk. */
    public SimDisk disk() {
        return disk;
    }

    @Override
    public void lookAgain() {
        looks.incrementAndGet();
    }

    /** Returns how often it was told to look again at what is in memory, which is no call. */
    public int looks() {
        return looks.get();
    }

    /** Returns how many calls were made. */
    public long calls() {
        synchronized (disk) {
            return calls;
        }
    }

    /** Lets the process die at this call, counted from 1, before the call has any effect. */
    public SimStorage crashAt(long call) {
        synchronized (disk) {
            crashAt = call;
        }
        return this;
    }

    /** Ends the process now: the page cache survives, its locks are free, every further call throws. */
    public void kill() {
        synchronized (disk) {
            die("killed after " + calls + " calls");
        }
    }

    /** Lets one call, counted from 1, fail. */
    public SimStorage failAt(long call, SimFault fault) {
        synchronized (disk) {
            faults.at(call, fault);
        }
        return this;
    }

    /** Lets this and all later calls fail that can fail so. */
    public SimStorage failFrom(long call, SimFault fault) {
        synchronized (disk) {
            faults.from(call, fault);
        }
        return this;
    }

    /** Lets the next call of one kind fail. */
    public SimStorage failNext(SimCall call, SimFault fault) {
        synchronized (disk) {
            faults.next(call, fault);
        }
        return this;
    }

    /** Lets every call of one kind fail. */
    public SimStorage failEvery(SimCall call, SimFault fault) {
        synchronized (disk) {
            faults.every(call, fault);
        }
        return this;
    }

    /** Ends all faults ordered so far. */
    public void clearFaults() {
        synchronized (disk) {
            faults.clear();
        }
    }

    /** Switches a rule off: its force or sync succeeds and does nothing, or {@link #enforces} denies it. */
    public SimStorage switchOff(Barrier barrier) {
        synchronized (disk) {
            off.add(barrier);
        }
        return this;
    }

    /** Lets the storage claim another kind of file system. */
    public SimStorage kind(FileSystemKind other) {
        kind = other;
        return this;
    }

    /**
     * Runs before every call, after it was counted and before a crash or fault ordered for it. May take images of the
     * disk, so that one run serves to crash at every call; must not use this storage.
     */
    public SimStorage beforeCall(BiConsumer<SimCall, String> action) {
        synchronized (disk) {
            beforeCall = action;
        }
        return this;
    }

    /** Takes the locks away without telling the process, as a stray descriptor on the lock file does. */
    public void loseLocks() {
        synchronized (disk) {
            disk.unlockAll(this);
        }
    }

    /** Returns what is still open or locked, sorted; a test ends with none. */
    public List<String> leaks() {
        synchronized (disk) {
            return open.stream().map(SimHandle::toString).sorted().toList();
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        StorageNames.checkDirectory(directory);
        synchronized (disk) {
            enter(SimCall.LIST, directory);
            requireDirectory(directory, "list");
            return disk.entries(directory);
        }
    }

    @Override
    public long size(String name) throws IOException {
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.SIZE, name);
            return disk.find(name) instanceof SimFile file ? file.length() : NO_FILE;
        }
    }

    @Override
    public ReadFile openRead(String name) throws IOException {
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.OPEN_READ, name);
            return new SimReadFile(this, name, requireFile(name, "open"));
        }
    }

    @Override
    public MappedBytes map(String name, long offset, long length) throws IOException {
        StorageNames.checkFile(name);
        if (offset < 0 || length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": map: " + length + " bytes at " + offset);
        }
        synchronized (disk) {
            enter(SimCall.MAP, name);
            SimFile file = requireFile(name, "map");
            if (!file.isSealed()) {
                throw new IllegalStateException(name + ": map: file is still written");
            }
            if (offset > file.length() || length > file.length() - offset) {
                throw new EOFException(
                        name + ": map: " + length + " bytes at " + offset + " (file has " + file.length() + " bytes)");
            }
            return new SimMappedBytes(this, name, file.view((int) offset, (int) (offset + length)));
        }
    }

    @Override
    public AppendFile createNew(String name) throws IOException {
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.CREATE, name);
            requireParent(name, "create");
            requireNew(name, "create");
            SimFile file = new SimFile();
            disk.change(null, name, file);
            counters.add(Counter.FILES_CREATED, 1);
            return new SimAppendFile(this, name, file);
        }
    }

    @Override
    public void publish(String temporary, String name) throws IOException {
        StorageNames.checkFile(temporary);
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.PUBLISH, name);
            SimFile file = requireFile(temporary, "rename to " + name);
            requireParent(name, "rename to " + name);
            requireNew(name, "publish");
            disk.change(null, name, file);
            disk.change(temporary, null, null);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        StorageNames.checkFile(from);
        StorageNames.checkFile(to);
        synchronized (disk) {
            enter(SimCall.RENAME, from);
            SimFile file = requireFile(from, "rename to " + to);
            requireParent(to, "rename to " + to);
            if (disk.find(to) instanceof SimNode.Directory) {
                throw new IOException(from + ": rename to " + to + ": is a directory");
            }
            disk.change(from, to, file);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.DELETE, name);
            SimNode node = disk.find(name);
            if (node instanceof SimNode.Directory && !disk.entries(name).isEmpty()) {
                throw new IOException(name + ": delete: directory is not empty");
            }
            if (node != null) {
                disk.change(name, null, null);
                counters.add(Counter.FILES_DELETED, 1);
            }
        }
    }

    @Override
    public void mkdir(String directory) throws IOException {
        StorageNames.checkFile(directory);
        synchronized (disk) {
            enter(SimCall.MKDIR, directory);
            requireParent(directory, "mkdir");
            if (!(disk.find(directory) instanceof SimNode.Directory)) {
                requireNew(directory, "mkdir");
                disk.change(null, directory, SimNode.Directory.DIRECTORY);
            }
        }
    }

    @Override
    public void syncDir(String directory, Barrier barrier) throws IOException {
        StorageNames.checkDirectory(directory);
        barrier.require(Barrier.Kind.DIRECTORY);
        synchronized (disk) {
            Optional<SimFault> fault = count(SimCall.SYNC_DIRECTORY, directory);
            if (fault.isPresent()) {
                if (fault.get() == SimFault.FORCE_DROPS) {
                    disk.dropPendingNames(directory);
                }
                throw new IOException(subject(directory) + ": sync: Input/output error");
            }
            requireDirectory(directory, "sync");
            if (!off.contains(barrier)) {
                disk.syncDirectory(directory);
                counters.pass(barrier);
            }
        }
    }

    @Override
    public Optional<LockHandle> tryLock(String name, LockMode mode) throws IOException {
        StorageNames.checkFile(name);
        synchronized (disk) {
            enter(SimCall.LOCK, name);
            requireParent(name, "lock");
            if (disk.find(name) == null) {
                disk.change(null, name, SimFile.durable(new byte[0]));
            }
            return disk.lock(name, this, mode) ? Optional.of(new SimLock(this, name)) : Optional.empty();
        }
    }

    @Override
    public long freeSpace() throws IOException {
        synchronized (disk) {
            enter(SimCall.FREE_SPACE, ROOT);
            return disk.freeBytes();
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
        synchronized (disk) {
            return !off.contains(barrier);
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            for (SimHandle handle : List.copyOf(open)) {
                if (handle instanceof SimLock lock) {
                    lock.close();
                }
            }
        }
    }

    boolean isOff(Barrier barrier) {
        return off.contains(barrier);
    }

    void opened(SimHandle handle, Counter counter) {
        // The descriptor that is opened here would, once closed, take this process's lock with it.
        for (SimHandle other : open) {
            if (other instanceof SimLock && other.name().equals(handle.name())) {
                throw new AssertionError(handle.name() + ": opened by the process that holds its lock");
            }
        }
        open.add(handle);
        counters.add(counter, 1);
    }

    /** Returns false when there is nothing to close: it is closed, or the process is dead. */
    boolean closed(SimHandle handle, Counter counter) {
        if (!open.remove(handle)) {
            return false;
        }
        counters.add(counter, -1);
        return true;
    }

    /** Counts a call that can only fail as a whole. */
    void enter(SimCall call, String name) throws IOException {
        Optional<SimFault> fault = count(call, name);
        if (fault.isPresent()) {
            throw failure(fault.get(), subject(name) + ": " + call, "");
        }
    }

    /** Counts a call, lets the process die if this is the moment, and returns how the call is to fail. */
    Optional<SimFault> count(SimCall call, String name) {
        if (crash != null) {
            throw new SimCrash(crash);
        }
        calls++;
        beforeCall.accept(call, name);
        if (calls >= crashAt) {
            die("crashed at call " + calls + ", " + call + " " + name);
            throw new SimCrash(String.valueOf(crash));
        }
        return faults.of(calls, call);
    }

    static IOException failure(SimFault fault, String what, String more) {
        return fault.isNoSpace()
                ? new NoSpaceIOException(what + ": No space left on device" + more, null)
                : new IOException(what + ": Input/output error" + more);
    }

    private void die(String how) {
        crash = how;
        for (SimHandle handle : open) {
            handle.died();
        }
        open.clear();
        disk.unlockAll(this);
    }

    private SimFile requireFile(String name, String action) throws IOException {
        SimNode node = disk.find(name);
        if (node == null) {
            throw new FileMissingIOException(name + ": " + action + ": no such file", null);
        }
        if (node instanceof SimFile file) {
            return file;
        }
        throw new IOException(name + ": " + action + ": is a directory");
    }

    private void requireParent(String name, String action) throws IOException {
        requireDirectory(StorageNames.parent(name), action);
    }

    private void requireDirectory(String directory, String action) throws IOException {
        SimNode node = disk.find(directory);
        if (node == null) {
            throw new FileMissingIOException(subject(directory) + ": " + action + ": no such file", null);
        }
        if (node instanceof SimFile) {
            throw new IOException(directory + ": " + action + ": not a directory");
        }
    }

    private void requireNew(String name, String action) throws IOException {
        if (disk.find(name) != null) {
            throw new FileExistsIOException(name + ": " + action + ": already exists", null);
        }
    }

    private static String subject(String name) {
        return name.equals(ROOT) ? "store" : name;
    }
}
