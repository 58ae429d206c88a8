package org.almagest.storage.compact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.almagest.model.Limits;
import org.almagest.storage.metadata.PartitionWindow;

/**
 * What is worth rewriting in one collection; every segment is in at most one candidate. One thread.
 *
 * <p>Segments that share a first id can be merged without harm to others: wherever ids of the result lie, there were
 * some of its inputs, so nowhere do more segments overlap than before.
 */
final class CollectionPlan {
    /** A segment is small when this many of them make a full window. */
    private static final int SMALL_PARTS = 16;

    private final long collection;
    private final Policy policy;
    private final long bytesMax;
    private final long smallRows;
    private final List<SegmentFacts> segments;
    private final PartitionKinds kinds;
    private final Map<SegmentFacts, Candidate> used = new IdentityHashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();

    CollectionPlan(long collection, List<SegmentFacts> segments, Policy policy, Limits limits) {
        this.collection = collection;
        this.policy = policy;
        this.bytesMax = limits.compactionBytesMax();
        this.smallRows = limits.partitionRowsMax() / SMALL_PARTS;
        this.segments = new ArrayList<>(segments);
        this.segments.sort(Overlaps.BY_ID_MIN);
        this.kinds = PartitionKinds.of(segments, limits.partitionRowsMax());
    }

    /** Returns everything worth doing, with segments of these data files rewritten in any case. */
    List<Candidate> candidates(Set<Long> hollowFiles) {
        if (policy.depthMax() == 1) {
            joinComponents();
        } else {
            boundDepth();
        }
        cutStraddlers();
        joinSmall();
        rewriteEach(
                Reason.DELETED,
                segment -> segment.droppable() > 0
                        && (long) segment.droppable() * policy.droppableParts() >= segment.rows());
        rewriteEach(
                Reason.SPACE,
                segment -> hollowFiles.contains(segment.entry().location().fileNumber()));
        return candidates;
    }

    private Candidate add(Reason reason, int depth, List<SegmentFacts> inputs) {
        Candidate candidate = new Candidate(collection, reason, depth);
        candidates.add(candidate);
        inputs.forEach(input -> join(candidate, input));
        return candidate;
    }

    private void join(Candidate candidate, SegmentFacts input) {
        if (used.putIfAbsent(input, candidate) == null) {
            candidate.add(input);
        }
    }

    private boolean isUsed(SegmentFacts segment) {
        return used.containsKey(segment);
    }

    private boolean isStraddling(SegmentFacts segment) {
        return kinds.isStraddling(segment);
    }

    /** Where in a window the most segments share an id, and which. */
    private record Peak(PartitionWindow window, List<SegmentFacts> active) {
        int depth() {
            return active.size();
        }
    }

    private List<Peak> peaks() {
        Map<PartitionWindow, Peak> peaks = new TreeMap<>(Comparator.comparing(PartitionWindow::startMillis));
        Overlaps.sweep(segments, (first, active) -> {
            if (active.size() > policy.depthMax()) {
                PartitionWindow window = kinds.windowOf(first.minMillis());
                Peak known = peaks.get(window);
                if (known == null || known.depth() < active.size()) {
                    peaks.put(window, new Peak(window, List.copyOf(active)));
                }
            }
        });
        List<Peak> deepestFirst = new ArrayList<>(peaks.values());
        deepestFirst.sort(Comparator.comparing(Peak::depth).reversed());
        return deepestFirst;
    }

    private void boundDepth() {
        for (Peak peak : peaks()) {
            List<SegmentFacts> group = cheapest(peak);
            List<Candidate> owners = group.stream()
                    .filter(this::isUsed)
                    .map(used::get)
                    .distinct()
                    .toList();
            if (owners.isEmpty()) {
                add(Reason.OVERLAP, peak.depth(), group);
            } else if (owners.size() == 1 && owners.get(0).bytes() + unusedBytes(group) <= bytesMax) {
                // A segment over several windows is read once for all of them.
                group.forEach(input -> join(owners.get(0), input));
            }
        }
    }

    private long unusedBytes(List<SegmentFacts> group) {
        return group.stream()
                .filter(segment -> !isUsed(segment))
                .mapToLong(SegmentFacts::bytes)
                .sum();
    }

