package org.almagest.storage.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.index.posting.RowSet;
import org.almagest.index.posting.ValuePostings;
import org.almagest.index.spatial.PackedTree;
import org.almagest.index.spatial.TreeLook;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeInterval;
import org.almagest.query.bound.BoundTerm;
import org.almagest.runtime.Deadline;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.run.ExtentColumn;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one run are looked at: which are candidates, and what of each is still to be tested.
 *
 * <p>Of three ways the one that is expected to take least time is chosen: the tree names the rows near the area; the
 * postings of a field name the rows of its values; or blocks of 1,024 rows are filtered by boxes and columns. The
 * costs below are nanoseconds of one core: of scans and of the tree rounded from {@code BoxScanBenchmark}, {@code
 * CodeScanBenchmark} and {@code TreeSearchBenchmark}, of a candidate assumed.
 */
public final class RowAccess {
    /** Below so many rows nothing is cheaper than to look at each. */
    private static final int SCAN_ROWS_MAX = 32;

    /** Names that are looked up in the time in which a row is read and tested. */
    private static final long NAMES_PER_ROW = 8;

    private static final double BOX_NANOS = 3;
    private static final double CODE_NANOS = 1.5;
    private static final double SEARCH_NANOS = 2_000;
    private static final double FOUND_NANOS = 15;

    /** What a candidate costs before its geometry or body is read: its box, and a code somewhere in a column. */
    private static final double CANDIDATE_NANOS = 20;

    private final String name;
    private final Candidates candidates;
    private final CodeTest[] codeTests;
    private final List<BoundTerm> rowTerms;
    private boolean decidesExtents;

    private RowAccess(String name, Candidates candidates, List<CodeTest> codeTests, List<BoundTerm> rowTerms) {
        this.name = name;
        this.candidates = candidates;
        this.codeTests = codeTests.toArray(new CodeTest[0]);
        this.rowTerms = rowTerms;
    }

    /** Chooses how the rows of a span are looked at. */
    public static RowAccess of(Run run, RowSpan span, Conditions asked, Deadline deadline) {
        return new Choice(run, span, asked, deadline).best();
    }

    /** Returns what it is called in an explanation. */
    public String name() {
        return name;
    }

    /** Returns the rows that may match. */
    public Candidates candidates() {
        return candidates;
    }

