package org.almagest.storage.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.TimeInterval;
import org.almagest.runtime.Deadline;
import org.almagest.storage.run.ExtentColumn;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** How the rows of one run are looked at: which are candidates, and what of each is still to be tested. */
public final class RowAccess {
    private final String name;
    private final Candidates candidates;

    private RowAccess(String name, Candidates candidates) {
        this.name = name;
        this.candidates = candidates;
    }

    /**
     * What is asked of the rows of a run beside their ids.
     *
     * @param place the condition on the geometry; null where place does not matter
     * @param meeting the interval that extents must meet; null where time is not asked by extent
     * @param shortcuts what may be made use of
     */
    public record Asked(@Nullable PlaceTest place, @Nullable TimeInterval meeting, Set<Shortcut> shortcuts) {}

    /** Chooses how the rows of a span are looked at. */
    public static RowAccess of(Run run, RowSpan span, Asked asked, Deadline deadline) {
        List<BlockFilter> filters = new ArrayList<>();
        ExtentColumn extents = asked.meeting == null ? null : run.extents();
        if (extents != null && asked.meeting != null && asked.shortcuts.contains(Shortcut.ZONES)) {
            filters.add(new ExtentBlocks(asked.meeting, extents));
        }
        if (asked.place != null
                && asked.place.predicate() != PlanarPredicate.DISJOINT
                && asked.shortcuts.contains(Shortcut.BOXES)) {
            filters.add(new BoxBlocks(run.boxes(), asked.place.searchBoxes()));
        }
        return filters.isEmpty()
                ? new RowAccess("every row", new AllRows(span))
                : new RowAccess("blocks", new MaskedRows(span, run.rowCount(), filters, deadline));
    }

    /** Returns what it is called in an explanation. */
    public String name() {
        return name;
    }

    /** Returns the rows that may match. */
    public Candidates candidates() {
        return candidates;
    }
}
