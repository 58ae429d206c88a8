package org.almagest.io.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class GranuleGeneratorTest {
    private static final int SAMPLE = 200_000;

    /** What seed 42 gave when it was first written. Never regenerated: stores and measurements depend on it. */
    @Test
    void knownRowsStayWhatTheyAre() {
        assertEquals(
                "2015-01-01T00:11:28.321Z {granule_name=S1A_IW_GRDH_20150101T001128_240039_000000000,"
                        + " platform=sentinel-1a, product_type=IW_GRDH_1S, processing_baseline=02.01, orbit=240039,"
                        + " file_size=772475528, checksum=eb7a118bd3190e7a9021c0c2947ecb73,"
                        + " published_at=2015-01-01T07:20:16.361Z, polarization=[VV]} POLYGON ((-97.180567 20.962319,"
                        + " -97.299336 21.447869, -97.419525 21.929515, -97.553342 22.405785, -95.164092 22.894325,"
                        + " -95.005324 22.168105, -94.827712 21.442789, -97.180567 20.962319))",
                text(0));
        assertEquals(
                "2017-12-31T07:32:29.974Z {granule_name=S2B_MSIL2A_20171231T073229_250945_000999999,"
                        + " platform=sentinel-2b, product_type=S2MSI2A, processing_baseline=02.21, orbit=250945,"
                        + " cloud_cover=91.19, file_size=391277927, checksum=fc686c0c68dc0427d0044def4ea3fb69,"
                        + " published_at=2018-01-03T01:12:28.322Z} POLYGON ((-46.083071 -81.982544,"
                        + " -54.52184 -81.891517, -62.581117 -81.637513, -60.455559 -80.456844, -55.787921 -80.622138,"
                        + " -50.938657 -80.733502, -46.053332 -80.763388, -46.083071 -81.982544))",
                text(999_999));
    }

    private static String text(long index) {
        Datapoint row = GranuleGenerator.of(42).datapoint(index);
        return row.time() + " " + row.values() + " " + row.geometry().orElseThrow();
    }

    @Test
    void aRowDependsOnSeedAndIndexAlone() {
        GranuleGenerator generator = GranuleGenerator.of(42);
        Datapoint fifth = generator.datapoint(5);
        assertEquals(fifth, GranuleGenerator.of(42).datapoint(5));
        generator.datapoint(99);
        assertEquals(fifth, generator.datapoint(5));
        assertTrue(!fifth.equals(GranuleGenerator.of(43).datapoint(5)));
    }

    @Test
    void footprintsLookLikeThoseOfRealSatellites() {
        GranuleGenerator generator = GranuleGenerator.of(1);
        int crossing = 0;
        int polar = 0;
        Set<Integer> corners = new HashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            Geometry footprint = generator.datapoint(i).geometry().orElseThrow();
            Coordinate[] ring = footprint.getCoordinates();
            corners.add(ring.length - 1);
            int winding = winding(ring);
            polar += winding != 0 ? 1 : 0;
            crossing += crosses(ring) ? 1 : 0;
            for (Coordinate c : ring) {
                assertTrue(Math.abs(c.x) <= 180 && Math.abs(c.y) <= 90, () -> c.toString());
            }
        }
        assertEquals(Set.of(4, 5, 6, 7, 8), corners);
        assertTrue(crossing > SAMPLE / 200 && crossing < SAMPLE / 40, "crossing: " + crossing);
        assertTrue(polar > SAMPLE / 20_000 && polar < SAMPLE / 2_000, "around a pole: " + polar);
    }

    @Test
    void timesAscendExceptForLateRows() {
        GranuleGenerator generator = GranuleGenerator.of(1);
        long newest = Long.MIN_VALUE;
        int late = 0;
        Set<Object> names = new HashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            Datapoint row = generator.datapoint(i);
            long time = row.time().toEpochMilli();
            late += time < newest ? 1 : 0;
            newest = Math.max(newest, time);
            names.add(row.value("granule_name").orElseThrow());
        }
        assertEquals(0.45, late / (double) SAMPLE, 0.02);
        assertEquals(SAMPLE, names.size());
    }

    @Test
    void rowsFitTheSchema() {
        DatasetSchema schema = GranuleGenerator.of(1).schema();
        Iterator<Datapoint> rows = GranuleGenerator.of(1).datapoints(10, 100);
        Set<String> seen = new HashSet<>();
        while (rows.hasNext()) {
            seen.addAll(rows.next().values().keySet());
        }
        assertEquals(10, schema.fields().size());
        for (String name : seen) {
            assertTrue(schema.field(name).isPresent(), name);
        }
        assertEquals(10, seen.size());
    }

    @Test
    void wideRowsAddAssetsToTheSameRow() {
        GranuleGenerator narrow = GranuleGenerator.of(3);
        GranuleGenerator wide = narrow.with(GranuleGenerator.Width.WIDE);
        Datapoint row = wide.datapoint(17);
        Json assets = (Json) row.value("assets").orElseThrow();
        assertEquals(20_000, assets.text().length(), 2_500);
        assertEquals(assets, Json.parse(assets.text()));
        assertEquals(narrow.datapoint(17), row.toBuilder().set("assets", null).build());
    }

    @Test
    void refusesADensityThatIsNone() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class, () -> GranuleGenerator.of(1).withRowsPerDay(0));
        assertEquals("generator: rows per day: 0 (expected 1 to 86400000)", refused.getMessage());
    }

    private static boolean crosses(Coordinate[] ring) {
        for (int i = 1; i < ring.length; i++) {
            if (Math.abs(ring[i].x - ring[i - 1].x) > 180) {
                return true;
            }
        }
        return false;
    }

    private static int winding(Coordinate[] ring) {
        double turn = 0;
        for (int i = 1; i < ring.length; i++) {
            double step = ring[i].x - ring[i - 1].x;
            turn += step > 180 ? step - 360 : step < -180 ? step + 360 : step;
        }
        return (int) Math.round(turn / 360);
    }
}
