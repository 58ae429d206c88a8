package org.almagest.storage.run;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.almagest.model.BoundingBox;
import org.almagest.query.TimeMatch;
import org.almagest.runtime.Deadline;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the segments of all collections at one version, in arrays, by which a query over thousands of
 * collections finds those that it has to look into. Thread-safe.
 *
 * <p>It serves other versions as well: a {@link View} says which collections have other segments there. About 200 bytes a
 * segment, made in one pass over all; where segments are many and small and questions short in time, also an index of
 * their rows, less than three bytes each. Making that takes as long as sixteen looks into each segment. The first one of a
 * time partition is made when half as many were looked into as there are, each later one when it would have paid.
 */
public final class RunDirectory {
    /** The highest incarnation of which it tells. */
    private static final long COLLECTION_MAX = 1L << 24;

    /** One index lies in one array; half as long as arrays can be, as its bytes are estimated. */
    private static final long INDEX_BYTES_MAX = 1L << 30;

    private static final int KEY_LONGS = 2;

    /** So many questions may go by that do not ask for an index that was begun. */
    private static final int PATIENCE = 64;

    private final List<RunGroup> groups;
    private final Map<PartitionWindow, RunGroup> byWindow;

    private final Known known;

    private final int segmentCount;
    private final long bytesMax;
    private final ReentrantLock indexing = new ReentrantLock();
    private final AtomicLong questions;

    /** The group whose index was begun last; guarded by {@link #indexing}. */
    private @Nullable RunGroup begun;

    private RunDirectory(
            Map<PartitionWindow, List<RunGroup.Member>> members,
            Known known,
            @Nullable RunDirectory before,
            long bytesMax) {
        this.byWindow = new HashMap<>();
        this.known = known;
        this.bytesMax = bytesMax;
        this.questions = new AtomicLong(before == null ? 0 : before.questions.get());
        int count = 0;
        for (Map.Entry<PartitionWindow, List<RunGroup.Member>> window : members.entrySet()) {
            RunGroup older = before == null ? null : before.byWindow.get(window.getKey());
            byWindow.put(window.getKey(), new RunGroup(window.getValue(), older));
            count += window.getValue().size();
        }
        this.groups = List.copyOf(byWindow.values());
        this.segmentCount = count;
    }

