package org.almagest.storage.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;

/**
 * Segments that are nothing but the times of their rows, written and rewritten as a store does, and counted.
 *
 * <p>A row is its time in Unix milliseconds, shifted, with bits that make it unlike others of that time.
 */
final class SimulatedStore {
    private static final int UNIQUE_BITS = 20;
    private static final int ROW_BYTES = 200;
    private static final int SEGMENT_BYTES = 512;

    /** Bytes of a row in a segment, beside those of its encoded form, which the log takes. */
    private static final double SEGMENT_SHARE = 0.7;

    /** No plan may need more rounds to come to rest. */
    private static final int ROUNDS_MAX = 2_000;

    private final Limits limits;
    private final Map<Long, List<Simulated>> collections = new TreeMap<>();
    private final Map<Long, Long> fileBytes = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<Reason, Long> writtenFor = new EnumMap<>(Reason.class);
    private long nextFile = 1;
    private long acknowledged;
    private long written;

    SimulatedStore(Limits limits) {
        this.limits = limits;
    }

    /** A segment: what planning sees, and its rows in ascending order, the first of which are dead. */
    private record Simulated(SegmentFacts facts, long[] rows) {}

    Limits limits() {
        return limits;
    }

    /** Writes rows at these times as one flush. */
    void flush(Map<Long, long[]> rows) {
        long file = nextFile++;
        rows.forEach((collection, millis) -> {
            long[] sorted = LongStream.of(millis)
                    .map(time -> time << UNIQUE_BITS | random.nextInt(1 << UNIQUE_BITS))
                    .sorted()
                    .toArray();
            acknowledged += sorted.length;
            write(collection, sorted, file);
        });
    }

    private void write(long collection, long[] sorted, long file) {
        List<SegmentFacts> before = facts().collections().getOrDefault(collection, List.of());
        PartitionKinds kinds = PartitionKinds.of(before, limits.partitionRowsMax());
        int from = 0;
        while (from < sorted.length) {
            PartitionWindow window = kinds.windowOf(sorted[from] >> UNIQUE_BITS);
            int to = from + 1;
            while (to < sorted.length
                    && window.contains(sorted[to] >> UNIQUE_BITS)
                    && (to - from < limits.partitionRowsMax() || sorted[to] == sorted[to - 1])) {
                to++;
            }
            add(collection, Arrays.copyOfRange(sorted, from, to), file, window);
            from = to;
        }
    }

    private void add(long collection, long[] rows, long file, PartitionWindow window) {
        long bytes = SEGMENT_BYTES + (long) rows.length * ROW_BYTES;
        long offset = fileBytes.getOrDefault(file, 0L);
        fileBytes.put(file, offset + bytes);
        written += rows.length;
        SegmentEntry entry = Entries.entry(
                collection, new Entries.Place(file, offset, bytes), window, rows.length, new DatapointId[] {
                    id(rows[0]), id(rows[rows.length - 1])
                });
        collections
                .computeIfAbsent(collection, key -> new ArrayList<>())
                .add(new Simulated(new SegmentFacts(entry, 0), rows));
    }

    private static DatapointId id(long row) {
        return new DatapointId(DatapointId.lowest(row >> UNIQUE_BITS).high(), row & (1 << UNIQUE_BITS) - 1);
    }

    /** Marks the rows of some times as droppable. */
    void delete(long collection, LongPredicate wanted) {
        collections.get(collection).replaceAll(segment -> {
            int droppable = (int) Arrays.stream(segment.rows())
                    .filter(row -> wanted.test(row >> UNIQUE_BITS))
                    .count();
            int known = segment.facts().droppable();
            return new Simulated(new SegmentFacts(segment.facts().entry(), Math.max(known, droppable)), segment.rows());
        });
    }

    StoreFacts facts() {
        Map<Long, List<SegmentFacts>> facts = new TreeMap<>();
        collections.forEach((collection, segments) ->
                facts.put(collection, segments.stream().map(Simulated::facts).toList()));
        return new StoreFacts(facts, Map.copyOf(fileBytes));
    }

