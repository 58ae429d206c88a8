package org.almagest.io.synthetic;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * Granules of five sun-synchronous satellites, each a function of seed and index alone.
 *
 * <p>From 2015 on, in the order of arrival: 45 % of the rows come up to 40 minutes after a row that was acquired later.
 * Footprints are 100 to 290 km wide with 4 to 8 corners; about 1 % cross the antimeridian and 0.02 % contain a pole. A
 * row has about 300 bytes. Equal on every machine and JDK; the values are pinned by a test and never change.
 *
 * <p>Not safe for use by several threads; every thread may have its own.
 */
public final class GranuleGenerator {
    /** Rows in one day of acquisition where the caller says nothing else: a million rows are three years. */
    public static final int ROWS_PER_DAY = 913;

    private static final long START_MILLIS = 1_420_070_400_000L; // 2015-01-01T00:00:00Z
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int LATE_PERCENT = 45;
    private static final int LATE_MILLIS_MIN = 60_000;
    private static final int LATE_MILLIS_MAX = 2_400_000;
    private static final int PUBLISHED_AFTER_MILLIS_MAX = 259_200_000;
    private static final long FILE_BYTES_PER_KM2 = 9_000;
    private static final int MILLIS_PER_YEAR = 31_557_600;

    private final long seed;
    private final int rowsPerDay;
    private final Width width;
    private final CounterRandom random = new CounterRandom();
    private final FootprintShape shape = new FootprintShape();
    private final GranuleText text = new GranuleText();

    /** How much a row holds. */
    public enum Width {
        /** Ten fields, about 300 bytes. */
        NARROW,
        /** Also about 20 kB of nested assets, as STAC items have them. */
        WIDE
    }

    private GranuleGenerator(long seed, int rowsPerDay, Width width) {
        if (rowsPerDay < 1 || rowsPerDay > MILLIS_PER_DAY) {
            throw new InvalidRequestException(
                    "generator: rows per day", rowsPerDay + " (expected 1 to " + MILLIS_PER_DAY + ")");
        }
        this.seed = seed;
        this.rowsPerDay = rowsPerDay;
        this.width = width;
    }

    /** Returns the narrow rows of a seed, {@link #ROWS_PER_DAY} a day. */
    public static GranuleGenerator of(long seed) {
        return new GranuleGenerator(seed, ROWS_PER_DAY, Width.NARROW);
    }

    /** Returns a generator of denser or sparser rows; the rows of an index differ with the density. */
    public GranuleGenerator withRowsPerDay(int rows) {
        return new GranuleGenerator(seed, rows, width);
    }

    /** Returns a generator of the same rows, wider or narrower. */
    public GranuleGenerator with(Width rowWidth) {
        return new GranuleGenerator(seed, rowsPerDay, rowWidth);
    }

    /** Returns the schema that the rows fit: spatio-temporal, unkeyed; {@code granule_name} is unique. */
    public DatasetSchema schema() {
        DatasetSchema.Builder schema = DatasetSchema.spatioTemporal()
                .field(Field.string("granule_name").describedAs("Name of the granule, unique"))
                .field(Field.string("platform").queryable().describedAs("Satellite"))
                .field(Field.string("product_type").queryable())
                .field(Field.string("processing_baseline").queryable())
                .field(Field.int64("orbit").queryable().describedAs("Revolutions since 1970"))
                .field(Field.float64("cloud_cover").queryable().describedAs("Percent; cameras only"))
                .field(Field.uint64("file_size").queryable().describedAs("Bytes"))
                .field(Field.string("checksum").describedAs("MD5 in hexadecimal"))
                .field(Field.timestamp("published_at").queryable())
                .field(Field.string("polarization").array().describedAs("Radars only"));
        if (width == Width.WIDE) {
            schema.field(Field.json("assets"));
        }
        return schema.build();
    }

    /** Returns the names of the collections that {@link #collection} gives, in order. */
    public static List<String> collections() {
        return Satellite.FLEET.stream().map(Satellite::collection).toList();
    }

    /** Returns which collection a row belongs to, one for each satellite and product. */
    public String collection(long index) {
        random.begin(seed, index);
        return satellite().collection();
    }

    /** Returns one row. */
    public Datapoint datapoint(long index) {
        random.begin(seed, index);
        Satellite satellite = satellite();
        long time = acquired(index);
        Datapoint.Builder row = Datapoint.at(Instant.ofEpochMilli(time));
        row.geometry(shape.draw(satellite, time, random));
        long orbit = satellite.orbit().revolution(time);
        String name = text.granuleName(satellite.prefix(), time, orbit, index);
        row.set("granule_name", name);
        row.set("platform", satellite.platform());
        row.set("product_type", satellite.productType());
        row.set("processing_baseline", processingBaseline(time));
        row.set("orbit", orbit);
        if (!satellite.isRadar()) {
            row.set("cloud_cover", cloudCover());
        }
        row.set("file_size", Uint64.ofBits(fileBytes(satellite)));
        String checksum = text.hex(random.next(), random.next());
        row.set("checksum", checksum);
        row.set("published_at", Instant.ofEpochMilli(time + random.below(PUBLISHED_AFTER_MILLIS_MAX)));
        if (satellite.isRadar()) {
            row.set("polarization", satellite.polarizations().get(random.below(4)));
        }
        if (width == Width.WIDE) {
            row.set("assets", Json.ofCanonical(AssetsText.canonical(name, checksum, random)));
        }
        return row.build();
    }

    /** Returns the rows from index {@code first}, {@code count} of them, computed as they are asked for. */
    public Iterator<Datapoint> datapoints(long first, long count) {
        return new Iterator<>() {
            private long done;

            @Override
            public boolean hasNext() {
                return done < count;
            }

            @Override
            public Datapoint next() {
                if (done >= count) {
                    throw new NoSuchElementException();
                }
                return datapoint(first + done++);
            }
        };
    }

    private Satellite satellite() {
        return Satellite.FLEET.get(random.below(Satellite.FLEET.size()));
    }

    private long acquired(long index) {
        long arrival = START_MILLIS + LATE_MILLIS_MAX + (long) ((double) index * MILLIS_PER_DAY / rowsPerDay);
        boolean late = random.below(100) < LATE_PERCENT;
        int delay = LATE_MILLIS_MIN + random.below(LATE_MILLIS_MAX - LATE_MILLIS_MIN);
        return late ? arrival - delay : arrival;
    }

    /** A new baseline comes about every year, so few values stand for many rows. */
    private static String processingBaseline(long timeMillis) {
        long year = Math.floorDiv(timeMillis - START_MILLIS, 1_000L * MILLIS_PER_YEAR);
        return text2(2 + Math.floorMod(year / 4, 90L)) + "." + text2(Math.floorMod(year, 4L) * 10 + 1);
    }

    private static String text2(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** Skies are mostly clear or mostly covered; hundredths of a percent. */
    private double cloudCover() {
        double u = random.unit();
        double skewed = random.below(2) == 0 ? u * u * u : 1 - u * u;
        return StrictMath.rint(skewed * 10_000) / 100;
    }

    private long fileBytes(Satellite satellite) {
        double area = satellite.widthKm()[1] * satellite.lengthKm()[1];
        return (long) (area * FILE_BYTES_PER_KM2 * random.between(0.4, 1.6));
    }
}
