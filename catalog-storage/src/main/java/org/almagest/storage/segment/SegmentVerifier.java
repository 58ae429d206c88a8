package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.id.IdColumn;
import org.almagest.model.Bytes;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.page.PageBodies;
import org.jspecify.annotations.Nullable;

/**
 * Checks every byte of a segment, and that its parts agree with each other. One thread.
 *
 * <p>Damage to one part does not hide that of the others: each is checked for itself, as far as it can be read.
 */
public final class SegmentVerifier {
    /** After this many findings of one segment the rest says nothing new. */
    static final int FINDINGS_MAX = 1_000;

    private final SegmentFile segment;
    private final SegmentFooter footer;
    private final List<Finding> findings = new ArrayList<>();

    SegmentVerifier(SegmentFile segment) {
        this.segment = segment;
        this.footer = segment.footer();
    }

    /**
     * Returns what does not hold, in the order of the checks; empty when everything does.
     *
     * @param mapped the data file, or a part of it that holds the segment
     * @param mappedFrom where in the file the mapped bytes begin
     * @throws UnsupportedFormatException if the segment is whole and of another version
     */
    public static List<Finding> verify(MappedBytes mapped, long mappedFrom, SegmentRef ref) {
        try {
            return new SegmentVerifier(SegmentFile.open(mapped, mappedFrom, ref)).findings();
        } catch (CorruptSectionException e) {
            return List.of(finding(e));
        }
    }

    /** One check, which reports by itself or by what it throws. */
    private interface Check {
        void run() throws CorruptSectionException;
    }

    List<Finding> findings() {
        run(this::checkHash);
        run(this::checkPadding);
        run(this::checkIds);
        run(this::checkBoxes);
        run(this::checkCommits);
        run(this::checkPages);
        run(this::checkColumns);
        if (footer.has(SectionKind.KEY_INDEX)) {
            run(this::checkKeys);
        }
        if (footer.has(SectionKind.EXTENT_ZONES)) {
            run(this::checkExtents);
        }
        return List.copyOf(findings);
    }

    private void run(Check check) {
        try {
            check.run();
        } catch (CorruptSectionException e) {
            add(finding(e));
        } catch (InternalError fault) {
            add(finding(segment.unreadable(fault)));
        }
    }

    private static Finding finding(CorruptSectionException e) {
        return new Finding(e.resource(), e.offset(), e.rule());
    }

