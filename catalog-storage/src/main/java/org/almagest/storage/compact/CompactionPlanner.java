package org.almagest.storage.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.model.Limits;

/**
 * Decides which segments are rewritten next. Immutable; reads nothing but what it is given.
 *
 * <p>Planning, doing what was planned, and planning again ends: every step leaves fewer segments, or fewer that overlap,
 * reach over windows, hold droppable rows or lie in hollow files.
 */
public final class CompactionPlanner {
    private final Policy policy;
    private final Limits limits;

    private CompactionPlanner(Policy policy, Limits limits) {
        this.policy = policy;
        this.limits = limits;
    }

    /** Returns the planner of background work: at most four overlapping segments, each row rewritten a few times. */
    public static CompactionPlanner background(Limits limits) {
        return new CompactionPlanner(Policy.BACKGROUND, limits);
    }

    /** Returns the planner of work that somebody asked for: no overlap, no row that can be dropped, little waste. */
    public static CompactionPlanner full(Limits limits) {
        return new CompactionPlanner(Policy.FULL, limits);
    }

    /**
     * Returns steps that are done as one, most urgent first; none when nothing is left to do.
     *
     * <p>Their inputs are disjoint, and have {@code compactionBytesMax} bytes at most, unless the first step alone has
     * more: then it is the only one, and has two inputs at most.
     */
    public List<Step> plan(StoreFacts facts) {
        Set<Long> hollow = hollowFiles(facts);
        List<Candidate> candidates = new ArrayList<>();
        facts.collections()
                .forEach((collection, segments) ->
                        candidates.addAll(new CollectionPlan(collection, segments, policy, limits).candidates(hollow)));
        candidates.sort(Comparator.comparing(Candidate::reason)
                .thenComparing(Comparator.comparing(Candidate::depth).reversed()));
        List<Step> steps = new ArrayList<>();
        long bytes = 0;
        for (Candidate candidate : candidates) {
            if (steps.isEmpty() || bytes + candidate.bytes() <= limits.compactionBytesMax()) {
                bytes += candidate.bytes();
                steps.add(candidate.toStep());
            }
        }
        return List.copyOf(steps);
    }

    /** Returns the emptiest data files, as many as must go for the rest to be within the bound on unused space. */
    private Set<Long> hollowFiles(StoreFacts facts) {
        Map<Long, Long> live = new HashMap<>();
        for (List<SegmentFacts> segments : facts.collections().values()) {
            for (SegmentFacts segment : segments) {
                live.merge(segment.entry().location().fileNumber(), segment.bytes(), Long::sum);
            }
        }
        List<FileUse> files = new ArrayList<>();
        live.forEach((file, bytes) ->
                files.add(new FileUse(file, bytes, facts.fileBytes().getOrDefault(file, bytes))));
        files.sort(Comparator.comparing(FileUse::liveShare));
        long inUse = files.stream().mapToLong(FileUse::live).sum();
        double excess =
                files.stream().mapToLong(FileUse::bytes).sum() - policy.space().amplificationMax() * inUse;
        Set<Long> hollow = new HashSet<>();
        for (FileUse file : files) {
            if (excess <= 0 || file.liveShare() >= policy.space().liveShareMin()) {
                break;
            }
            hollow.add(file.number());
            excess -= file.bytes() - file.live();
        }
        return hollow;
    }

    /** How many bytes of a data file are in segments that are in use. */
    private record FileUse(long number, long live, long bytes) {
        double liveShare() {
            return (double) live / bytes;
        }
    }

    /** Returns how many segments of one collection share an id at most: the runs that a query there must merge. */
    public static int depth(List<SegmentFacts> segments) {
        List<SegmentFacts> sorted = new ArrayList<>(segments);
        sorted.sort(Overlaps.BY_ID_MIN);
        int[] depth = {0};
        Overlaps.sweep(sorted, (first, active) -> depth[0] = Math.max(depth[0], active.size()));
        return depth[0];
    }
}
