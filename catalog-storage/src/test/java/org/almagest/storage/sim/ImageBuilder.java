package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
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
        TreeMap<String, SimNode> image = new TreeMap<>();
        // A directory sorts before what it holds, so one pass finds what hangs in the air.
        names.forEach((name, node) -> {
            String parent = StorageNames.parent(name);
            if (parent.equals(Storage.ROOT) || image.get(parent) == SimNode.Directory.DIRECTORY) {
                image.put(name, node instanceof SimFile file ? fileOf(file) : node);
            }
        });
        return SimDisk.ofDurable(image);
    }

    private SimFile fileOf(SimFile file) {
        return file.isImmutable() ? file : built.computeIfAbsent(file, this::build);
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
