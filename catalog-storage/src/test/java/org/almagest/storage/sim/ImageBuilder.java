package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageNames;
import org.almagest.storage.sim.CrashModel.Tail;

/** Puts together one disk from durable names and the pending items that arrived. */
final class ImageBuilder {
    private final Collection<SimNode> staleSources;
    private final Tail tail;
    private final SplittableRandom random;
    private final Map<SimFile, List<PendingItem.Granule>> arrived = new IdentityHashMap<>();
    private final Map<SimFile, SimFile> built = new IdentityHashMap<>();

    ImageBuilder(Map<String, SimNode> current, Tail tail, long seed) {
        this.staleSources = current.values();
        this.tail = tail;
        this.random = new SplittableRandom(seed);
    }

    /** Items must be in the order in which they were done. */
    SimDisk build(TreeMap<String, SimNode> durable, List<PendingItem> kept) {
        TreeMap<String, SimNode> names = new TreeMap<>(durable);
        for (PendingItem item : kept) {
            if (item instanceof PendingItem.Name name) {
                name.change().applyTo(names);
            } else if (item instanceof PendingItem.Granule granule) {
                arrived.computeIfAbsent(granule.file(), file -> new ArrayList<>())
                        .add(granule);
            }
        }
        String directory = Storage.ROOT;
        // A directory sorts before what it holds, so one pass finds what hangs in the air. Siblings mostly follow each
        // other, so the parent is mostly the one just seen: this loop is most of the price of an image.
        for (Iterator<Map.Entry<String, SimNode>> entries = names.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, SimNode> entry = entries.next();
            if (!isIn(directory, entry.getKey())) {
                String parent = StorageNames.parent(entry.getKey());
                if (!parent.equals(Storage.ROOT) && names.get(parent) != SimNode.Directory.DIRECTORY) {
                    entries.remove();
                    continue;
                }
                directory = parent;
            }
            if (entry.getValue() instanceof SimFile file && !file.isImmutable()) {
                entry.setValue(built.computeIfAbsent(file, this::build));
            }
        }
        return SimDisk.ofDurable(names);
    }

    private static boolean isIn(String directory, String name) {
        return name.startsWith(directory) && name.lastIndexOf('/') == directory.length();
    }

    private SimFile build(SimFile file) {
        List<PendingItem.Granule> granules = arrived.getOrDefault(file, List.of());
        int length = file.durableLength();
        if (tail == Tail.CUT) {
            for (PendingItem.Granule granule : granules) {
                length = Math.max(length, granule.to());
            }
        } else if (!file.pending().isEmpty()) {
            length = file.length();
        }
        byte[] bytes = new byte[length];
        file.copyTo(0, bytes, file.durableLength());
        if (tail == Tail.STALE) {
            fillStale(file, bytes, file.durableLength());
        }
        for (PendingItem.Granule granule : granules) {
            file.copyTo(granule.from(), bytes, granule.to());
        }
        return SimFile.durable(bytes);
    }

    private void fillStale(SimFile file, byte[] bytes, int from) {
        List<SimFile> sources = new ArrayList<>();
        for (SimNode node : staleSources) {
            if (node instanceof SimFile other && other != file && other.length() > from) {
                sources.add(other);
            }
        }
        for (int i = from; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        if (!sources.isEmpty()) {
            SimFile source = sources.get(random.nextInt(sources.size()));
            source.copyTo(from, bytes, Math.min(bytes.length, source.length()));
        }
    }
}
