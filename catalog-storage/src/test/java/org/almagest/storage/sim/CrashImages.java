package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.storage.sim.CrashModel.Journal;

/**
 * The outcomes of a power cut at this moment: what is durable, plus a selection of what is pending.
 *
 * <p>All selections when at most six things are pending; else none, all, the prefixes that lack up to 64 of the newest,
 * and seeded random subsets. Under an ordered journal: prefixes of the changes of names, each with the bytes written
 * until then, with none and with all.
 *
 * <p>Images are built one by one while iterating; the disk must not be used by anybody meanwhile.
 */
final class CrashImages implements Iterable<CrashImage> {
    static final int EXHAUSTIVE_MAX = 6;
    static final int PREFIXES_MAX = 64;
    private static final double[] DENSITIES = {0.5, 0.9, 0.1, 0.75};

    private record Choice(String label, BitSet kept) {}

    private final TreeMap<String, SimNode> durable;
    private final Map<String, SimNode> current;
    private final List<PendingItem> items;
    private final CrashModel model;
    private final long seed;

    CrashImages(SimDisk disk, CrashModel model, long seed) {
        this.durable = disk.durableNames();
        this.current = disk.currentNames();
        this.items = PendingItem.of(durable, disk.pendingNames(), model.granuleBytes());
        this.model = model;
        this.seed = seed;
    }

    int itemCount() {
        return items.size();
    }

    @Override
    public Iterator<CrashImage> iterator() {
        Iterator<Choice> choices = choices().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return choices.hasNext();
            }

            @Override
            public CrashImage next() {
                Choice choice = choices.next();
                return new CrashImage(choice.label, image(choice.kept));
            }
        };
    }

    private SimDisk image(BitSet kept) {
        ImageBuilder builder = new ImageBuilder(current, model.tail(), seed);
        return builder.build(durable, kept.stream().mapToObj(items::get).toList());
    }

    private List<Choice> choices() {
        if (model.journal() == Journal.ORDERED) {
            return orderedChoices();
        }
        int count = items.size();
        List<Choice> choices = new ArrayList<>();
        if (count <= EXHAUSTIVE_MAX) {
            for (long mask = 0; mask < 1L << count; mask++) {
                choices.add(new Choice("subset " + mask + " of " + count, BitSet.valueOf(new long[] {mask})));
            }
            return choices;
        }
        choices.add(prefix(0));
        for (int length = Math.max(1, count - PREFIXES_MAX); length <= count; length++) {
            choices.add(prefix(length));
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < model.subsets(); i++) {
            double density = DENSITIES[i % DENSITIES.length];
            BitSet kept = new BitSet();
            for (int item = 0; item < count; item++) {
                kept.set(item, random.nextDouble() < density);
            }
            choices.add(new Choice("random subset " + i + " of " + count + ", seed " + seed, kept));
        }
        return choices;
    }

    private Choice prefix(int length) {
        BitSet kept = new BitSet();
        kept.set(0, length);
        return new Choice("prefix " + length + " of " + items.size(), kept);
    }

    private List<Choice> orderedChoices() {
        BitSet names = new BitSet();
        for (int i = 0; i < items.size(); i++) {
            names.set(i, items.get(i) instanceof PendingItem.Name);
        }
        List<Choice> choices = new ArrayList<>();
        int dropped = 0;
        // From all names to none: each pass cuts before the newest name that was still kept.
        for (int cut = items.size(); cut >= 0 && dropped <= PREFIXES_MAX; cut = names.previousSetBit(cut - 1)) {
            addOrdered(names, cut, choices);
            dropped++;
            if (cut == 0) {
                break;
            }
        }
        return choices;
    }

    private void addOrdered(BitSet names, int cut, List<Choice> choices) {
        String label = "names before item " + cut + " of " + items.size();
        BitSet before = new BitSet();
        before.set(0, cut);
        BitSet bare = (BitSet) before.clone();
        bare.and(names);
        BitSet all = (BitSet) bare.clone();
        for (int i = names.nextClearBit(0); i < items.size(); i = names.nextClearBit(i + 1)) {
            all.set(i);
        }
        choices.add(new Choice(label + ", their bytes", before));
        if (!bare.equals(before)) {
            choices.add(new Choice(label + ", no bytes", bare));
        }
        if (!all.equals(before)) {
            choices.add(new Choice(label + ", all bytes", all));
        }
    }
}
