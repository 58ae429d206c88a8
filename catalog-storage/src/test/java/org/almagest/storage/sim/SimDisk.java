package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageNames;
import org.jspecify.annotations.Nullable;

/**
 * The state of a disk: what is durable, what is only in the page cache, and who holds which lock.
 *
 * <p>Processes use it through {@link SimStorage}; tests copy it, cut its power and damage it. Copies share the bytes
 * that cannot change any more, so hundreds of thousands of them are cheap. Guarded by its monitor.
 */
public final class SimDisk {
    /** How many unsynced changes of names a disk remembers; older ones become durable by themselves, as in a journal. */
    static final int PENDING_NAMES_MAX = 48;

    private final TreeMap<String, SimNode> current;
    private final TreeMap<String, SimNode> durable;
    private final List<NameChange> pending;
    private final Map<String, Map<SimStorage, LockMode>> locks = new HashMap<>();
    private long sequence;
    private long capacityBytes = Long.MAX_VALUE;

    /** An empty disk without bounds. */
    public SimDisk() {
        this(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    }

    private SimDisk(TreeMap<String, SimNode> current, TreeMap<String, SimNode> durable, List<NameChange> pending) {
        this.current = current;
        this.durable = durable;
        this.pending = pending;
    }

    static SimDisk ofDurable(TreeMap<String, SimNode> names) {
        return new SimDisk(new TreeMap<>(names), names, new ArrayList<>());
    }

    /** Returns what a power cut at this moment can leave, each as a disk of its own; not to be mixed with use. */
    public Iterable<CrashImage> crashImages(CrashModel model, long seed) {
        synchronized (this) {
            return new CrashImages(this, model, seed);
        }
    }

    /** Returns how many things a power cut can keep or lose by themselves. */
    public int pendingCount(CrashModel model) {
        synchronized (this) {
            return new CrashImages(this, model, 0).itemCount();
        }
    }

    /**
     * Returns the disk as it is when its processes are killed now: the page cache survives, what is pending stays
     * pending, nothing is open or locked. This disk and its processes go on undisturbed.
     */
    public synchronized SimDisk killImage() {
        Map<SimNode, SimNode> copies = new IdentityHashMap<>();
        UnaryOperator<SimNode> copy =
                node -> node instanceof SimFile file ? copies.computeIfAbsent(file, f -> ((SimFile) f).copy()) : node;
        SimDisk disk = new SimDisk(mapped(current, copy), mapped(durable, copy), new ArrayList<>());
        for (NameChange change : pending) {
            disk.pending.add(change.withNode(change.node() == null ? null : copy.apply(change.node())));
        }
        disk.sequence = sequence;
        disk.capacityBytes = capacityBytes;
        return disk;
    }

    /** Drops clean pages: what a failed force has dropped can no longer be read. Nothing may be open. */
    public synchronized void dropCaches() {
        Map<SimNode, SimNode> kept = new IdentityHashMap<>();
        UnaryOperator<SimNode> drop = node ->
                node instanceof SimFile file ? kept.computeIfAbsent(file, f -> ((SimFile) f).withoutCache()) : node;
        TreeMap<String, SimNode> names = mapped(durable, drop);
        durable.clear();
        durable.putAll(names);
        pending.replaceAll(change -> change.withNode(change.node() == null ? null : drop.apply(change.node())));
        current.clear();
        current.putAll(durable);
        pending.forEach(change -> change.applyTo(current));
    }

    /** Bounds the sum of the lengths of all files; less than now is allowed and means: no further byte. */
    public synchronized void capacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    /** Returns the full names of all files, sorted. */
    public synchronized List<String> files() {
        List<String> files = new ArrayList<>();
        current.forEach((name, node) -> {
            if (node instanceof SimFile) {
                files.add(name);
            }
        });
        return files;
    }

    /** Returns a copy of the bytes of a file as they can be read now. */
    public synchronized byte[] bytes(String name) {
        if (!(current.get(name) instanceof SimFile file)) {
            throw new IllegalArgumentException(name + ": no such file");
        }
        byte[] bytes = new byte[file.length()];
        file.copyTo(0, bytes, bytes.length);
        return bytes;
    }

    /** Puts a durable file in place, with the directories it needs; for planting damage. */
    public synchronized void put(String name, byte[] bytes) {
        for (String parent = StorageNames.parent(StorageNames.checkFile(name));
                !parent.equals(Storage.ROOT);
                parent = StorageNames.parent(parent)) {
            current.put(parent, SimNode.Directory.DIRECTORY);
            durable.put(parent, SimNode.Directory.DIRECTORY);
        }
        SimFile file = SimFile.durable(bytes.clone());
        settle(name);
        current.put(name, file);
        durable.put(name, file);
    }

    /** Takes away a file for good; for planting damage. */
    public synchronized void remove(String name) {
        settle(name);
        current.remove(name);
        durable.remove(name);
    }

    /**
     * Writes one sector of a file to where a sector of another file, or another sector of the same, belongs, as a disk
     * that misses its target does. Returns a sentence about what was done; the text is empty when there are no two
     * different sectors.
     */
    public synchronized String misdirectSector(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = files();
        names.removeIf(name -> bytes(name).length < 512);
        for (int attempt = 0; attempt < 64 && !names.isEmpty(); attempt++) {
            String from = names.get(random.nextInt(names.size()));
            String to = names.get(random.nextInt(names.size()));
            byte[] source = bytes(from);
            byte[] target = bytes(to);
            int sourceAt = random.nextInt(source.length / 512) * 512;
            int targetAt = random.nextInt(target.length / 512) * 512;
            if (!Arrays.equals(source, sourceAt, sourceAt + 512, target, targetAt, targetAt + 512)) {
                System.arraycopy(source, sourceAt, target, targetAt, 512);
                put(to, target);
                return "sector " + from + " @ " + sourceAt + " went to " + to + " @ " + targetAt;
            }
        }
        return "";
    }

    TreeMap<String, SimNode> durableNames() {
        return new TreeMap<>(durable);
    }

    Map<String, SimNode> currentNames() {
        return new TreeMap<>(current);
    }

    List<NameChange> pendingNames() {
        return List.copyOf(pending);
    }

    long nextSequence() {
        return sequence++;
    }

    long freeBytes() {
        if (capacityBytes == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        Set<SimNode> files = Collections.newSetFromMap(new IdentityHashMap<>());
        files.addAll(current.values());
        long used = 0;
        for (SimNode node : files) {
            used += node instanceof SimFile file ? file.length() : 0;
        }
        return Math.max(0, capacityBytes - used);
    }

    @Nullable
    SimNode find(String name) {
        return name.equals(Storage.ROOT) ? SimNode.Directory.DIRECTORY : current.get(name);
    }

    List<String> entries(String directory) {
        String prefix = directory.equals(Storage.ROOT) ? "" : directory + '/';
        List<String> entries = new ArrayList<>();
        for (String name : current.tailMap(prefix, true).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            if (name.indexOf('/', prefix.length()) < 0) {
                entries.add(name.substring(prefix.length()));
            }
        }
        Collections.sort(entries);
        return entries;
    }

    void change(@Nullable String removed, @Nullable String added, @Nullable SimNode node) {
        NameChange change = new NameChange(nextSequence(), removed, added, node);
        change.applyTo(current);
        pending.add(change);
        if (pending.size() > PENDING_NAMES_MAX) {
            persist(pending.remove(0));
        }
    }

    void syncDirectory(String directory) {
        for (NameChange change : List.copyOf(pending)) {
            if (pending.contains(change) && change.isIn(directory)) {
                pending.remove(change);
                persist(change);
            }
        }
    }

    /** What a kernel does when the force of a directory fails: names stay visible and will never be written. */
    void dropPendingNames(String directory) {
        pending.removeIf(change -> change.isIn(directory));
    }

    boolean lock(String name, SimStorage owner, LockMode mode) {
        Map<SimStorage, LockMode> holders = locks.computeIfAbsent(name, any -> new IdentityHashMap<>());
        boolean exclusive = mode == LockMode.EXCLUSIVE || holders.containsValue(LockMode.EXCLUSIVE);
        if (holders.containsKey(owner) || (exclusive && !holders.isEmpty())) {
            return false;
        }
        holders.put(owner, mode);
        return true;
    }

    void unlock(String name, SimStorage owner) {
        Map<SimStorage, LockMode> holders = locks.get(name);
        if (holders != null) {
            holders.remove(owner);
        }
    }

    void unlockAll(SimStorage owner) {
        locks.values().forEach(holders -> holders.remove(owner));
    }

    private void persist(NameChange change) {
        change.applyTo(durable);
        pending.removeIf(earlier -> earlier.isUndoneBy(change));
    }

    private void settle(String name) {
        pending.removeIf(change -> name.equals(change.added()) || name.equals(change.removed()));
    }

    private static TreeMap<String, SimNode> mapped(Map<String, SimNode> names, UnaryOperator<SimNode> function) {
        TreeMap<String, SimNode> result = new TreeMap<>();
        names.forEach((name, node) -> result.put(name, function.apply(node)));
        return result;
    }
}
