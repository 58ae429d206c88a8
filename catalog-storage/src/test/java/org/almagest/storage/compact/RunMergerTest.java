package org.almagest.storage.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.MergedSegments;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.Run;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.StoredRow;
import org.almagest.storage.segment.Box;
import org.almagest.storage.segment.ExtentZones;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.storage.tombstone.Tombstones;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** Runs of versions and tombstones, merged from memory to segments and again, against a sorted list of rows. */
class RunMergerTest {
    private static final long ALIVE = Long.MAX_VALUE;
    private static final int SEGMENT_ROWS_MAX = 40;
    private static final StoreIdentity STORE = new StoreIdentity(1, 2);
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.string("name"))
            .field(Field.of("first", TypeKind.TIMESTAMP))
            .field(Field.of("last", TypeKind.TIMESTAMP))
            .key("name")
            .extent("first", "last")
            .build()
            .numbered();

    private final SimStorage storage = new SimStorage(new SimDisk());
    private final SegmentFiles segmentFiles = new SegmentFiles(storage, STORE, new OpenFiles());
    private final AtomicLong numbers = new AtomicLong(1);
    private final Map<DatapointId, Row> live = new HashMap<>();
    private final List<List<Row>> runs = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom(0);
    private long sequence;

    /** A version of a datapoint, and the commit that deleted it. */
    private static final class Row {
        final DatapointId id;
        final long stored;
        final byte[] body;
        final long keyHash;
        final long end;
        long deleted = ALIVE;

        Row(DatapointId id, long stored, byte[] body, long keyHash, long end) {
            this.id = id;
            this.stored = stored;
            this.body = body;
            this.keyHash = keyHash;
            this.end = end;
        }

        long start() {
            return id.timeMillis();
        }

        String text() {
            return id + " of " + stored + " deleted " + deleted + " " + Bytes.of(body);
        }
    }

    @Test
    void whatIsMergedIsWhatWasThere() throws IOException {
        storage.mkdir("tmp");
        storage.mkdir(DataFiles.FOLDER);
        storage.mkdir(DataFiles.folderOf(1));
        Seeded.repeat(60, seeded -> {
            random = seeded;
            sequence = 0;
            live.clear();
            runs.clear();
            mergeTwice();
        });
    }

    private void mergeTwice() throws IOException {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            runs.add(drawRun());
        }
        List<LiveRun<MemoryRun>> memory = runs.stream().map(this::memoryRun).toList();
        long floor = random.nextLong(sequence + 1);
        MergedSegments flushed = merge(memory, floor);
        deleteSome(); // while the merge was writing
        List<LiveRun<MemoryRun>> now = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now.add(new LiveRun<>(memory.get(i).run(), tombstones(runs.get(i)), 0));
        }
        List<Row> rows = survivors(runs.stream().flatMap(List::stream).toList(), floor);
        List<LiveRun<SegmentRun>> segments = flushed.withTombstones(now);
        check(rows, segments, floor);
        if (segments.isEmpty()) {
            return;
        }
        floor = sequence;
        MergedSegments compacted = merge(segments, floor);
        check(survivors(rows, floor), compacted.withTombstones(segments), floor);
    }

    private static List<Row> survivors(List<Row> rows, long floor) {
        return rows.stream()
                .filter(row -> row.deleted > floor)
                .sorted(Comparator.comparing((Row row) -> row.id).thenComparing(row -> row.stored))
                .toList();
    }

    /** Draws some commits over a few ids, whose versions replace each other. */
    private List<Row> drawRun() {
        RowBinder binder = new RowBinder(SCHEMA, new UUID(0, 1), Limits.defaults(), IngestOptions.DEFAULT);
        List<Row> run = new ArrayList<>();
        int commits = 1 + random.nextInt(5);
        for (int commit = 0; commit < commits; commit++) {
            sequence++;
            Map<Integer, Boolean> taken = new TreeMap<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                taken.put(random.nextInt(120), true);
            }
            taken.keySet().forEach(number -> run.add(drawRow(binder, number)));
        }
        run.sort(Comparator.comparing((Row row) -> row.id).thenComparing(row -> row.stored));
        return run;
    }

    private Row drawRow(RowBinder binder, int number) {
        Instant time = Instant.parse("2019-12-20T00:00:00Z").plusSeconds(number * 86_400L / 4);
        DatapointId lowest = DatapointId.lowest(time.toEpochMilli());
        DatapointId id = new DatapointId(lowest.high(), number);
        Row before = live.get(id);
        if (before != null) {
            before.deleted = sequence;
        }
        long end = time.toEpochMilli() + random.nextInt(1_000_000);
        Datapoint datapoint = Datapoint.at(time)
                .set("name", "n" + number + " " + sequence)
                .set("first", time)
                .set("last", Instant.ofEpochMilli(end))
                .build();
        byte[] body = binder.bind(0, datapoint).body();
        byte[] key = RowBinder.encodeKey(SCHEMA, "n" + number + " " + sequence);
        Row row = new Row(id, sequence, body, KeyHash.of(key), end);
        live.put(id, row);
        return row;
    }

    private void deleteSome() {
        sequence++;
        live.values().removeIf(row -> {
            boolean doomed = random.nextInt(4) == 0;
            if (doomed) {
                row.deleted = sequence;
            }
            return doomed;
        });
    }

    private LiveRun<MemoryRun> memoryRun(List<Row> rows) {
        MemoryRunBuilder builder = new MemoryRunBuilder(MemoryRunBuilder.Keys.KEYED, rows.size(), 0);
        for (Row row : rows) {
            builder.add(
                    row.id.high(),
                    row.id.low(),
                    new StoredRow(row.body, 0, row.body.length, Box.NONE, row.keyHash, row.stored, micros(row.stored)));
        }
        return new LiveRun<>(builder.build(), tombstones(rows), 0);
    }

    private static long micros(long sequence) {
        return 1_000 * sequence;
    }

    private static Tombstones tombstones(List<Row> rows) {
        TreeMap<Long, RoaringBitmap> deleted = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).deleted != ALIVE) {
                deleted.computeIfAbsent(rows.get(i).deleted, key -> new RoaringBitmap())
                        .add(i);
            }
        }
        List<Tombstones.Deletion> deletions = new ArrayList<>();
        deleted.forEach((by, ordinals) -> deletions.add(new Tombstones.Deletion(by, micros(by), ordinals)));
        return Tombstones.of(deletions);
    }

    private <R extends Run> MergedSegments merge(List<LiveRun<R>> inputs, long floor) throws IOException {
        DataFileWriter files = new DataFileWriter(
                new DataFileWriter.Target(storage, STORE, 1 << 20, 1, numbers::getAndIncrement),
                DataFile.Kind.SEGMENTS);
        RunMerger merger = new RunMerger(files, new RunMerger.Rules(floor, SEGMENT_ROWS_MAX));
        PartitionKinds yearly = PartitionKinds.of(List.of(), SEGMENT_ROWS_MAX);
        RunMerger.Merged merged = merger.merge(new RunMerger.Source<>(7, inputs, yearly, SCHEMA));
        files.finish();
        List<SegmentRun> outputs = new ArrayList<>();
        merged.entries().forEach(entry -> outputs.add(new SegmentRun(entry, segmentFiles)));
        return new MergedSegments(outputs, merged.maps());
    }

    private void check(List<Row> rows, List<LiveRun<SegmentRun>> segments, long floor) {
        List<String> expected = rows.stream().map(Row::text).toList();
        List<String> actual = new ArrayList<>();
        DatapointId last = null;
        int first = 0;
        for (LiveRun<SegmentRun> segment : segments) {
            SegmentEntry entry = segment.run().entry();
            assertTrue(last == null || last.compareTo(entry.bounds().idMin()) < 0, "segments lie apart");
            last = entry.bounds().idMax();
            assertEquals(PartitionWindow.Kind.YEAR, entry.window().kind());
            read(segment, actual);
            List<Row> part = rows.subList(first, first + segment.run().rowCount());
            checkParts(entry, part);
            first += part.size();
        }
        assertEquals(expected, actual);
    }

    private static void read(LiveRun<SegmentRun> segment, List<String> rows) {
        SegmentRun run = segment.run();
        RowCursor cursor = run.cursor();
        for (int row = 0; row < run.rowCount(); row++) {
            cursor.seek(row);
            byte[] body = new byte[cursor.length()];
            System.arraycopy(cursor.bytes(), cursor.offset(), body, 0, body.length);
            DatapointId id = new DatapointId(run.idHigh(row), run.idLow(row));
            assertEquals(micros(cursor.sequence()), cursor.ingestionMicros());
            rows.add(id + " of " + cursor.sequence() + " deleted " + deleted(segment, row) + " " + Bytes.of(body));
        }
    }

    private static long deleted(LiveRun<SegmentRun> segment, int row) {
        return segment.dead().deletions().stream()
                .filter(deletion -> deletion.rows().contains(row))
                .mapToLong(Tombstones.Deletion::sequence)
                .findFirst()
                .orElse(ALIVE);
    }

    private void checkParts(SegmentEntry entry, List<Row> rows) {
        int ids = (int) rows.stream().map(row -> row.id).distinct().count();
        assertTrue(ids <= SEGMENT_ROWS_MAX, "rows of many ids");
        SegmentEntry.Extent extent = entry.extent();
        assertEquals(
                new SegmentEntry.Extent(
                        rows.stream().mapToLong(Row::start).min().orElseThrow(),
                        rows.stream().mapToLong(row -> row.end).max().orElseThrow()),
                extent);
        try (SegmentReader reader = segmentFiles.open(entry)) {
            assertEquals(List.of(), reader.verify());
            long[] hashes = reader.keyHashesByRow();
            for (int row = 0; row < hashes.length; row++) {
                assertEquals(rows.get(row).keyHash, hashes[row]);
            }
            ExtentZones zones = reader.extents();
            assertTrue(zones != null && zones.count() == 1);
            assertEquals(extent, new SegmentEntry.Extent(zones.minStart(0), zones.maxEnd(0)));
        }
    }
}
