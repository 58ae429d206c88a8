package org.almagest.bench.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.geo.AntimeridianCut;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.locationtech.jts.geom.Geometry;

/**
 * The rows of a data set: three years of five satellites, denser the more rows there are. One thread.
 *
 * <p>Footprints are cut at the antimeridian here, as somebody who fills a peer would do, so that every engine stores and
 * returns the same geometry.
 */
public final class GranuleSource {
    /** How long all rows take to acquire. */
    public static final int DAYS = 1_095;

    /** When the first row is acquired, in Unix milliseconds; 2015 begins. */
    public static final long START_MILLIS = 1_420_070_400_000L;

    /** The length of a day. */
    public static final long MILLIS_PER_DAY = 86_400_000;

    private static final long SEED = 1;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 1L << 63;
    private static final long HASH_STEP = 0x9E3779B97F4A7C15L;
    private static final long HASH_FACTOR = 0xBF58476D1CE4E5B9L;

    private final long rows;
    private final Width width;
    private final GranuleGenerator generator;
    private final AntimeridianCut cut = AntimeridianCut.of(Limits.defaults());

    private GranuleSource(long rows, Width width) {
        this.rows = rows;
        this.width = width;
        int rowsPerDay = (int) Math.max(1, (rows + DAYS - 1) / DAYS);
        this.generator = GranuleGenerator.of(SEED).withRowsPerDay(rowsPerDay).with(width);
    }

    /** Returns the rows of a data set of this size. */
    public static GranuleSource of(long rows, Width width) {
        return new GranuleSource(rows, width);
    }

    /** Returns the same rows for another thread. */
    public GranuleSource forAnotherThread() {
        return new GranuleSource(rows, width);
    }

    /** Returns how many rows there are. */
    public long rows() {
        return rows;
    }

    /** Returns how much a row holds. */
    public Width width() {
        return width;
    }

    /** Returns the schema of the rows. */
    public DatasetSchema schema() {
        return generator.schema();
    }

    /** Returns the collection that a row belongs to where each satellite has its own. */
    public String collection(long index) {
        return generator.collection(index);
    }

    /** Returns some rows in the order of arrival. */
    public List<Granule> batch(long first, int count) {
        List<Granule> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(granule(first + i));
        }
        return batch;
    }

    /** Returns one row. */
    public Granule granule(long index) {
        Datapoint raw = generator.datapoint(index);
        Geometry geometry =
                cut.footprint((Geometry) raw.rawGeometry().orElseThrow()).cut();
        Datapoint datapoint = raw.toBuilder().geometry(geometry).build();
        long time = raw.time().toEpochMilli();
        long hash = (index + 1) * HASH_STEP;
        hash = (hash ^ hash >>> 31) * HASH_FACTOR;
        Object cloud = raw.values().get("cloud_cover");
        Object assets = raw.values().get("assets");
        return new Granule(
                index,
                time << 16 | VERSION_7 | hash & 0xFFF,
                hash >>> 2 | VARIANT,
                time,
                geometry,
                text(raw, "granule_name"),
                text(raw, "platform"),
                text(raw, "product_type"),
                text(raw, "processing_baseline"),
                (Long) value(raw, "orbit"),
                (Double) cloud,
                ((Uint64) value(raw, "file_size")).bits(),
                text(raw, "checksum"),
                ((Instant) value(raw, "published_at")).toEpochMilli(),
                polarization(raw),
                assets == null ? null : ((Json) assets).text(),
                datapoint);
    }

    private static String text(Datapoint row, String field) {
        return (String) value(row, field);
    }

    private static Object value(Datapoint row, String field) {
        return row.value(field).orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<String> polarization(Datapoint row) {
        return (List<String>) row.value("polarization").orElse(List.of());
    }
}
