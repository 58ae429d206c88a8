package org.almagest.storage.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeInterval;
import org.almagest.query.SpatialFilter;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundFilter;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.BoundTerm;
import org.almagest.query.bound.ValueInterval;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.Conditions;
import org.almagest.storage.plan.ExtentCodes;
import org.almagest.storage.plan.QueryTrace.Passed;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** What a query asks of the rows of one collection, prepared once for all of its runs; for one thread. */
final class SourceTests {
    /** How many candidates memory is asked for together. */
    private static final int CANDIDATES_AHEAD = 32;

    private static final Set<String> COLLECTION = Set.of(DatasetSchema.COLLECTION);

    private final DatasetSchema schema;
    private final QueryTests tests;
    private final List<ValueInterval> stretches = new ArrayList<>(0);
    private final List<BoundTerm> ofCollection = new ArrayList<>(0);
    private final @Nullable BoundFilter filter;
    private final @Nullable ExtentTest extent;
    private final @Nullable BoundSort sort;
    private final RowSelection selection;
    private final Conditions conditions;
    private final Conditions withoutExtents;
    private final Outline outline = new Outline();
    private final int[] ahead = new int[CANDIDATES_AHEAD];

    SourceTests(DatasetSchema schema, QueryTests tests) {
        this.schema = schema;
        this.tests = tests;
        this.filter = tests.query()
                .filter()
                .map(condition -> BoundFilter.bind(condition, schema))
                .orElse(null);
        this.extent = tests.extent(schema);
        this.sort = tests.query().sort().isEmpty()
                ? null
                : BoundSort.bind(tests.query().sort(), schema);
        this.selection = RowSelection.of(schema, tests.query().selection().orElse(null));
        List<BoundTerm> terms = filter == null ? List.of() : filter.terms();
        if (!terms.isEmpty() && may(Shortcut.IDS)) {
            terms = withoutIds(terms);
        }
        // A sorted answer looks at every match, however few are wanted.
        long wanted = sort == null ? tests.query().limit().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
        Conditions.Asked asked = new Conditions.Asked(near(terms), extent == null ? null : tests.meeting());
        this.conditions = new Conditions(schema, asked, terms, wanted, tests.shortcuts());
        this.withoutExtents = conditions.withoutExtents();
    }

    /** Takes out what ids and collections decide; returns the rest. */
    private List<BoundTerm> withoutIds(List<BoundTerm> terms) {
        List<BoundTerm> rest = new ArrayList<>(terms.size());
        for (BoundTerm term : terms) {
            Optional<ValueInterval> interval = term.interval();
            boolean ofIds = interval.isPresent() && IdStretch.isOf(interval.get());
            if (ofIds) {
                stretches.add(interval.get());
            } else if (term.fields().equals(COLLECTION)) {
                ofCollection.add(term);
            }
            if (ofIds ? !interval.get().exact() : !term.fields().equals(COLLECTION)) {
                rest.add(term);
            }
        }
        return rest;
    }

    /** Returns the part of a range in which conditions on time and id can hold. */
    IdRange within(IdRange range) {
        IdRange narrowed = range;
        for (ValueInterval stretch : stretches) {
            narrowed = narrowed.within(IdStretch.of(stretch));
        }
        return narrowed;
    }

    /** Tells whether conditions on the collection alone hold. */
    boolean mayMatch(UUID collectionId) {
        for (BoundTerm term : ofCollection) {
            if (term.test(field -> collectionId) != Truth.TRUE) {
                return false;
            }
        }
        return true;
    }

    /** Returns boxes one of which meets the index box of every match; null where place does not matter. */
    private @Nullable List<BoundingBox> near(List<BoundTerm> terms) {
        PlaceTest place = tests.place();
        if (place != null) {
            return place.predicate() == PlanarPredicate.DISJOINT ? null : place.searchBoxes();
        }
        for (BoundTerm term : terms) {
            Optional<SpatialFilter> area = term.area();
            if (area.isPresent()) {
                return QueryTests.place(area.get(), tests.cutter()).searchBoxes();
            }
        }
        return null;
    }

    DatasetSchema schema() {
        return schema;
    }

    QueryTests query() {
        return tests;
    }

    /** Tells why a run has no matching row, as far as that is known without opening it; null where it may have some. */
    @Nullable
    Passed passes(Run run, IdRange range) {
        if (!range.mayMeet(run)) {
            return Passed.TIME;
        } else if (isNeverTrue()) {
            return Passed.VALUES;
        } else if (!tests.mayMatch(schema, run)) {
            return Passed.EXTENT;
        }
        List<BoundingBox> near = conditions.near();
        return near != null && may(Shortcut.PRUNE) && !run.mayMeet(near) ? Passed.AREA : null;
    }

    /** Tells whether the schema alone decides that no row matches. */
    boolean isNeverTrue() {
        return filter != null && filter.isNeverTrue();
    }

    /** What extents leave to be asked of the rows of a run. */
    enum ByExtent {
        /** Nothing: every row meets the interval, or time is not asked by extent. */
        ALL_MEET,
        /** No row has an extent, so that ids tell which meet the interval. */
        ONLY_TIMES,
        /** The extent of each row. */
        EACH
    }

    /** Returns what is to be asked of the rows of a run, which may open it. */
    ByExtent byExtent(Run run) {
        TimeInterval meeting = tests.meeting();
        if (extent == null || meeting == null) {
            return ByExtent.ALL_MEET;
        } else if (!may(Shortcut.EXTENTS)) {
            return ByExtent.EACH;
        }
        long first = meeting.start().toEpochMilli();
        long last = meeting.end().toEpochMilli();
        if (run.reachesNoFurther(first + 1, last - 1)) { // whatever the bounds say of their own milliseconds
            return ByExtent.ALL_MEET;
        }
        return ExtentCodes.hasNone(run, schema) ? ByExtent.ONLY_TIMES : ByExtent.EACH;
    }

    /** Returns the condition on the extent of a row; null where there is none. */
    @Nullable
    ExtentTest extent() {
        return extent;
    }

    @Nullable
    BoundSort sort() {
        return sort;
    }

    RowSelection selection() {
        return selection;
    }

    Conditions conditions() {
        return conditions;
    }

    /** Returns the conditions on rows of a run whose extents are no matter. */
    Conditions withoutExtents() {
        return withoutExtents;
    }

    /** Returns what the place of a row is put into to be tested, one row after the other. */
    Outline outline() {
        return outline;
    }

    /** Returns room for the ordinals of candidates that are tested next. */
    int[] ahead() {
        return ahead;
    }

    AntimeridianCut cutter() {
        return tests.cutter();
    }

    boolean may(Shortcut shortcut) {
        return tests.shortcuts().contains(shortcut);
    }
}
