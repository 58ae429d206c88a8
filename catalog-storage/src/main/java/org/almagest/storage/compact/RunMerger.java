package org.almagest.storage.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.model.BoundingBox;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MergedRuns;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.RowMap;
import org.almagest.storage.run.Run;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.segment.Box;
import org.almagest.storage.segment.SegmentDescription;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentRow;
import org.almagest.storage.segment.SegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of some runs of one collection as segments, in the order of ids; for one thread.
 *
 * <p>Deleted rows that no kept version shows are left out. A segment ends where a time partition ends, and where it
 * has become as large as one may be.
 */
public final class RunMerger {
    private static final int ROWS_PER_LOOK = 0x3FF;

    private final DataFileWriter files;
    private final Rules rules;
    private final @Nullable Pace pace;
    private final SegmentRow row = new SegmentRow();

    /**
     * How rows are written.
     *
     * @param historyFloor the oldest version that is kept
     * @param segmentRowsMax rows after which a segment ends
     */
    public record Rules(long historyFloor, long segmentRowsMax) {}

    /**
     * What is merged.
     *
     * @param collection the incarnation of the collection
     * @param runs at least one
     * @param kinds how the collection is cut in time
     * @param schema what the rows are made of
     */
    public record Source<R extends Run>(
            long collection, List<LiveRun<R>> runs, PartitionKinds kinds, DatasetSchema schema) {
        /** Merges some runs of a collection, and cuts them as all of its segments ask for. */
        public static <R extends Run> Source<R> of(
                Snapshot snapshot, long collection, List<LiveRun<R>> runs, long partitionRowsMax) {
            CatalogMetadata metadata = snapshot.metadata();
            DatasetSchema schema = metadata.anyCollection(collection)
                    .flatMap(entry -> metadata.anyDataset(entry.dataset()))
                    .orElseThrow(() -> new IllegalStateException("merge: no collection " + collection))
                    .schema();
            PartitionKinds kinds =
                    PartitionKinds.ofRuns(snapshot.runs(collection).segments(), partitionRowsMax);
            return new Source<>(collection, runs, kinds, schema);
        }
    }

    /**
     * What was written.
     *
     * @param entries the segments, by ascending id; their rows count on from one to the next
     * @param maps where the rows of each run went
     */
    public record Merged(List<SegmentEntry> entries, Map<Run, RowMap> maps) {}

    /** Writes to the files of {@code files}. */
    public RunMerger(DataFileWriter files, Rules rules) {
        this(files, rules, null);
    }

    /** Writes no faster than a pace allows, and stops early where it is cancelled; what was written is void then. */
    public RunMerger(DataFileWriter files, Rules rules, @Nullable Pace pace) {
        this.files = files;
        this.rules = rules;
        this.pace = pace;
    }

    /** Writes the rows of some runs of a collection; nothing is durable before {@link DataFileWriter#finish}. */
    public <R extends Run> Merged merge(Source<R> source) throws IOException {
        List<Input> inputs = inputs(source.runs());
        Extents extents = Extents.of(source.schema());
        List<SegmentEntry> entries = new ArrayList<>();
        MergedRuns<R> rows = new MergedRuns<>(source.runs(), rules.historyFloor());
        int merged = 0;
        boolean left = rows.advance();
        while (left && !isCancelled()) {
            AppendFile file = files.file();
            PartitionWindow window = source.kinds().windowOf(millis(rows));
            SegmentWriter writer = SegmentWriter.begin(file, identity(source.collection()), source.schema());
            do {
                Input input = inputs.get(rows.input());
                RowCursor cursor = rows.cursor();
                fill(input, rows.ordinal(), cursor);
                extents.fill(row, millis(rows), cursor);
                writer.add(row);
                if (pace != null) {
                    pace.wrote(cursor.length());
                }
                input.map().put(rows.ordinal(), merged++);
                left = rows.advance();
                if ((merged & ROWS_PER_LOOK) == 0 && isCancelled()) {
                    break;
                }
            } while (left && !endsBefore(rows, window, writer));
            entries.add(entry(source.collection(), window, writer));
            if (pace != null) {
                pace.endedSegment();
            }
        }
        checkCount(source.runs(), merged);
        Map<Run, RowMap> maps = new IdentityHashMap<>();
        inputs.forEach(input -> maps.put(input.run(), input.map()));
        return new Merged(entries, maps);
    }

