package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MergedRuns;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.segment.SegmentDescription;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentRow;
import org.almagest.storage.segment.SegmentWriter;

/**
 * Writes runs in memory as segments, one for each collection and year, into one data file; for one thread.
 *
 * <p>The file is written under a temporary name, forced, given its name, and the name made durable: only then may a
 * manifest refer to it. A second file begins where the bound of a data file is reached.
 *
 * <p>A writer that lost its lock without noticing may be doing the same. So a temporary name carries the epoch of its
 * writer, and a name that exists is never given again: the file may be one that the other's manifest names.
 */
public final class FlushWriter {
    private static final System.Logger LOGGER = System.getLogger(FlushWriter.class.getName());

    private final Storage storage;
    private final StoreIdentity identity;
    private final long fileBytesMax;
    private final List<SegmentEntry> written = new ArrayList<>();
    private final SegmentRow row = new SegmentRow();
    private final long epoch;
    private long fileNumber;
    private AppendFile file;

    private FlushWriter(StoreParts parts, Manifest last) throws IOException {
        this.storage = parts.storage();
        this.identity = parts.identity();
        this.fileBytesMax = parts.limits().dataFileBytesMax();
        this.epoch = last.epoch();
        this.file = createFile(last.nextFileNumber());
    }

    /**
     * What a flush wrote.
     *
     * @param segments the segments, by collection and time
     * @param nextFileNumber the first number that no data file has
     */
    public record Written(List<SegmentEntry> segments, long nextFileNumber) {}

    /**
     * Writes the runs in memory of a snapshot; their data files are durable when it returns.
     *
     * @param last the manifest that this writer published last
     */
    public static Written write(StoreParts parts, Snapshot frozen, Manifest last) throws IOException {
        Map<Long, List<MemoryRun>> byCollection = new TreeMap<>();
        frozen.runs().forEach((collection, runs) -> {
            if (!runs.memory().isEmpty()) {
                byCollection.put(collection, runs.memory());
            }
        });
        if (byCollection.isEmpty()) {
            return new Written(List.of(), last.nextFileNumber());
        }
        FlushWriter writer = new FlushWriter(parts, last);
        try {
            for (Map.Entry<Long, List<MemoryRun>> entry : byCollection.entrySet()) {
                writer.writeCollection(entry.getKey(), entry.getValue());
            }
            writer.finishFile();
            return new Written(writer.written, writer.fileNumber + 1);
        } catch (IOException | RuntimeException | Error e) {
            writer.abandon();
            throw e;
        }
    }

    private void writeCollection(long collection, List<MemoryRun> runs) throws IOException {
        // Rows from before the key was declared have no hash, and a segment indexes all of its rows or none.
        boolean keyed = runs.stream().allMatch(MemoryRun::isKeyed);
        MergedRuns rows = new MergedRuns(runs);
        boolean left = rows.advance();
        while (left) {
            if (file.length() >= fileBytesMax) {
                nextFile();
            }
            long firstMillis = rows.run().idHigh(rows.ordinal()) >> 16;
            PartitionWindow window = PartitionWindow.of(PartitionWindow.Kind.YEAR, firstMillis);
            SegmentIdentity segment = new SegmentIdentity(identity.high(), identity.low(), fileNumber, collection);
            SegmentWriter writer = SegmentWriter.begin(file, segment);
            do {
                writer.add(fill(rows.run(), rows.ordinal(), keyed));
                left = rows.advance();
            } while (left && window.contains(rows.run().idHigh(rows.ordinal()) >> 16));
            written.add(entry(collection, window, writer.finish()));
        }
    }

    private SegmentRow fill(MemoryRun run, int ordinal, boolean keyed) {
        row.id(run.idHigh(ordinal), run.idLow(ordinal));
        if (!Float.isNaN(run.south(ordinal))) {
            row.box(run.west(ordinal), run.south(ordinal), run.east(ordinal), run.north(ordinal));
        }
        if (keyed) {
            row.keyHash(run.keyHash(ordinal));
        }
        RowCursor cursor = run.cursor();
        cursor.seek(ordinal);
        return row.commit(cursor.sequence(), cursor.ingestionMicros())
                .body(cursor.bytes(), cursor.offset(), cursor.length());
    }

    private SegmentEntry entry(long collection, PartitionWindow window, SegmentDescription segment) {
        SegmentDescription.CommitRange commits = segment.commits();
        return new SegmentEntry(
                collection,
                commits.maxSequence(),
                new SegmentEntry.Location(fileNumber, segment.offset(), segment.length(), segment.sha256()),
                window,
                new SegmentEntry.Bounds(
                        segment.rowCount(),
                        segment.minId(),
                        segment.maxId(),
                        Boxes.bounds(segment.bounds()),
                        commits.minSequence(),
                        commits.maxSequence(),
                        commits.minIngestionMicros(),
                        commits.maxIngestionMicros()));
    }

    private void nextFile() throws IOException {
        finishFile();
        file = createFile(fileNumber + 1);
    }

    private AppendFile createFile(long firstNumber) throws IOException {
        fileNumber = firstNumber;
        while (storage.size(DataFiles.segment(fileNumber)) != Storage.NO_FILE) {
            fileNumber++; // left by a flush that published nothing; the next open deletes it
        }
        storage.delete(temporary()); // of an attempt that failed
        return storage.createNew(temporary());
    }

    private void finishFile() throws IOException {
        file.force(Barrier.SEGMENT_FORCE);
        file.close();
        storage.publish(temporary(), DataFiles.segment(fileNumber));
        storage.syncDir(DataFiles.folderOf(fileNumber), Barrier.SEGMENT_DIR_SYNC);
    }

    private void abandon() {
        try {
            file.close();
            storage.delete(temporary());
        } catch (IOException e) {
            // The next open empties tmp/; what matters is the failure that brought us here.
            LOGGER.log(Level.DEBUG, "flush: temporary file stays until the next open", e);
        }
    }

    private String temporary() {
        return "tmp/" + epoch + "-" + fileNumber + ".seg";
    }
}