    /** Tells whether a candidate holds what columns decide, as far as that was not made sure of before. */
    public boolean passesColumns(int row) {
        for (CodeTest test : codeTests) {
            if (!test.test(row)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether {@link #passesColumns} tests anything. */
    public boolean testsColumns() {
        return codeTests.length > 0;
    }

    /** Returns the conditions on fields that must be tested on a candidate itself. */
    public List<BoundTerm> rowTerms() {
        return rowTerms;
    }

    /** Tells whether the time extent of a candidate meets what is asked. */
    public boolean decidesExtents() {
        return decidesExtents;
    }

    /** Tells whether a candidate holds all conditions on fields. */
    public boolean decidesFields() {
        return codeTests.length == 0 && rowTerms.isEmpty();
    }

    /** The ways there are to look at the rows of a run, and what each is expected to cost. */
    private static final class Choice {
        private final Run run;
        private final RowSpan span;
        private final Conditions asked;
        private final Deadline deadline;
        private final List<CodeTest> columnTests = new ArrayList<>();
        private final List<BoundTerm> rowTerms = new ArrayList<>();

        Choice(Run run, RowSpan span, Conditions asked, Deadline deadline) {
            this.run = run;
            this.span = span;
            this.asked = asked;
            this.deadline = deadline;
        }

        RowAccess best() {
            for (BoundTerm term : asked.terms()) {
                ColumnReader column = asked.column(term, run);
                if (column == null) {
                    rowTerms.add(term);
                } else {
                    columnTests.add(new CodeTest(term, column, asked.fieldNumber(term)));
                }
            }
            for (CodeTest test : columnTests) {
                if (test.isNeverTrue()) {
                    return new RowAccess("no such value", () -> Candidates.NONE, List.of(), List.of());
                }
            }
            if (columnTests.size() > 1) { // else the first answer of a process would pay for the comparator
                columnTests.sort(Comparator.comparingDouble(CodeTest::selectivity));
            }
            if (span.rows() <= SCAN_ROWS_MAX) {
                return new RowAccess("every row", new AllRows(span), columnTests, rowTerms);
            }
            NamedRows named = asked.named();
            if (named != null && named.count() < NAMES_PER_ROW * span.rows() && named.areKnown(run)) {
                return new RowAccess("keys", named.find(run, span), columnTests, rowTerms);
            }
            List<BoundingBox> near = asked.near();
            PackedTree tree = near == null || !asked.may(Shortcut.TREE) ? null : run.tree();
            TreeLook look = near == null || tree == null ? null : tree.look(near);
            double inTree = look == null ? 0 : look.rows();
            double scanning = scanNanos(inTree / run.rowCount());
            double searching = look == null
                    ? Double.POSITIVE_INFINITY
                    : SEARCH_NANOS + inTree * FOUND_NANOS + inTree * part() * CANDIDATE_NANOS;
            CodeTest posted = posted();
            double posting = posted == null
                    ? Double.POSITIVE_INFINITY
                    : SEARCH_NANOS + posted.selectivity() * span.rows() * CANDIDATE_NANOS;
            if (look != null && searching <= scanning && searching <= posting) {
                return listed(look);
            } else if (posted != null && posting < scanning) {
                return posted(posted);
            }
            return blocks();
        }

        /** Returns what part of the run's rows is in the span. */
        private double part() {
            return span.rows() / (double) run.rowCount();
        }

        /** A scan ends early where few matches are wanted; an index finds all candidates before the first. */
        private double scanNanos(double selectivityOfPlace) {
            double perRow = asked.near() == null ? 0 : BOX_NANOS;
            double matching = asked.near() == null || selectivityOfPlace == 0 ? 1 : Math.min(1, selectivityOfPlace);
            for (CodeTest test : columnTests) {
                perRow += CODE_NANOS;
                matching *= test.selectivity();
            }
            double matches = Math.max(1, span.rows() * matching);
            double read = rowTerms.isEmpty() ? Math.min(1, asked.rowsWanted() / matches) : 1;
            return Math.max(BlockFilter.ROWS, span.rows() * read) * perRow;
        }

        /** Returns the most selective condition that postings answer; null where there is none. */
        private @Nullable CodeTest posted() {
            for (CodeTest test : columnTests) {
                if (asked.may(Shortcut.POSTINGS) && test.isStretch() && run.postings(test.fieldNumber()) != null) {
                    return test;
                }
            }
            return null;
        }

        private RowAccess listed(TreeLook look) {
            RowBuffer found = new RowBuffer();
            look.search(span.first(), span.end(), found);
            ListedRows rows = new ListedRows(found.array(), found.count(), span);
            return new RowAccess("tree", rows, columnTests, rowTerms);
        }

        private RowAccess posted(CodeTest test) {
            ValuePostings postings = run.postings(test.fieldNumber());
            assert postings != null : "asked before";
            RowBuffer found = new RowBuffer();
            try {
                RowSet rows = postings.rows(test.low(), test.high());
                rows.append(span.first(), span.end(), found);
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
            List<CodeTest> others = new ArrayList<>(columnTests);
            others.remove(test);
            ListedRows rows = new ListedRows(found.array(), found.count(), span);
            return new RowAccess("postings of " + test.field(), rows, others, rowTerms);
        }

        private RowAccess blocks() {
            List<BlockFilter> filters = new ArrayList<>();
            List<String> names = new ArrayList<>();
            ExtentBlocks extents = extents();
            if (extents != null) {
                names.add("extents");
            }
            for (CodeTest test : columnTests) {
                filters.add(asked.may(Shortcut.ZONES) ? test : new WithoutZones(test));
                names.add(test.field());
            }
            if (asked.near() != null && asked.may(Shortcut.BOXES)) {
                filters.add(new BoxBlocks(run.boxes(), asked.near()));
                names.add("boxes");
            }
            if (extents != null) {
                filters.add(extents); // looks at each row that the others leave
            }
            if (filters.isEmpty()) {
                return new RowAccess("every row", new AllRows(span), columnTests, rowTerms);
            }
            String name = "blocks by " + names.stream().distinct().collect(Collectors.joining(", "));
            MaskedRows rows = new MaskedRows(span, run.rowCount(), filters, deadline);
            RowAccess access = new RowAccess(name, rows, List.of(), rowTerms);
            access.decidesExtents = extents != null && extents.isExact();
            return access;
        }

        private @Nullable ExtentBlocks extents() {
            TimeInterval meeting = asked.meeting();
            ExtentColumn zones = meeting == null || !asked.may(Shortcut.ZONES) ? null : run.extents();
            if (meeting == null || zones == null) {
                return null;
            }
            ExtentCodes codes = asked.may(Shortcut.EXTENTS) ? ExtentCodes.of(run, asked.schema(), meeting) : null;
            return new ExtentBlocks(meeting, zones, codes);
        }
    }

    /** A filter that looks at every block. */
    private record WithoutZones(CodeTest test) implements BlockFilter {
        @Override
        public void keep(int block, int rows, long[] mask) {
            test.keepOneByOne(block, mask);
        }
    }
}