    private static <R extends Run> List<Input> inputs(List<LiveRun<R>> runs) {
        // Rows from before the key was declared have no hash, and a segment indexes all of its rows or none.
        boolean keyed = runs.stream().allMatch(live -> live.run().isKeyed());
        List<Input> inputs = new ArrayList<>();
        for (LiveRun<R> live : runs) {
            RowMap map = new RowMap(live.run().rowCount());
            inputs.add(new Input(
                    live.run(), live.run().boxes(), map, keyed ? live.run().keyHashes() : null));
        }
        return inputs;
    }

    /** Tells whether a segment ends before a row; never between versions of one id, or these would overlap for ever. */
    private boolean endsBefore(MergedRuns<?> rows, PartitionWindow window, SegmentWriter writer) {
        if (rows.run().idHigh(rows.ordinal()) == row.idHigh() && rows.run().idLow(rows.ordinal()) == row.idLow()) {
            return false;
        }
        return !window.contains(millis(rows)) || isFull(writer);
    }

    /** A row too many or too few is one that queries would see twice or never again. */
    private <R extends Run> void checkCount(List<LiveRun<R>> runs, long merged) {
        long expected = 0;
        for (LiveRun<R> live : runs) {
            expected +=
                    live.run().rowCount() - live.droppable(rules.historyFloor()).getLongCardinality();
        }
        if (merged != expected && !isCancelled()) {
            throw new IllegalStateException("merge: " + merged + " rows written (expected " + expected + ")");
        }
    }

    private record Input(Run run, BoxColumn boxes, RowMap map, long @Nullable [] keyHashes) {}

    private static long millis(MergedRuns<?> rows) {
        return rows.run().idHigh(rows.ordinal()) >> 16;
    }

    private boolean isCancelled() {
        return pace != null && pace.isCancelled();
    }

    private boolean isFull(SegmentWriter writer) {
        return writer.rowCount() >= rules.segmentRowsMax()
                || writer.isFull(files.target().fileBytesMax());
    }

    private SegmentIdentity identity(long collection) {
        return new SegmentIdentity(
                files.target().identity().high(), files.target().identity().low(), files.fileNumber(), collection);
    }

    private void fill(Input input, int ordinal, RowCursor cursor) {
        row.id(input.run().idHigh(ordinal), input.run().idLow(ordinal));
        BoxColumn boxes = input.boxes();
        if (!Float.isNaN(boxes.south(ordinal))) {
            row.box(boxes.west(ordinal), boxes.south(ordinal), boxes.east(ordinal), boxes.north(ordinal));
        }
        long[] hashes = input.keyHashes();
        if (hashes != null) {
            row.keyHash(hashes[ordinal]);
        }
        row.commit(cursor.sequence(), cursor.ingestionMicros()).body(cursor.bytes(), cursor.offset(), cursor.length());
    }

    private SegmentEntry entry(long collection, PartitionWindow window, SegmentWriter writer) throws IOException {
        SegmentDescription segment = writer.finish();
        SegmentDescription.CommitRange commits = segment.commits();
        SegmentDescription.ExtentRange extent = segment.extent();
        SegmentEntry entry = SegmentEntry.placed(
                collection,
                new SegmentEntry.Location(files.fileNumber(), segment.offset(), segment.length(), segment.sha256()),
                window,
                new SegmentEntry.Bounds(
                        segment.rowCount(),
                        segment.minId(),
                        segment.maxId(),
                        bounds(segment.bounds()),
                        commits.minSequence(),
                        commits.maxSequence(),
                        commits.minIngestionMicros(),
                        commits.maxIngestionMicros()),
                writer.cells());
        return extent == null
                ? entry
                : entry.with(new SegmentEntry.Extent(extent.minStartMillis(), extent.maxEndMillis()));
    }

    /** Returns the box as a manifest keeps it; null for {@link Box#NONE}. */
    private static @Nullable BoundingBox bounds(Box box) {
        return box.isPresent() ? BoundingBox.of(box.west(), box.south(), box.east(), box.north()) : null;
    }
}