    /**
     * Returns the smallest segments of a peak, as many as make rows move least often: merging j of them costs their
     * rows and gives room for j - 1 more. The square lets runs of about one size grow together; with four runs each row
     * of a hundred equal flushes is then rewritten 3.7 times, where the least possible is 3.4.
     */
    private List<SegmentFacts> cheapest(Peak peak) {
        long start = peak.window().startMillis();
        long end = peak.window().endMillis();
        List<SegmentFacts> smallest = new ArrayList<>(peak.active());
        smallest.sort(Comparator.comparingDouble(segment -> segment.rowsWithin(start, end)));
        int least = Math.max(2, peak.depth() - policy.depthMax() + 1);
        int best = 2;
        double bestCost = Double.POSITIVE_INFINITY;
        double rows = 0;
        long bytes = 0;
        for (int count = 1; count <= smallest.size(); count++) {
            rows += smallest.get(count - 1).rowsWithin(start, end);
            bytes += smallest.get(count - 1).bytes();
            if (count > 2 && bytes > bytesMax) {
                break;
            }
            double cost = rows / ((count - 1.0) * (count - 1.0));
            if (count >= 2 && (count <= least || cost <= bestCost)) {
                best = count;
                bestCost = cost;
            }
        }
        return smallest.subList(0, best);
    }

    /** Merges all that hangs together; where that is too much at once, first what lies across windows, then peaks. */
    private void joinComponents() {
        for (List<SegmentFacts> component : Overlaps.components(segments)) {
            long bytes = component.stream().mapToLong(SegmentFacts::bytes).sum();
            if (component.size() > 1 && bytes <= bytesMax) {
                add(Reason.OVERLAP, component.size(), component);
            } else if (component.size() > 1 && component.stream().noneMatch(this::isStraddling)) {
                addPeak(component);
            }
        }
    }

    private void addPeak(List<SegmentFacts> component) {
        List<SegmentFacts> deepest = new ArrayList<>();
        Overlaps.sweep(component, (first, active) -> {
            if (active.size() > deepest.size()) {
                deepest.clear();
                deepest.addAll(active);
            }
        });
        deepest.sort(Comparator.comparingLong(SegmentFacts::bytes));
        add(Reason.OVERLAP, deepest.size(), prefix(deepest, 2));
    }

    private void cutStraddlers() {
        List<SegmentFacts> straddlers = segments.stream()
                .filter(segment -> !isUsed(segment) && isStraddling(segment))
                .toList();
        for (List<SegmentFacts> component : Overlaps.components(straddlers)) {
            if (component.size() >= policy.straddlersMin()) {
                add(Reason.STRADDLING, component.size(), prefix(component, policy.depthMax() == 1 ? 1 : 2));
            }
        }
    }

    /** Returns the first of a list that fit one step, but at least some. */
    private List<SegmentFacts> prefix(List<SegmentFacts> list, int countMin) {
        long bytes = 0;
        int count = 0;
        while (count < list.size()
                && (count < countMin || bytes + list.get(count).bytes() <= bytesMax)) {
            bytes += list.get(count).bytes();
            count++;
        }
        return list.subList(0, count);
    }

    private void joinSmall() {
        if (segments.size() < policy.smallCountMin()) {
            return;
        }
        List<List<SegmentFacts>> groups = policy.depthMax() == 1 ? neighbours() : sameSize();
        for (List<SegmentFacts> group : groups) {
            if (group.size() >= policy.smallCountMin()) {
                add(Reason.SMALL, 1, prefix(group, 2));
            }
        }
    }

    private boolean isSmall(SegmentFacts segment) {
        return segment.rows() < smallRows && !isUsed(segment) && !isStraddling(segment);
    }

    /** Groups the small segments of a window that have fourfold differences at most, so that joining them pays. */
    private List<List<SegmentFacts>> sameSize() {
        Map<Tier, List<SegmentFacts>> tiers = new LinkedHashMap<>();
        for (SegmentFacts segment : segments) {
            if (isSmall(segment)) {
                int size = (Integer.SIZE - Integer.numberOfLeadingZeros(segment.rows())) / 2;
                tiers.computeIfAbsent(new Tier(kinds.windowOf(segment.minMillis()), size), key -> new ArrayList<>())
                        .add(segment);
            }
        }
        return List.copyOf(tiers.values());
    }

    private record Tier(PartitionWindow window, int size) {}

    /** Groups small segments of a window between which no other lies. */
    private List<List<SegmentFacts>> neighbours() {
        List<List<SegmentFacts>> groups = new ArrayList<>();
        PartitionWindow window = null;
        for (SegmentFacts segment : segments) {
            if (!isSmall(segment)) {
                window = null;
            } else if (window != null && window.contains(segment.minMillis())) {
                groups.get(groups.size() - 1).add(segment);
            } else {
                window = kinds.windowOf(segment.minMillis());
                groups.add(new ArrayList<>(Collections.singleton(segment)));
            }
        }
        return groups;
    }

    private void rewriteEach(Reason reason, Predicate<SegmentFacts> wanted) {
        for (SegmentFacts segment : segments) {
            if (!isUsed(segment) && wanted.test(segment)) {
                add(reason, 1, List.of(segment));
            }
        }
    }
}
