package org.almagest.bench.micro;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.almagest.bench.data.GranuleSource;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.Wkb;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.ContentId;
import org.almagest.internal.row.RowBinder;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Geometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to take a granule in, and to hash its content into an id?
 *
 * <p>Taking in is checks, encoding, the index box and the hash; the hash of about 350 bytes should be most of it, and
 * what SHA-256 of the JDK needs should be most of the hash. The naive hash is written down from the definition.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class IngestEncodeBenchmark {
    private static final int ROWS = 4_096;
    private static final int GEOMETRY_CODE = 10;
    private static final UUID COLLECTION = new UUID(1, 2);

    private final List<Datapoint> rows = new ArrayList<>();
    private final List<BoundRow> bound = new ArrayList<>();
    private DatasetSchema schema;
    private RowBinder binder;
    private int next;

    /** Makes granules and compares the variants. */
    @Setup
    public void prepare() throws CorruptSectionException {
        GranuleSource source = GranuleSource.of(ROWS, Width.NARROW);
        schema = source.schema().numbered();
        binder = new RowBinder(schema, COLLECTION, Limits.defaults(), IngestOptions.DEFAULT);
        for (int i = 0; i < ROWS; i++) {
            rows.add(source.granule(i).datapoint());
            bound.add(binder.bind(i, rows.get(i)));
        }
        for (int i = 0; i < ROWS; i++) {
            DatapointId expected = bound.get(i).id();
            next = i - 1;
            DatapointId hashed = hash();
            next = i - 1;
            if (!hashed.equals(expected) || !hashNaively().equals(expected)) {
                throw new IllegalStateException("benchmark: the variants disagree about row " + i);
            }
        }
    }

    private int question() {
        next = (next + 1) % ROWS;
        return next;
    }

    @Benchmark
    public BoundRow takeIn() {
        int row = question();
        return binder.bind(row, rows.get(row));
    }

    @Benchmark
    public DatapointId hash() throws CorruptSectionException {
        BoundRow row = bound.get(question());
        return ContentId.datapointId(COLLECTION, row.timeMillis(), schema, row.body());
    }

    @Benchmark
    public DatapointId hashNaively() {
        return naiveId(rows.get(question()));
    }

    /** What docs/format/ids.md says, for the fields that granules have. */
    private DatapointId naiveId(Datapoint row) {
        TreeMap<String, Object> fields = new TreeMap<>(row.values());
        fields.put(DatasetSchema.GEOMETRY, row.geometry().orElseThrow());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("almagest.datapoint.1\0".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(ByteBuffer.allocate(16)
                .putLong(COLLECTION.getMostSignificantBits())
                .putLong(COLLECTION.getLeastSignificantBits())
                .array());
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            byte[] name = field.getKey().getBytes(StandardCharsets.UTF_8);
            out.writeBytes(little(2).putShort((short) name.length).array());
            out.writeBytes(name);
            out.write(schema.field(field.getKey()).map(Field::typeCode).orElse(GEOMETRY_CODE));
            writeValue(out, field.getValue());
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256(out.toByteArray()));
        long first = hash.getLong();
        long second = hash.getLong();
        long high = row.time().toEpochMilli() << 16 | 0x7000 | first >>> 52;
        return new DatapointId(high, 1L << 63 | (first << 12 | second >>> 52) >>> 2);
    }

    private static void writeValue(ByteArrayOutputStream out, Object value) {
        if (value instanceof String) {
            writeBytes(out, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Geometry) {
            writeBytes(out, Wkb.write((Geometry) value));
        } else if (value instanceof Long) {
            out.writeBytes(little(8).putLong((Long) value).array());
        } else if (value instanceof Uint64) {
            out.writeBytes(little(8).putLong(((Uint64) value).bits()).array());
        } else if (value instanceof Double) {
            out.writeBytes(little(8).putDouble((Double) value).array());
        } else if (value instanceof Instant) {
            Instant time = (Instant) value;
            out.writeBytes(little(12)
                    .putLong(time.getEpochSecond())
                    .putInt(time.getNano())
                    .array());
        } else {
            List<?> values = (List<?>) value;
            out.writeBytes(little(4).putInt(values.size()).array());
            values.forEach(one -> writeValue(out, one));
        }
    }

    private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(little(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
