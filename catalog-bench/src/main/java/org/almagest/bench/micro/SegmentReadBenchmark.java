package org.almagest.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowSelection;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.segment.PageCursor;
import org.almagest.storage.segment.PageFieldCursor;
import org.almagest.storage.segment.SegmentDescription;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRow;
import org.almagest.storage.segment.SegmentWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one row of a segment cost: found by id, read in order, read anywhere?
 *
 * <p>A datapoint anywhere should cost some cache misses more than one in order, a body what putting its fields together
 * does, without allocating; a find should cost a few cache misses whatever the number of rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class SegmentReadBenchmark {
    private static final int ROWS = 300_000;
    private static final SegmentIdentity IDENTITY = new SegmentIdentity(1, 2, 3, 4);

    private final SplittableRandom random = new SplittableRandom(1);
    private Path folder;
    private Storage storage;
    private MappedBytes mapped;
    private SegmentReader reader;
    private PageCursor cursor;
    private PageFieldCursor fields;
    private RowSelection all;
    private DatapointId[] ids;
    private int next;

    /** Writes the rows of seed 1 and opens the segment. */
    @Setup
    public void write() throws IOException {
        GranuleGenerator granules = GranuleGenerator.of(1);
        DatasetSchema schema = granules.schema().numbered();
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        TreeMap<DatapointId, byte[]> bodies = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            BoundRow row = binder.bind(i, granules.datapoint(i));
            bodies.put(row.id(), row.body());
        }
        ids = bodies.keySet().toArray(new DatapointId[0]);
        folder = Files.createTempDirectory("almagest-bench");
        storage = DiskStorage.open(folder);
        SegmentDescription segment = write(bodies, schema);
        mapped = storage.map("x", 0, segment.length());
        reader = SegmentReader.open(mapped, 0, segment.ref(IDENTITY));
        if (!reader.verify().isEmpty() || reader.rowCount() != ROWS) {
            throw new IllegalStateException("benchmark: the segment is not what was written");
        }
        cursor = reader.cursor();
        fields = reader.fields(schema);
        all = RowSelection.of(schema, null);
    }

    private SegmentDescription write(TreeMap<DatapointId, byte[]> bodies, DatasetSchema schema) throws IOException {
        try (AppendFile file = storage.createNew("x")) {
            SegmentWriter writer = SegmentWriter.begin(file, IDENTITY, schema);
            SegmentRow row = new SegmentRow().commit(1, 1);
            for (var entry : bodies.entrySet()) {
                row.id(entry.getKey().high(), entry.getKey().low());
                writer.add(row.body(entry.getValue(), 0, entry.getValue().length));
            }
            return writer.finish();
        }
    }

    /** Removes the segment. */
    @TearDown
    public void remove() throws IOException {
        reader.close();
        mapped.close();
        storage.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public int rowInOrder() {
        next = next + 1 == ROWS ? 0 : next + 1;
        return read(next);
    }

    @Benchmark
    public int rowAnywhere() {
        return read(random.nextInt(ROWS));
    }

    @Benchmark
    public Datapoint datapointInOrder() {
        next = next + 1 == ROWS ? 0 : next + 1;
        return datapoint(next);
    }

    @Benchmark
    public Datapoint datapointAnywhere() {
        return datapoint(random.nextInt(ROWS));
    }

    private Datapoint datapoint(int row) {
        fields.seek(row);
        return fields.datapoint(new DatapointId(reader.idHigh(row), reader.idLow(row)), null, all);
    }

    @Benchmark
    public int findById() {
        DatapointId id = ids[random.nextInt(ROWS)];
        return reader.lowerBound(id.high(), id.low());
    }

    /** Returns something of the body of a row, as compaction reads it. */
    private int read(int row) {
        cursor.seek(row);
        byte[] bytes = cursor.bytes();
        return bytes[cursor.bodyOffset()] + cursor.bodyLength();
    }
}
