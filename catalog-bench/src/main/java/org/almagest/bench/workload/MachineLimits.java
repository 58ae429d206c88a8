package org.almagest.bench.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.bench.data.Question;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * What the parts of an answer cost on this machine when nothing else is done: the least of some rounds.
 *
 * @param rowInOrder nanoseconds to make the objects of a granule (footprint, five texts, four numbers) from a flat record of
 *     190 bytes, records one after the other
 * @param rowAnywhere the same, records in random order over 100 MB
 * @param access nanoseconds of a read that has to wait for the one before it, anywhere in 64 MB
 */
record MachineLimits(double rowInOrder, double rowAnywhere, double access) {
    private static final int ROUNDS = 7;
    private static final int RECORDS = 1 << 19;
    private static final int RECORD_BYTES = 190;
    private static final int CORNERS = 8;
    private static final int[] TEXT_BYTES = {40, 3, 8, 5, 32};
    private static final int NUMBERS = 4;
    private static final int CHAIN_INTS = 1 << 24;
    private static final int STEPS = 1 << 20;
    private static final int CALLS = 1 << 14;
    private static final double MICRODEGREES = 1e6;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Measures; takes some seconds. */
    static MachineLimits measure() {
        ByteBuffer records = ByteBuffer.allocateDirect(RECORDS * RECORD_BYTES);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < records.capacity(); i++) {
            records.put(i, (byte) ('a' + random.nextInt(26)));
        }
        int[] inOrder = new int[RECORDS];
        int[] anywhere = new int[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            inOrder[i] = i;
            int other = random.nextInt(i + 1);
            anywhere[i] = anywhere[other];
            anywhere[other] = i;
        }
        return new MachineLimits(rows(records, inOrder), rows(records, anywhere), access(random));
    }

    private static double rows(ByteBuffer records, int[] order) {
        byte[] record = new byte[RECORD_BYTES];
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long consumed = 0;
            long start = System.nanoTime();
            for (int at : order) {
                records.get(at * RECORD_BYTES, record);
                consumed += row(record).hashCode();
            }
            least = Math.min(least, (System.nanoTime() - start + (consumed & 1)) / (double) order.length);
        }
        return least;
    }

    private static List<Object> row(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        Coordinate[] ring = new Coordinate[CORNERS];
        for (int i = 0; i < CORNERS - 1; i++) {
            ring[i] = new Coordinate(in.getInt() / MICRODEGREES, in.getInt() / MICRODEGREES);
        }
        ring[CORNERS - 1] = ring[0].copy();
        Object[] values = new Object[1 + TEXT_BYTES.length + NUMBERS];
        int next = 0;
        values[next++] = FACTORY.createPolygon(ring).getNumPoints();
        for (int length : TEXT_BYTES) {
            values[next++] = new String(record, in.position(), length, StandardCharsets.ISO_8859_1);
            in.position(in.position() + length);
        }
        for (int i = 0; i < NUMBERS; i++) {
            values[next++] = in.getLong();
        }
        return Arrays.asList(values);
    }

    /** One cycle through all of a large array, so that no read can begin before the one before it ended. */
    private static double access(SplittableRandom random) {
        int[] chain = new int[CHAIN_INTS];
        for (int i = 0; i < CHAIN_INTS; i++) {
            chain[i] = i;
        }
        for (int i = CHAIN_INTS - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int swapped = chain[i];
            chain[i] = chain[other];
            chain[other] = swapped;
        }
        double least = Double.POSITIVE_INFINITY;
        int at = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                at = chain[at];
            }
            least = Math.min(least, (System.nanoTime() - start + (at & 1)) / (double) STEPS);
        }
        return least;
    }

    /** Returns the nanoseconds that SHA-256 of so many bytes takes. */
    double hash(int bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] content = new byte[bytes];
            return least(() -> {
                digest.update(content);
                content[0] = digest.digest()[0];
            });
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Returns the nanoseconds that making a text of so many bytes takes, the bytes anywhere in 64 MB. */
    double text(int bytes) {
        byte[] source = new byte[1 << 26];
        SplittableRandom random = new SplittableRandom(1);
        return least(() -> {
            int at = random.nextInt(source.length - bytes);
            source[at] = (byte) new String(source, at, bytes, StandardCharsets.ISO_8859_1).length();
        });
    }

    private static double least(Runnable work) {
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            least = Math.min(least, (System.nanoTime() - start) / (double) CALLS);
        }
        return least;
    }

    /**
     * Returns the nanoseconds a pair of area and candidate takes, with the areas prepared anew in each round.
     *
     * @param candidates the footprints whose box meets that of each question's area
     */
    static double exactTest(List<Question> questions, List<List<Geometry>> candidates) {
        double least = Double.POSITIVE_INFINITY;
        long pairs = candidates.stream().mapToLong(List::size).sum();
        for (int round = 0; round < ROUNDS; round++) {
            long met = 0;
            long start = System.nanoTime();
            for (int i = 0; i < questions.size(); i++) {
                PreparedGeometry area =
                        PreparedGeometryFactory.prepare(questions.get(i).place().geometry());
                for (Geometry candidate : candidates.get(i)) {
                    met += area.intersects(candidate) ? 1 : 0;
                }
            }
            least = Math.min(least, System.nanoTime() - start + (met & 1));
        }
        return pairs == 0 ? 0 : least / pairs;
    }
}
