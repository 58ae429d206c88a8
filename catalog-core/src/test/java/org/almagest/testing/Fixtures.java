package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** The datasets and rows of the acceptance scenarios. */
public final class Fixtures {
    /** The slug of fixture F. */
    public static final String SLUG = "my_org.my_custom_dataset";

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private Fixtures() {}

    /** Returns the dataset F: a time series of sensor values. */
    public static DatasetSpec sensorDataset() {
        return DatasetSpec.temporal(SLUG)
                .field(Field.float64("value"))
                .field(Field.string("sensor"))
                .field(Field.timestamp("precise_time"))
                .field(Field.float64("sensor_history").array())
                .build();
    }

    /** Creates F with the collection {@code Measurements}. */
    public static Collection measurements(Catalog catalog) {
        return catalog.createDataset(sensorDataset()).createCollection("Measurements");
    }

    /** Returns the row R1. */
    public static Datapoint r1() {
        return sensorRow(
                "2025-03-28T11:44:23Z",
                "A",
                "2025-03-28T11:44:23.345761444Z",
                List.of(-12.15, 13.45, -8.2, 16.5, 45.16));
    }

    /** Returns the row R2. */
    public static Datapoint r2() {
        return sensorRow(
                "2025-03-28T11:45:19Z", "B", "2025-03-28T11:45:19.128742312Z", List.of(300.16, 280.12, 273.15));
    }

    /** Returns the row R3. */
    public static Datapoint r3() {
        return sensorRow(
                "2025-03-28T11:46:13Z", "A", "2025-03-28T11:46:13.345761444Z", List.of(13.45, -8.2, 16.5, 45.16, 48.1));
    }

    /** Returns the row R4. */
    public static Datapoint r4() {
        return sensorRow(
                "2025-03-28T11:46:54Z", "B", "2025-03-28T11:46:54.128742312Z", List.of(280.12, 273.15, 290.12));
    }

    /** Returns the row R5: the time of R2 with the content of R1. */
    public static Datapoint r5() {
        return r1().toBuilder().time(Instant.parse("2025-03-28T11:45:19Z")).build();
    }

    /** Returns a row of F; its value is the last of its history, as in the table. */
    private static Datapoint sensorRow(String time, String sensor, String preciseTime, List<Double> history) {
        return Datapoint.at(Instant.parse(time))
                .set("value", history.get(history.size() - 1))
                .set("sensor", sensor)
                .set("precise_time", Instant.parse(preciseTime))
                .set("sensor_history", history)
                .build();
    }

    /** Returns rows a second apart from {@code start} on, each with its number in the field {@code number}. */
    public static List<Datapoint> numbered(String start, int count) {
        List<Datapoint> rows = new ArrayList<>();
        Instant first = Instant.parse(start);
        for (int i = 0; i < count; i++) {
            rows.add(Datapoint.at(first.plus(Duration.ofSeconds(i)))
                    .set("number", i)
                    .build());
        }
        return rows;
    }

    /** Returns a time series with the int64 field {@code number}. */
    public static DatasetSpec numbers(String slug) {
        return DatasetSpec.temporal(slug).field(Field.int64("number")).build();
    }

    /** Returns a geometry written as WKT. */
    public static Geometry wkt(String text) {
        try {
            return new WKTReader(GEOMETRIES).read(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Returns a point. */
    public static Geometry point(double longitude, double latitude) {
        return GEOMETRIES.createPoint(new Coordinate(longitude, latitude));
    }

    /** Returns the polygon with these corners, longitude and latitude in turn; the first corner closes it. */
    public static Geometry polygon(double... lonLat) {
        Coordinate[] ring = new Coordinate[lonLat.length / 2 + 1];
        for (int i = 0; i < ring.length - 1; i++) {
            ring[i] = new Coordinate(lonLat[2 * i], lonLat[2 * i + 1]);
        }
        ring[ring.length - 1] = ring[0].copy();
        return GEOMETRIES.createPolygon(ring);
    }
}
