package org.almagest.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlainFootprint;
import org.almagest.geo.Wkb;
import org.almagest.internal.row.BoundRows;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowBinder;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.locationtech.jts.geom.Geometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost to check a row, encode it and make its id?
 *
 * <p>Should be a pass over its bytes for each of encoding and hashing, about a nanosecond a byte together, and allocate
 * nothing but the room for the rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class RowBindingBenchmark {
    private static final int ROWS = 4_096;
    private static final UUID COLLECTION = new UUID(1, 2);

    private final List<Datapoint> datapoints = new ArrayList<>(ROWS);
    private final List<Geometry> geometries = new ArrayList<>(ROWS);
    private final List<byte[]> keys = new ArrayList<>(ROWS);
    private final AntimeridianCut cut = AntimeridianCut.of(Limits.defaults());
    private final PlainFootprint plain = new PlainFootprint(Limits.defaults());
    private final float[] box = new float[BoundRows.SIDES];
    private final byte[] wkb = new byte[1 << 16];
    private RowBinder binder;
    private RowBinder keyedBinder;

    /** Draws the rows of seed 1. */
    @Setup
    public void draw() {
        GranuleGenerator granules = GranuleGenerator.of(1);
        DatasetSchema keyed =
                granules.schema().toBuilder().key("granule_name").build().numbered();
        binder = new RowBinder(granules.schema().numbered(), COLLECTION, Limits.defaults(), IngestOptions.DEFAULT);
        keyedBinder = new RowBinder(keyed, COLLECTION, Limits.defaults(), IngestOptions.DEFAULT);
        for (int i = 0; i < ROWS; i++) {
            Datapoint datapoint = granules.datapoint(i);
            datapoints.add(datapoint);
            geometries.add((Geometry) datapoint.rawGeometry().orElseThrow());
            keys.add(RowBinder.encodeKey(keyed, datapoint.value("granule_name").orElseThrow()));
        }
    }

    private static BoundRows bindAll(RowBinder binder, List<Datapoint> datapoints) {
        BoundRows rows = binder.newRows(ROWS, ROWS * 600);
        for (int i = 0; i < ROWS; i++) {
            binder.bind(i, datapoints.get(i), rows);
        }
        return rows;
    }

    /** Rows without a key. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public BoundRows bind() {
        return bindAll(binder, datapoints);
    }

    /** Rows with a key, which is hashed alone as well. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public BoundRows bindKeyed() {
        return bindAll(keyedBinder, datapoints);
    }

    /** The place alone, as objects tell it. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void footprint(Blackhole sink) {
        for (Geometry geometry : geometries) {
            Footprint footprint = cut.footprint(geometry.copy());
            BoundingBox index = footprint.indexBox();
            sink.consume(index);
            sink.consume(Wkb.write(geometry));
        }
    }

    /** The place alone, in one pass where that does. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void plainFootprint(Blackhole sink) {
        for (Geometry geometry : geometries) {
            if (plain.take(geometry) && plain.isSurelyValid()) {
                plain.putIndexBox(box, 0);
                plain.putWkb(wkb, 0);
                sink.consume(box);
            } else {
                sink.consume(cut.footprint(geometry).indexBox());
            }
        }
    }

    /** The hash of a key. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long hashKeys() {
        long sum = 0;
        for (byte[] key : keys) {
            sum += KeyHash.of(key);
        }
        return sum;
    }
}