    private void add(Finding finding) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(finding);
        }
    }

    private void add(int offset, String rule) {
        add(new Finding(segment.name(), segment.fileOffset(offset), rule));
    }

    private void add(SectionKind kind, String problem) {
        add(finding(segment.corrupt(kind, problem)));
    }

    private void checkHash() {
        Bytes actual = Hashes.sha256(segment.bytes().duplicate());
        Bytes expected = segment.ref().sha256();
        if (!actual.equals(expected)) {
            add(0, "segment: sha256 " + actual + " (expected " + expected + ")");
        }
    }

    private void checkPadding() {
        int end = SegmentHeader.FRAME_BYTES + (int) footer.pageBytes();
        for (SectionTable.Section section : footer.sections().all()) {
            checkZeros(end, section.offset());
            end = section.end();
        }
        checkZeros(end, footer.offset());
    }

    private void checkZeros(int from, int to) {
        ByteBuffer bytes = segment.bytes();
        for (int i = from; i < to; i++) {
            if (bytes.get(i) != 0) {
                add(i, "padding: " + bytes.get(i) + " (expected 0)");
            }
        }
    }

    private void checkIds() throws CorruptSectionException {
        IdColumn ids = segment.ids();
        int unsorted = ids.firstUnsorted();
        if (unsorted < ids.count()) {
            add(SectionKind.ID_COLUMN, "row " + unsorted + " is below the row before");
        }
    }

    private void checkBoxes() throws CorruptSectionException {
        BoxColumn boxes = segment.boxes();
        boolean any = false;
        for (int row = 0; row < boxes.count(); row++) {
            Box box = boxes.box(row);
            any |= box.isPresent();
            if (!box.isValid() || !footer.bounds().contains(box)) {
                add(SectionKind.BOX_COLUMN, "row " + row + ": " + box + " (within " + footer.bounds() + ")");
            }
        }
        if (any != footer.bounds().isPresent()) {
            add(SectionKind.BOX_COLUMN, "no row has a box, the footer has bounds");
        }
    }

    private void checkCommits() throws CorruptSectionException {
        CommitTable commits = segment.commits();
        SegmentDescription.CommitRange range = footer.commits();
        Set<Long> sequences = new HashSet<>();
        boolean reachesMin = false;
        boolean reachesMax = false;
        for (int i = 0; i < commits.count(); i++) {
            long sequence = commits.sequence(i);
            long micros = commits.ingestionMicros(i);
            reachesMin |= sequence == range.minSequence();
            reachesMax |= sequence == range.maxSequence();
            if (!sequences.add(sequence)
                    || sequence < range.minSequence()
                    || sequence > range.maxSequence()
                    || micros < range.minIngestionMicros()
                    || micros > range.maxIngestionMicros()) {
                add(SectionKind.COMMIT_TABLE, "commit " + sequence + " at " + micros + " (once, within " + range + ")");
            }
        }
        if (!reachesMin || !reachesMax) {
            add(SectionKind.COMMIT_TABLE, "does not span " + range);
        }
    }

    private void checkPages() throws CorruptSectionException {
        PageDirectory directory = segment.directory();
        SegmentPages checks = new SegmentPages(segment, directory);
        PageBodies bodies = new PageBodies();
        RowCommits rowCommits = new RowCommits(RepeatedIds.of(segment), segment.commitOrdinals());
        long rawBytes = 0;
        boolean whole = true;
        for (int page = 0; page < directory.count(); page++) {
            try {
                checks.check(page);
                bodies.open(segment.bytes(), directory.offset(page), 0);
                rawBytes += checkRows(bodies, directory.firstRow(page), directory.firstRow(page + 1), rowCommits);
            } catch (CorruptSectionException | RuntimeException e) {
                boolean placed = e instanceof CorruptSectionException
                        && !((CorruptSectionException) e).resource().isEmpty();
                add(finding(placed ? (CorruptSectionException) e : checks.refused(page, e)));
                whole = false;
            }
        }
        BitSet commitsSeen = rowCommits.seen;
        if (whole && rawBytes != footer.rawBytes()) {
            add(0, "segment: " + rawBytes + " bytes of bodies (expected " + footer.rawBytes() + ")");
        }
        if (whole && commitsSeen.cardinality() != footer.commitCount()) {
            add(
                    0,
                    "segment: rows of " + commitsSeen.cardinality() + " commits (expected " + footer.commitCount()
                            + ")");
        }
    }

    /** Puts every body together and returns how many bytes they have. */
    private long checkRows(PageBodies bodies, int first, int end, RowCommits commits) throws CorruptSectionException {
        long bytes = 0;
        for (int row = first; row < end; row++) {
            bodies.read(row - first);
            bytes += bodies.length();
            int commit = bodies.commit(row - first);
            if (commit < 0 || commit >= footer.commitCount()) {
                throw new CorruptSectionException("row " + (row - first) + ": commit " + commit, "");
            }
            commits.seen.set(commit);
            if (commits.ordinals != null && commits.ordinals.code(row) != commit + 1) {
                add(SectionKind.COMMIT_COLUMN, "row " + row + " is of another commit");
            }
            String problem = commits.repeated.findProblem(row, commit);
            if (!problem.isEmpty()) {
                add(SectionKind.ID_COLUMN, problem);
            }
        }
        return bytes;
    }

    /** What the commits of rows are compared with, and which of them were seen. */
    private static final class RowCommits {
        final RepeatedIds repeated;
        final @Nullable CodeColumn ordinals;
        final BitSet seen = new BitSet();

        RowCommits(RepeatedIds repeated, @Nullable CodeColumn ordinals) {
            this.repeated = repeated;
            this.ordinals = ordinals;
        }
    }

    /** Checks columns by themselves; whether they follow from the rows, only those can tell who know what rows are. */
    private void checkColumns() throws CorruptSectionException {
        for (SectionTable.Section section : footer.sections().all()) {
            if (section.kind() == SectionKind.COLUMN) {
                run(() -> checkColumn(section));
            } else if (section.kind() == SectionKind.VALUE_POSTINGS
                    && footer.sections().find(SectionKind.COLUMN, section.field()) == null) {
                add(section.offset(), section.title() + ": no column of that field");
            }
        }
        ByteBuffer boxes = segment.section(SectionKind.BOX_COLUMN);
        boolean placed = footer.bounds().isPresent();
        checkMade(SectionKind.SPATIAL_TREE, SectionTable.NO_FIELD, placed ? IndexSections.tree(boxes) : null);
    }

    private void checkColumn(SectionTable.Section section) throws CorruptSectionException {
        ColumnReader column = segment.column(section.field());
        checkMade(SectionKind.VALUE_POSTINGS, section.field(), IndexSections.postings(column));
    }

    /** Compares a section with the one that others ask for. */
    private void checkMade(SectionKind kind, int field, @Nullable SectionBuffer expected)
            throws CorruptSectionException {
        SectionTable.Section section = footer.sections().find(kind, field);
        boolean same = section == null
                ? expected == null
                : expected != null && segment.section(kind, field).equals(expected.body());
        if (!same) {
            add(section == null ? 0 : section.offset(), kind.title() + ": not the one that the rows ask for");
        }
    }

    private void checkExtents() throws CorruptSectionException {
        ExtentZones zones = segment.extents();
        long minStart = Long.MAX_VALUE;
        long maxEnd = Long.MIN_VALUE;
        for (int zone = 0; zone < zones.count(); zone++) {
            minStart = Math.min(minStart, zones.minStart(zone));
            maxEnd = Math.max(maxEnd, zones.maxEnd(zone));
        }
        SegmentDescription.ExtentRange range = new SegmentDescription.ExtentRange(minStart, maxEnd);
        if (!range.equals(footer.extent())) {
            add(SectionKind.EXTENT_ZONES, "span " + range + " (expected " + footer.extent() + ")");
        }
    }

    private void checkKeys() throws CorruptSectionException {
        String problem = segment.keys().findProblem();
        if (!problem.isEmpty()) {
            add(SectionKind.KEY_INDEX, problem);
        }
    }

    /** Checks that the rows of one id come from ever later commits; sees rows in order. One thread. */
    private static final class RepeatedIds {
        private final @Nullable IdColumn ids;
        private final @Nullable CommitTable commits;
        private int lastRow = -1;
        private long lastSequence;

        private RepeatedIds(@Nullable IdColumn ids, @Nullable CommitTable commits) {
            this.ids = ids;
            this.commits = commits;
        }

        /** Checks nothing where ids or commits cannot be read, which others report. */
        static RepeatedIds of(SegmentFile segment) {
            try {
                return new RepeatedIds(segment.ids(), segment.commits());
            } catch (CorruptSectionException e) {
                return new RepeatedIds(null, null);
            }
        }

        /** Returns what is wrong with a row beside the one before it, or an empty text. */
        String findProblem(int row, int commitOrdinal) {
            if (ids == null || commits == null) {
                return "";
            }
            long sequence = commits.sequence(commitOrdinal);
            boolean repeats = lastRow == row - 1
                    && row > 0
                    && ids.high(row) == ids.high(lastRow)
                    && ids.low(row) == ids.low(lastRow);
            String problem = repeats && sequence <= lastSequence
                    ? "row " + row + ": commit " + sequence + " after " + lastSequence + " of the same id"
                    : "";
            lastRow = row;
            lastSequence = sequence;
            return problem;
        }
    }
}
