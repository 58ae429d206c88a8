package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.model.DatapointId;
import org.roaringbitmap.RoaringBitmap;

/** Live rows of one collection that a commit is about to delete, by run. For one thread. */
public final class DoomedRows {
    private static final RoaringBitmap EMPTY = new RoaringBitmap();

    private final Map<Run, RoaringBitmap> byRun = new IdentityHashMap<>();
    private long count;

    /** Adds a live row; false where it is there already. */
    public boolean add(Run run, int ordinal) {
        boolean added = byRun.computeIfAbsent(run, key -> new RoaringBitmap()).checkedAdd(ordinal);
        count += added ? 1 : 0;
        return added;
    }

    /** Adds live rows of a run; the bitmap belongs to this then. */
    public void addAll(Run run, RoaringBitmap ordinals) {
        RoaringBitmap before = byRun.get(run);
        if (before != null) {
            ordinals.andNot(before);
            count += ordinals.getLongCardinality();
            before.or(ordinals);
        } else if (!ordinals.isEmpty()) {
            byRun.put(run, ordinals);
            count += ordinals.getLongCardinality();
        }
    }

    /** Returns the ids of all rows, ascending. */
    public List<DatapointId> ids() {
        List<DatapointId> ids = new ArrayList<>();
        byRun.forEach((run, ordinals) ->
                ordinals.forEach((int ordinal) -> ids.add(new DatapointId(run.idHigh(ordinal), run.idLow(ordinal)))));
        Collections.sort(ids);
        return ids;
    }

    /** Returns how many rows there are. */
    public long count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    RoaringBitmap of(Run run) {
        return byRun.getOrDefault(run, EMPTY);
    }
}
