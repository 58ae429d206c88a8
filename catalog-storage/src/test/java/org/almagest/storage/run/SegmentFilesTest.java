package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.compact.DataFileWriter;
import org.almagest.storage.compact.PartitionKinds;
import org.almagest.storage.compact.RunMerger;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.segment.Box;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.storage.tombstone.Tombstones;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Small segments, of which a few stay open, read as if all did. */
class SegmentFilesTest {
    private static final int OPEN_MAX = 4;
    private static final int RUNS = 3 * OPEN_MAX;
    private static final int SMALL_ROWS_MAX = 1_024;
    private static final StoreIdentity STORE = new StoreIdentity(1, 2);
    private static final DatasetSchema SCHEMA =
            DatasetSchema.temporal().field(Field.int64("number")).build().numbered();

    private final SimStorage storage = new SimStorage(new SimDisk());
    private final SegmentFiles files = new SegmentFiles(storage, STORE, new OpenFiles(), OPEN_MAX);
    private final List<SegmentRun> runs = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        storage.mkdir("tmp");
        storage.mkdir(DataFiles.FOLDER);
        storage.mkdir(DataFiles.folderOf(1));
        for (int i = 1; i <= RUNS; i++) {
            runs.add(written(i, 3));
        }
    }

    @Test
    void theOnesOpenedLastStayOpen() {
        for (SegmentRun run : runs) {
            assertFalse(run.isOpen());
            check(run);
            assertTrue(run.isOpen());
        }
        assertEquals(runs.subList(RUNS - OPEN_MAX, RUNS), open());
        check(runs.get(0));
        assertEquals(OPEN_MAX, open().size());
        assertTrue(runs.get(0).isOpen() && !runs.get(RUNS - OPEN_MAX).isOpen());
    }

    @Test
    void whoReadsWhileItIsLetGoGoesOn() {
        SegmentRun run = runs.get(0);
        RowCursor cursor = run.cursor();
        FieldCursor fields = run.fields(SCHEMA);
        runs.forEach(SegmentFilesTest::check);
        assertFalse(run.isOpen());
        cursor.seek(1);
        assertEquals(1, cursor.sequence());
        fields.seek(1);
        assertEquals(1L, fields.value("number"));
        assertFalse(run.isOpen());
    }

    @Test
    void timesAndPlacesAreToldWithoutOpening() {
        runs.forEach(SegmentFilesTest::check);
        SegmentRun run = runs.get(0);
        List<Long> times = new ArrayList<>();
        run.forEachPlace((millis, boxes, at) -> {
            assertTrue(Float.isNaN(boxes[at]));
            times.add(millis);
        });
        assertEquals(List.of(1_000L, 1_001L, 1_002L), times);
        assertFalse(run.isOpen());
    }

    @Test
    void largerSegmentsAreNotLetGo() throws IOException {
        SegmentRun small = written(RUNS + 1, SMALL_ROWS_MAX);
        SegmentRun large = written(RUNS + 2, SMALL_ROWS_MAX + 1);
        check(small);
        check(large);
        runs.forEach(SegmentFilesTest::check);
        assertFalse(small.isOpen());
        assertTrue(large.isOpen());
    }

    @Test
    void threadsThatCloseEachOthersSegmentsReadWhatIsThere() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> reading = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                Random random = new Random(thread);
                reading.add(threads.submit(() -> {
                    List<SegmentRun> shuffled = new ArrayList<>(runs);
                    for (int round = 0; round < 200; round++) {
                        Collections.shuffle(shuffled, random);
                        shuffled.forEach(SegmentFilesTest::check);
                    }
                }));
            }
            for (Future<?> read : reading) {
                read.get();
            }
        } finally {
            threads.shutdown();
        }
        assertTrue(open().size() <= OPEN_MAX, () -> open().size() + " open");
    }

    private List<SegmentRun> open() {
        return runs.stream().filter(SegmentRun::isOpen).toList();
    }

    /** Reads rows that the manifest does not tell of. */
    private static void check(SegmentRun run) {
        long number = run.entry().location().fileNumber();
        for (int row = 1; row < run.rowCount() - 1; row++) {
            assertEquals(DatapointId.lowest(1_000 * number + row).high(), run.idHigh(row));
            assertEquals(number, run.idLow(row));
            assertEquals(number, run.sequence(row));
        }
    }

    /** Writes a segment of rows of a millisecond each, in a file of its own. */
    private SegmentRun written(int number, int rows) throws IOException {
        RowBinder binder = new RowBinder(SCHEMA, new UUID(0, 1), Limits.defaults(), IngestOptions.DEFAULT);
        MemoryRunBuilder memory = new MemoryRunBuilder(MemoryRunBuilder.Keys.UNKEYED, rows, 0);
        for (int row = 0; row < rows; row++) {
            long millis = 1_000L * number + row;
            DatapointId id = DatapointId.lowest(millis);
            Datapoint datapoint = Datapoint.at(Instant.ofEpochMilli(millis))
                    .set("number", number)
                    .build();
            byte[] body = binder.bind(row, datapoint).body();
            memory.add(id.high(), number, new StoredRow(body, 0, body.length, Box.NONE, 0, number, number));
        }
        LiveRun<MemoryRun> run = new LiveRun<>(memory.build(), Tombstones.NONE, 0);
        DataFileWriter file = new DataFileWriter(
                new DataFileWriter.Target(storage, STORE, 1 << 20, 1, () -> number), DataFile.Kind.SEGMENTS);
        SegmentEntry entry = new RunMerger(file, new RunMerger.Rules(0, 10_000))
                .merge(new RunMerger.Source<>(7, List.of(run), PartitionKinds.of(List.of(), 10_000), SCHEMA))
                .entries()
                .get(0);
        file.finish();
        return new SegmentRun(entry, files);
    }
}
