package org.almagest.storage.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.model.DatapointId;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.jspecify.annotations.Nullable;

/** Segments in memory, for tests: rows in, files out, files opened. */
final class Segments {
    static final String FILE = "data/8f/018f3c.seg";
    static final SegmentIdentity IDENTITY = new SegmentIdentity(0x0102030405060708L, 0x090a0b0c0d0e0f10L, 0x018f3cL, 7);

    private Segments() {}

    /** A row as a test states it; the key hash is absent in segments without keys, the extent in those without extents. */
    record Row(
            DatapointId id,
            Box box,
            long sequence,
            byte[] body,
            @Nullable Long keyHash,
            @Nullable Extent extent) {
        Row(DatapointId id, Box box, long sequence, byte[] body, @Nullable Long keyHash) {
            this(id, box, sequence, body, keyHash, null);
        }

        long micros() {
            return 1_700_000_000_000_000L + sequence;
        }

        long requireKeyHash() {
            return Objects.requireNonNull(keyHash);
        }

        Extent requireExtent() {
            return Objects.requireNonNull(extent);
        }

        void fill(SegmentRow target) {
            target.id(id.high(), id.low())
                    .box(box.west(), box.south(), box.east(), box.north())
                    .commit(sequence, micros())
                    .body(body, 0, body.length);
            if (keyHash != null) {
                target.keyHash(keyHash);
            }
            if (extent != null) {
                target.extent(extent.start(), extent.end());
            }
        }
    }

    /** From start to end, in Unix milliseconds. */
    record Extent(long start, long end) {}

    /** A data file and what was written to it. */
    record Written(byte[] bytes, List<SegmentDescription> segments) {
        SegmentRef ref(int segment) {
            return segments.get(segment).ref(IDENTITY);
        }
    }

    /** Writes segments back to back. */
    @SafeVarargs
    static Written write(List<Row>... segments) {
        try {
            SimDisk disk = new SimDisk();
            List<SegmentDescription> written = new ArrayList<>();
            try (SimStorage storage = new SimStorage(disk);
                    AppendFile file = storage.createNew("x")) {
                for (List<Row> rows : segments) {
                    SegmentWriter writer = SegmentWriter.begin(file, IDENTITY);
                    SegmentRow target = new SegmentRow();
                    for (Row row : rows) {
                        row.fill(target);
                        writer.add(target);
                    }
                    long estimate = writer.bytesSoFar();
                    written.add(writer.finish());
                    assert written.get(written.size() - 1).length() <= estimate : estimate;
                }
            }
            return new Written(disk.bytes("x"), written);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Maps bytes as the data file; a simulated disk keeps no descriptor, so nothing must be closed. */
    static MappedBytes map(byte[] bytes) {
        try {
            SimDisk disk = new SimDisk();
            SimStorage storage = new SimStorage(disk);
            for (String folder : List.of("data", "data/8f")) {
                storage.mkdir(folder);
            }
            disk.put(FILE, bytes);
            return storage.map(FILE, 0, bytes.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SegmentReader open(byte[] bytes, SegmentRef ref) {
        return SegmentReader.open(map(bytes), 0, ref);
    }

    static SegmentReader open(Written written, int segment) {
        return open(written.bytes(), written.ref(segment));
    }

    /** Draws rows of as many ids, some of them repeated, close together and far apart, with and without box, from a few commits or many. */
    static List<Row> draw(SplittableRandom random, int count) {
        boolean keyed = random.nextBoolean();
        int bodyBytes = 1 << random.nextInt(11);
        int commits = 1 + random.nextInt(20);
        boolean extended = random.nextBoolean();
        TreeMap<DatapointId, Row> ids = new TreeMap<>();
        long high = random.nextLong();
        while (ids.size() < count) {
            high += random.nextInt(3) == 0 ? random.nextLong(1L << random.nextInt(1, 50)) : 0;
            DatapointId id = new DatapointId(high, random.nextLong());
            byte[] body = new byte[random.nextInt(bodyBytes)];
            random.nextBytes(body);
            Arrays.fill(body, 0, body.length / 2, (byte) 7);
            Box box = random.nextInt(4) == 0 ? Box.NONE : drawBox(random);
            Long keyHash = keyed ? random.nextLong() >> (random.nextBoolean() ? 60 : 0) : null;
            Extent extent = extended ? new Extent(random.nextLong(), random.nextLong()) : null;
            ids.put(id, new Row(id, box, random.nextInt(commits), body, keyHash, extent));
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : ids.values()) {
            rows.add(row);
            for (int later = 1; random.nextInt(5) == 0; later++) {
                rows.add(new Row(row.id(), row.box(), row.sequence() + later, row.body(), row.keyHash(), row.extent()));
            }
        }
        return List.copyOf(rows);
    }

    /** Returns rows of one commit, each with an extent of its own. */
    static List<Row> rowsWithExtent(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Extent extent = new Extent(10L * i, 7L * i + count);
            rows.add(new Row(new DatapointId(i, 0), Box.NONE, 1, new byte[0], null, extent));
        }
        return rows;
    }

    /** Returns rows that fill a page each, and do not compress. */
    static List<Row> largeRows(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] body = new byte[PageFormat.BODY_BYTES_TARGET];
            random.nextBytes(body);
            rows.add(new Row(new DatapointId(i, 0), Box.NONE, 1, body, null));
        }
        return rows;
    }

    static Box drawBox(SplittableRandom random) {
        float[] longitudes = new float[2];
        float[] latitudes = new float[2];
        for (int i = 0; i < 2; i++) {
            // Whole multiples of 30 make shared and extreme edges common.
            boolean round = random.nextInt(3) == 0;
            longitudes[i] = round ? 30 * (random.nextInt(13) - 6) : (float) random.nextDouble(-180, 180);
            latitudes[i] = round ? 30 * (random.nextInt(7) - 3) : (float) random.nextDouble(-90, 90);
        }
        Arrays.sort(latitudes);
        return new Box(longitudes[0], latitudes[0], longitudes[1], latitudes[1]);
    }
}