    /** Does what is planned next; tells whether there was anything. */
    boolean step(CompactionPlanner planner) {
        List<Step> steps = planner.plan(facts());
        check(steps);
        long file = nextFile++;
        for (Step step : steps) {
            rewrite(step, file);
        }
        Set<Long> live = new HashSet<>();
        collections
                .values()
                .forEach(segments -> segments.forEach(
                        segment -> live.add(segment.facts().entry().location().fileNumber())));
        fileBytes.keySet().retainAll(live);
        return !steps.isEmpty();
    }

    private void check(List<Step> steps) {
        Set<SegmentEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = 0;
        for (Step step : steps) {
            assertTrue(!step.inputs().isEmpty());
            bytes += step.inputBytes();
            for (SegmentEntry input : step.inputs()) {
                assertEquals(step.collection(), input.collection());
                assertTrue(seen.add(input), "a segment is rewritten once");
            }
        }
        assertTrue(
                bytes <= limits.compactionBytesMax()
                        || steps.size() == 1 && steps.get(0).inputs().size() <= 2,
                bytes + " bytes in " + steps);
    }

    private void rewrite(Step step, long file) {
        List<Simulated> segments = collections.get(step.collection());
        List<Simulated> inputs = segments.stream()
                .filter(segment -> step.inputs().stream()
                        .anyMatch(input -> input == segment.facts().entry()))
                .toList();
        assertEquals(step.inputs().size(), inputs.size());
        long[] rows = inputs.stream()
                .flatMapToLong(
                        input -> LongStream.of(input.rows()).skip(input.facts().droppable()))
                .sorted()
                .toArray();
        // As a real one does, it cuts by the kinds of the collection with its inputs still in place.
        write(step.collection(), rows, file);
        writtenFor.merge(step.reason(), (long) rows.length, Long::sum);
        segments.removeAll(inputs);
    }

    /** Compacts until nothing is left to do. */
    void settle(CompactionPlanner planner) {
        int rounds = 0;
        while (step(planner)) {
            assertTrue(++rounds < ROUNDS_MAX, "no end of compaction: " + reasons(planner));
        }
    }

    private List<String> reasons(CompactionPlanner planner) {
        return planner.plan(facts()).stream()
                .map(step -> step.reason() + " of " + step.inputs().size())
                .toList();
    }

    int depth() {
        return facts().collections().values().stream()
                .mapToInt(CompactionPlanner::depth)
                .max()
                .orElse(0);
    }

    /** Returns everything written, the log included, for each byte of acknowledged rows. */
    double writeAmplification() {
        return 1 + SEGMENT_SHARE * written / acknowledged;
    }

    /** Returns the bytes of data files for each byte of segments in use. */
    double spaceAmplification() {
        long live = 0;
        for (List<Simulated> segments : collections.values()) {
            live += segments.stream()
                    .mapToLong(segment -> segment.facts().bytes())
                    .sum();
        }
        return (double) fileBytes.values().stream().mapToLong(bytes -> bytes).sum() / live;
    }

    /** Returns how often a row was rewritten, by reason. */
    String rewrites() {
        StringBuilder text = new StringBuilder();
        writtenFor.forEach((reason, rows) ->
                text.append(String.format(Locale.ROOT, " %s %.2f", reason, (double) rows / acknowledged)));
        return text.toString();
    }

    int segmentCount() {
        return collections.values().stream().mapToInt(List::size).sum();
    }

    long rowCount() {
        return collections.values().stream()
                .flatMap(List::stream)
                .mapToLong(segment -> segment.rows().length)
                .sum();
    }

    /** Makes segments of a manifest without bytes. */
    static final class Entries {
        private static final Bytes SHA256 = Bytes.of(new byte[32]);

        private Entries() {}

        record Place(long file, long offset, long length) {}

        static SegmentEntry entry(
                long collection, Place place, PartitionWindow window, int rows, DatapointId[] minAndMax) {
            return new SegmentEntry(
                    collection,
                    1,
                    new SegmentEntry.Location(place.file(), place.offset(), place.length(), SHA256),
                    window,
                    new SegmentEntry.Bounds(rows, minAndMax[0], minAndMax[1], null, 1, 1, 1, 1));
        }
    }
}