    /**
     * The segments of each collection.
     *
     * @param collections in ascending order
     * @param lists the list of each, which is not held, as it holds mapped files
     * @param keys of all segments, two numbers each, by collection; deletions make another list of the same segments
     * @param starts where those of each collection begin
     */
    private record Known(
            int[] collections, List<WeakReference<List<LiveRun<SegmentRun>>>> lists, long[] keys, int[] starts) {
        boolean isSame(int at, List<LiveRun<SegmentRun>> segments) {
            if (lists.get(at).get() == segments) {
                return true;
            }
            int from = starts[at];
            if (starts[at + 1] - from != KEY_LONGS * segments.size()) {
                return false;
            }
            for (int i = 0; i < segments.size(); i++) {
                SegmentKey key = segments.get(i).run().key();
                if (keys[from + KEY_LONGS * i] != key.fileNumber() || keys[from + KEY_LONGS * i + 1] != key.offset()) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Returns the directory of a snapshot; null where one of its collections has too high a number.
     *
     * @param before an older one, of which is kept what still holds; null for none
     * @param bytesMax how many bytes of memory all indexes of rows may take
     */
    public static @Nullable RunDirectory of(Snapshot snapshot, @Nullable RunDirectory before, long bytesMax) {
        Map<PartitionWindow, List<RunGroup.Member>> members = new HashMap<>();
        int[] collections = new int[snapshot.runs().size()];
        List<WeakReference<List<LiveRun<SegmentRun>>>> lists = new ArrayList<>(collections.length);
        int[] starts = new int[collections.length + 1];
        LongStream.Builder keys = LongStream.builder();
        for (Map.Entry<Long, CollectionRuns> entry : snapshot.runs().entrySet()) {
            if (entry.getKey() > COLLECTION_MAX) {
                return null;
            }
            List<LiveRun<SegmentRun>> segments = entry.getValue().segments();
            collections[lists.size()] = (int) (long) entry.getKey();
            lists.add(new WeakReference<>(segments));
            starts[lists.size()] = starts[lists.size() - 1] + KEY_LONGS * segments.size();
            for (int i = 0; i < segments.size(); i++) {
                SegmentRun run = segments.get(i).run();
                keys.add(run.key().fileNumber()).add(run.key().offset());
                members.computeIfAbsent(run.entry().window(), window -> new ArrayList<>())
                        .add(new RunGroup.Member(run, i));
            }
        }
        Known known = new Known(collections, lists, keys.build().toArray(), starts);
        return new RunDirectory(members, known, before, bytesMax);
    }

    /** Returns how many segments it knows. */
    public int segmentCount() {
        return segmentCount;
    }

    /** Returns how many bytes of memory the indexes of rows take. */
    public long indexBytes() {
        long sum = 0;
        for (RunGroup group : groups) {
            sum += group.index().bytes();
        }
        return sum;
    }

    /**
     * When a match lies, or where its time extent reaches.
     *
     * @param first the first millisecond
     * @param last the last millisecond
     * @param match what of a row meets these
     */
    public record Span(long first, long last, TimeMatch match) {
        /** Any time. */
        public static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE, TimeMatch.INSTANT);
    }

    /**
     * What is asked for.
     *
     * @param time when
     * @param near boxes one of which a row must meet; null where place does not matter
     * @param learns whether indexes may be made of the snapshot: one of an older one would lack what came since
     * @param deadline when to give up
     */
    public record Asked(Span time, @Nullable List<BoundingBox> near, boolean learns, Deadline deadline) {
        long first() {
            return time.first;
        }

        long last() {
            return time.last;
        }

        boolean isByExtent() {
            return time.match == TimeMatch.EXTENT;
        }
    }

    /**
     * How a snapshot differs from the one that the directory was made of.
     *
     * @param changed the collections with other segments
     * @param inMemory the collections with rows in memory, and the same segments
     */
    public record View(BitSet changed, int[] inMemory) {
        /** Returns how many collections have other segments. */
        public int changedCount() {
            return changed.cardinality();
        }
    }

    /** Runs of one collection that have to be looked into. */
    public record Chosen(long collection, List<LiveRun<?>> runs) {}

    /** Compares a snapshot with the one that this directory was made of; null where it has a collection of too high a number. */
    public @Nullable View view(Snapshot snapshot) {
        BitSet changed = new BitSet();
        int[] inMemory = new int[snapshot.runs().size()];
        int count = 0;
        int at = 0;
        for (Map.Entry<Long, CollectionRuns> entry : snapshot.runs().entrySet()) { // ascending
            if (entry.getKey() > COLLECTION_MAX) {
                return null;
            }
            int collection = (int) (long) entry.getKey();
            while (at < known.collections.length && known.collections[at] < collection) {
                at++;
            }
            CollectionRuns runs = entry.getValue();
            boolean isKnown = at < known.collections.length
                    && known.collections[at] == collection
                    && known.isSame(at, runs.segments());
            if (!isKnown && !runs.segments().isEmpty()) {
                changed.set(collection);
            } else if (!runs.active().isEmpty() || !runs.frozen().isEmpty()) {
                inMemory[count++] = collection;
            }
        }
        return new View(changed, Arrays.copyOf(inMemory, count));
    }

    /** Returns the runs of a snapshot that may have a matching row, by collection; all of a collection that changed. */
    public List<Chosen> choose(Snapshot snapshot, View view, Asked asked) {
        long question = questions.incrementAndGet();
        Places places = new Places();
        for (RunGroup group : groups) {
            if (group.meets(asked)) {
                group.asked(question);
                if (asked.learns() && group.index().isWanted()) {
                    index(group, snapshot, view, asked.deadline());
                }
                places.add(group, group.mark(asked, view.changed()));
            }
        }
        List<Chosen> chosen = new ArrayList<>();
        places.addTo(chosen, snapshot);
        for (int collection : view.inMemory()) {
            addMemory(snapshot.runs(collection), collection, asked, chosen);
        }
        BitSet changed = view.changed();
        for (int collection = changed.nextSetBit(0); collection >= 0; collection = changed.nextSetBit(collection + 1)) {
            chosen.add(new Chosen(collection, snapshot.runs(collection).all()));
        }
        return chosen;
    }

    private static @Nullable SegmentRun run(Snapshot snapshot, View view, RunGroup group, int number) {
        int collection = group.collection(number);
        List<LiveRun<SegmentRun>> segments = snapshot.runs(collection).segments();
        return view.changed().get(collection) || segments.isEmpty()
                ? null
                : segments.get(group.position(number)).run();
    }

    private static void addMemory(CollectionRuns runs, int collection, Asked asked, List<Chosen> chosen) {
        List<LiveRun<?>> met = new ArrayList<>();
        for (LiveRun<MemoryRun> live : runs.memory()) {
            MemoryRun run = live.run();
            long first = run.idHigh(0) >> Short.SIZE;
            long last = run.idHigh(run.rowCount() - 1) >> Short.SIZE;
            if (asked.isByExtent() || first <= asked.last() && last >= asked.first()) {
                met.add(live);
            }
        }
        if (!met.isEmpty()) {
            chosen.add(new Chosen(collection, met));
        }
    }

    /** Goes on with an index, unless another thread does. */
    private void index(RunGroup wanting, Snapshot snapshot, View view, Deadline deadline) {
        if (!indexing.tryLock()) {
            return;
        }
        try {
            RunGroup group = begunOr(wanting);
            long needed = group.index().estimatedBytes();
            if (group.index().isWanted() && needed <= Math.min(bytesMax, INDEX_BYTES_MAX)) {
                begun = group;
                group.index().goOn(number -> run(snapshot, view, group, number), deadline);
                makeRoom(bytesMax - group.index().bytes(), group);
            }
        } finally {
            indexing.unlock();
        }
    }

    /** One index is made at a time, as it takes four bytes a row meanwhile: the one that was begun, if it is still asked. */
    private RunGroup begunOr(RunGroup wanting) {
        RunGroup other = begun;
        if (other == null || other == wanting || !other.index().isBegun()) {
            return wanting;
        }
        if (questions.get() - other.lastAsked() <= PATIENCE) {
            return other;
        }
        other.index().abandon();
        return wanting;
    }

    /** Lets go of the indexes that were not asked for longest, until the others take so many bytes. */
    private void makeRoom(long bytesLeft, RunGroup kept) {
        List<RunGroup> others = new ArrayList<>(groups);
        others.remove(kept);
        others.removeIf(group -> group.index().bytes() == 0);
        others.sort((left, right) -> Long.compare(left.lastAsked(), right.lastAsked()));
        long sum = 0;
        for (RunGroup group : others) {
            sum += group.index().bytes();
        }
        for (int i = 0; sum > bytesLeft && i < others.size(); i++) {
            sum -= others.get(i).index().bytes();
            others.get(i).index().forget();
        }
    }

    /** Segments by collection and place in its list. */
    private static final class Places {
        private long[] places = new long[64];
        private int count;

        void add(RunGroup group, long[] marks) {
            for (int word = 0; word < marks.length; word++) {
                for (long bits = marks[word]; bits != 0; bits &= bits - 1) {
                    int number = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                    if (count == places.length) {
                        places = Arrays.copyOf(places, 2 * count);
                    }
                    places[count++] = (long) group.collection(number) << Integer.SIZE | group.position(number);
                }
            }
        }

        void addTo(List<Chosen> chosen, Snapshot snapshot) {
            Arrays.sort(places, 0, count);
            for (int i = 0; i < count; ) {
                int collection = (int) (places[i] >>> Integer.SIZE);
                List<LiveRun<SegmentRun>> segments = snapshot.runs(collection).segments();
                List<LiveRun<?>> runs = new ArrayList<>(4);
                for (; i < count && (int) (places[i] >>> Integer.SIZE) == collection; i++) {
                    if (!segments.isEmpty()) { // else it has none any more
                        runs.add(segments.get((int) places[i]));
                    }
                }
                chosen.add(new Chosen(collection, runs));
            }
        }
    }
}
