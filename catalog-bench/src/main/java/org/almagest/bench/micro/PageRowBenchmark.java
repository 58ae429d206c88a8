package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Place;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.RowSelection;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.compress.Codec;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.page.PageBodies;
import org.almagest.storage.page.PageBuilder;
import org.almagest.storage.page.PageFields;
import org.almagest.storage.page.PageSpan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a datapoint cost, until all of its fields were used, out of pages that are read by arithmetic and out of
 * pages of encoded rows under LZ4?
 *
 * <p>Out of the first a scattered row should cost little more than one in order; out of the second it costs its page.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class PageRowBenchmark {
    private static final int ROWS = 300_000;
    private static final int LZ4_PAGE_BYTES = 1 << 12;
    private static final Place PLACE = new Place(1, 2, 3, 0);

    /** How rows are stored. */
    public enum Layout {
        /** Columns in pages, read by arithmetic. */
        COLUMNS,
        /** Encoded rows in pages of 4 KiB, unpacked as a whole. */
        ROWS_LZ4
    }

    /** The layout that is measured. */
    @Param({"COLUMNS", "ROWS_LZ4"})
    public Layout layout;

    private final SplittableRandom random = new SplittableRandom(1);
    private DatasetSchema schema;
    private RowSelection all;
    private RowSelection two;
    private long[] idHighs;
    private long[] idLows;
    private byte[][] bodies;
    private int[] collectionOf;
    private int[] collectionEnds;
    private int collections;
    private RowSource source;
    private int next;

    /** Encodes the rows of seed 1 and checks that they come back. */
    @Setup
    public void encode() throws CorruptSectionException {
        GranuleGenerator granules = GranuleGenerator.of(1);
        schema = granules.schema().numbered();
        all = RowSelection.of(schema, null);
        two = RowSelection.of(schema, Set.of("cloud_cover", "granule_name"));
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        Map<String, TreeMap<DatapointId, byte[]>> byName = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            BoundRow row = binder.bind(i, granules.datapoint(i));
            byName.computeIfAbsent(granules.collection(i), name -> new TreeMap<>())
                    .put(row.id(), row.body());
        }
        index(byName);
        bodies =
                byName.values().stream().flatMap(rows -> rows.values().stream()).toArray(byte[][]::new);
        source = layout == Layout.COLUMNS ? new ColumnPages() : new RowPages();
        check();
    }

    private void index(Map<String, TreeMap<DatapointId, byte[]>> byName) {
        collections = byName.size();
        collectionOf = new int[ROWS];
        collectionEnds = new int[collections];
        idHighs = new long[ROWS];
        idLows = new long[ROWS];
        int row = 0;
        int end = 0;
        int number = 0;
        for (TreeMap<DatapointId, byte[]> rows : byName.values()) {
            Arrays.fill(collectionOf, end, end + rows.size(), number++);
            end += rows.size();
            collectionEnds[number - 1] = end;
            for (DatapointId id : rows.keySet()) {
                idHighs[row] = id.high();
                idLows[row++] = id.low();
            }
        }
    }

    private DatapointId id(int row) {
        return new DatapointId(idHighs[row], idLows[row]);
    }

    private void check() throws CorruptSectionException {
        RowReader reader = new RowReader(schema);
        for (int row = 0; row < ROWS; row += 7) {
            reader.reset(bodies[row], 0, bodies[row].length);
            Datapoint expected = reader.select(id(row), Instant.EPOCH, null, all);
            if (!expected.equals(source.datapoint(row, all))) {
                throw new IllegalStateException("benchmark: row " + row + " is not what was written");
            }
        }
        System.out.println(layout + ": " + source.bytes() / ROWS + " bytes per row");
    }

    @Benchmark
    public void inOrder(Blackhole hole) throws CorruptSectionException {
        next = next + 1 == ROWS ? 0 : next + 1;
        consume(source.datapoint(next, all), hole);
    }

    @Benchmark
    public void anywhere(Blackhole hole) throws CorruptSectionException {
        consume(source.datapoint(random.nextInt(ROWS), all), hole);
    }

    @Benchmark
    public void twoFieldsInOrder(Blackhole hole) throws CorruptSectionException {
        next = next + 1 == ROWS ? 0 : next + 1;
        consume(source.datapoint(next, two), hole);
    }

    @Benchmark
    public void twoFieldsAnywhere(Blackhole hole) throws CorruptSectionException {
        consume(source.datapoint(random.nextInt(ROWS), two), hole);
    }

    /** Encodes a page of 256 rows; the time is that of the page. */
    @Benchmark
    public void encodePage(Blackhole hole) {
        next = next + 512 >= ROWS ? 0 : next + 256;
        source.encode(next, 256, hole);
    }

    private static void consume(Datapoint row, Blackhole hole) {
        hole.consume(row.time());
        hole.consume(row.id().orElseThrow());
        hole.consume(row.ingestionTime().orElseThrow());
        hole.consume(row.geometry().orElse(null));
        for (Map.Entry<String, Object> value : row.values().entrySet()) {
            hole.consume(value.getValue());
        }
    }

    private interface RowSource {
        Datapoint datapoint(int row, RowSelection selection) throws CorruptSectionException;

        long bytes();

        void encode(int firstRow, int rows, Blackhole hole);
    }

    private final class ColumnPages implements RowSource {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 27).order(ByteOrder.LITTLE_ENDIAN);
        private final int[] starts = new int[ROWS];
        private final int[] firstRows = new int[ROWS];
        private final int[] pageOfRow = new int[ROWS];
        private final PageBuilder builder = new PageBuilder(schema);
        // One for each collection: rows of one segment are what a cursor is at.
        private final PageFields[] fields = new PageFields[collections];
        private final int[] open = new int[collections];
        private final int[] firstPages = new int[collections];
        private int pages;

        ColumnPages() throws CorruptSectionException {
            Arrays.setAll(fields, i -> new PageFields(schema));
            Arrays.fill(open, -1);
            for (int row = 0; row < ROWS; row++) {
                if (builder.isFull(bodies[row].length) || row > 0 && collectionOf[row] != collectionOf[row - 1]) {
                    flush(row);
                }
                pageOfRow[row] = pages;
                builder.add(0, bodies[row], 0, bodies[row].length);
            }
            flush(ROWS);
            PageBodies back = new PageBodies();
            for (int row = 0, page = -1; row < ROWS; row++) {
                if (page != pageOfRow[row]) {
                    page = pageOfRow[row];
                    int end = page + 1 == pages ? buffer.position() : starts[page + 1];
                    int endRow = page + 1 == pages ? ROWS : firstRows[page + 1];
                    PageSpan span =
                            new PageSpan(starts[page], end - starts[page], firstRows[page], endRow - firstRows[page]);
                    PageBodies.check(buffer, span, PLACE.at(starts[page]));
                    back.open(buffer, starts[page], row - firstRows[page]);
                }
                back.read(row - firstRows[page]);
                if (!Arrays.equals(bodies[row], 0, bodies[row].length, back.bytes(), 0, back.length())) {
                    throw new IllegalStateException("benchmark: body " + row + " is not what was written");
                }
            }
        }

        private void flush(int nextRow) {
            int firstRow = nextRow - builder.rows();
            if (firstRow == 0 || collectionOf[firstRow] != collectionOf[firstRow - 1]) {
                firstPages[collectionOf[firstRow]] = pages;
            }
            firstRows[pages] = firstRow;
            starts[pages++] = buffer.position();
            builder.finish(firstRow, PLACE.at(buffer.position()), (bytes, length) -> buffer.put(bytes, 0, length));
        }

        @Override
        public Datapoint datapoint(int row, RowSelection selection) throws CorruptSectionException {
            // As a segment does: the page follows from the row.
            int collection = 0;
            while (row >= collectionEnds[collection]) {
                collection++;
            }
            int firstRow = collection == 0 ? 0 : collectionEnds[collection - 1];
            int page = firstPages[collection] + (row - firstRow) / PageFormat.ROWS_MAX;
            if (page != open[collection]) {
                fields[collection].open(buffer, starts[page], row - firstRows[page]);
                open[collection] = page;
            }
            return fields[collection].datapoint(id(row), Instant.EPOCH, null, selection, row - firstRows[page]);
        }

        @Override
        public long bytes() {
            return buffer.position();
        }

        @Override
        public void encode(int firstRow, int rows, Blackhole hole) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                builder.add(0, bodies[row], 0, bodies[row].length);
            }
            builder.finish(firstRow, PLACE, (bytes, length) -> hole.consume(bytes));
        }
    }

    private final class RowPages implements RowSource {
        private final byte[][] pages = new byte[ROWS][];
        private final int[] pageOfRow = new int[ROWS];
        private final int[] offsets = new int[ROWS];
        private final int[] rawBytes = new int[ROWS];
        private final byte[] raw = new byte[1 << 16];
        private final byte[] stored = new byte[1 << 16];
        private final RowReader reader = new RowReader(schema);
        private int count;
        private long bytes;
        private int open = -1;

        RowPages() {
            int length = 0;
            for (int row = 0; row < ROWS; row++) {
                if (length + bodies[row].length > LZ4_PAGE_BYTES) {
                    flush(length);
                    length = 0;
                }
                pageOfRow[row] = count;
                offsets[row] = length;
                System.arraycopy(bodies[row], 0, raw, length, bodies[row].length);
                length += bodies[row].length;
            }
            flush(length);
        }

        private void flush(int length) {
            int storedBytes = Codec.LZ4.compress(raw, length, stored);
            rawBytes[count] = length;
            pages[count++] = Arrays.copyOf(stored, storedBytes);
            bytes += storedBytes;
        }

        @Override
        public Datapoint datapoint(int row, RowSelection selection) throws CorruptSectionException {
            int page = pageOfRow[row];
            if (page != open) {
                Codec.LZ4.decompress(pages[page], 0, pages[page].length, raw, rawBytes[page]);
                open = page;
            }
            reader.reset(raw, offsets[row], bodies[row].length);
            return reader.select(id(row), Instant.EPOCH, null, selection);
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void encode(int firstRow, int rows, Blackhole hole) {
            int length = 0;
            for (int row = firstRow; row < firstRow + rows; row++) {
                if (length + bodies[row].length > LZ4_PAGE_BYTES) {
                    Codec.LZ4.compress(raw, length, stored);
                    hole.consume(stored);
                    length = 0;
                }
                System.arraycopy(bodies[row], 0, raw, length, bodies[row].length);
                length += bodies[row].length;
            }
            Codec.LZ4.compress(raw, length, stored);
            hole.consume(stored);
        }
    }
}
