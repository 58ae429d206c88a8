package org.almagest.storage.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.almagest.model.BoundingBox;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MergedRuns;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.RowMap;
import org.almagest.storage.run.Run;
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

    /**
     * Writes the rows of some runs of a collection; nothing is durable before {@link DataFileWriter#finish}.
     *
     * @param runs at least one
     * @param windows gives the time partition of a time in Unix milliseconds
     */
    public <R extends Run> Merged merge(long collection, List<LiveRun<R>> runs, LongFunction<PartitionWindow> windows)
            throws IOException {
        List<Input> inputs = new ArrayList<>();
        Map<Run, RowMap> maps = new IdentityHashMap<>();
        // Rows from before the key was declared have no hash, and a segment indexes all of its rows or none.
        boolean keyed = runs.stream().allMatch(live -> live.run().isKeyed());
        for (LiveRun<R> live : runs) {
            RowMap map = new RowMap(live.run().rowCount());
            maps.put(live.run(), map);
            inputs.add(new Input(
                    live.run(), live.run().boxes(), map, keyed ? live.run().keyHashes() : null));
        }
        List<SegmentEntry> entries = new ArrayList<>();
        MergedRuns<R> rows = new MergedRuns<>(runs, rules.historyFloor());
        int merged = 0;
        boolean left = rows.advance();
        while (left && !isCancelled()) {
            AppendFile file = files.file();
            PartitionWindow window = windows.apply(millis(rows));
            SegmentWriter writer = SegmentWriter.begin(file, identity(collection));
            boolean sameId;
            do {
                Input input = inputs.get(rows.input());
                RowCursor cursor = rows.cursor();
                writer.add(fill(input, rows.ordinal(), cursor));
                if (pace != null) {
                    pace.wrote(cursor.length());
                }
                input.map().put(rows.ordinal(), merged++);
                long idHigh = input.run().idHigh(rows.ordinal());
                long idLow = input.run().idLow(rows.ordinal());
                left = rows.advance();
                sameId = left && isAt(rows, idHigh, idLow);
                if ((merged & ROWS_PER_LOOK) == 0 && isCancelled()) {
                    break;
                }
                // Versions of an id stay together, or these segments would overlap for ever.
            } while (left && (sameId || (window.contains(millis(rows)) && !isFull(writer))));
            entries.add(entry(collection, window, writer.finish()));
        }
        return new Merged(entries, maps);
    }

    private record Input(Run run, BoxColumn boxes, RowMap map, long @Nullable [] keyHashes) {}

    private static long millis(MergedRuns<?> rows) {
        return rows.run().idHigh(rows.ordinal()) >> 16;
    }

    private static boolean isAt(MergedRuns<?> rows, long idHigh, long idLow) {
        return rows.run().idHigh(rows.ordinal()) == idHigh && rows.run().idLow(rows.ordinal()) == idLow;
    }

    private boolean isCancelled() {
        return pace != null && pace.isCancelled();
    }

    private boolean isFull(SegmentWriter writer) {
        return writer.rowCount() >= rules.segmentRowsMax()
                || writer.bytesSoFar() >= files.target().fileBytesMax();
    }

    private SegmentIdentity identity(long collection) {
        return new SegmentIdentity(
                files.target().identity().high(), files.target().identity().low(), files.fileNumber(), collection);
    }

    private SegmentRow fill(Input input, int ordinal, RowCursor cursor) {
        row.id(input.run().idHigh(ordinal), input.run().idLow(ordinal));
        BoxColumn boxes = input.boxes();
        if (!Float.isNaN(boxes.south(ordinal))) {
            row.box(boxes.west(ordinal), boxes.south(ordinal), boxes.east(ordinal), boxes.north(ordinal));
        }
        long[] hashes = input.keyHashes();
        if (hashes != null) {
            row.keyHash(hashes[ordinal]);
        }
        return row.commit(cursor.sequence(), cursor.ingestionMicros())
                .body(cursor.bytes(), cursor.offset(), cursor.length());
    }

    private SegmentEntry entry(long collection, PartitionWindow window, SegmentDescription segment) {
        SegmentDescription.CommitRange commits = segment.commits();
        return new SegmentEntry(
                collection,
                commits.maxSequence(),
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
                        commits.maxIngestionMicros()));
    }

    /** Returns the box as a manifest keeps it; null for {@link Box#NONE}. */
    private static @Nullable BoundingBox bounds(Box box) {
        return box.isPresent() ? BoundingBox.of(box.west(), box.south(), box.east(), box.north()) : null;
    }
}
