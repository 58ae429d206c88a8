package org.almagest.storage.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that a power cut may keep or lose by itself. */
sealed interface PendingItem {
    /** The order in which things were done. */
    Comparator<PendingItem> ORDER =
            Comparator.comparingLong(PendingItem::sequence).thenComparingInt(PendingItem::position);

    long sequence();

    int position();

    /** A change of names. */
    record Name(NameChange change) implements PendingItem {
        @Override
        public long sequence() {
            return change.sequence();
        }

        @Override
        public int position() {
            return 0;
        }
    }

    /** The bytes of a granule as one call left them: all from its start up to {@code to}. */
    record Granule(SimFile file, long sequence, int from, int to) implements PendingItem {
        @Override
        public int position() {
            return from;
        }
    }

    /** Returns everything pending, oldest first, for files that have a name or may get one. */
    static List<PendingItem> of(Map<String, SimNode> durable, List<NameChange> changes, int granuleBytes) {
        List<PendingItem> items = new ArrayList<>();
        Set<SimNode> files = Collections.newSetFromMap(new IdentityHashMap<>());
        files.addAll(durable.values());
        for (NameChange change : changes) {
            items.add(new Name(change));
            if (change.node() != null) {
                files.add(change.node());
            }
        }
        for (SimNode node : files) {
            if (node instanceof SimFile file) {
                addGranules(file, granuleBytes, items);
            }
        }
        items.sort(ORDER);
        return items;
    }

    private static void addGranules(SimFile file, int granuleBytes, List<PendingItem> items) {
        for (SimFile.Write write : file.pending()) {
            for (int from = write.from() / granuleBytes * granuleBytes; from < write.to(); from += granuleBytes) {
                int to = Math.min(from + granuleBytes, write.to());
                items.add(new Granule(file, write.sequence(), from, to));
            }
        }
    }
}
