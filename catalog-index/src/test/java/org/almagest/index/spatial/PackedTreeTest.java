package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.internal.format.Presence;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class PackedTreeTest {
    private static final float[] NONE = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};

    /** Boxes [0, 0, 1, 1], none, [179, 10, -179, 12], as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("03000000030000000100000000000000"
                    + "000034c3000000000000344300004041"
                    + "00407f00000000000000000000000000"
                    + "6a006a00000000000000000000000000"
                    + "00407f00000000000000000000000000"
                    + "7f0a7f00000000000000000000000000"
                    + "020000000000000002000000ffffffff"
                    + "ffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffff");

    static ByteBuffer boxes(float[]... boxes) {
        ByteBuffer target = ByteBuffer.allocate(16 * boxes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] box : boxes) {
            for (float side : box) {
                target.putFloat(side);
            }
        }
        return target.flip();
    }

    private static byte[] body(float[]... boxes) {
        PackedTreeBuilder builder = PackedTreeBuilder.of(boxes(boxes));
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static PackedTree open(byte[] bytes) throws CorruptSectionException {
        return PackedTree.open(ByteBuffer.wrap(bytes), "x");
    }

    private static int[] search(PackedTree tree, double west, double south, double east, double north) {
        RowBuffer out = new RowBuffer();
        tree.search(new BoundingBox(west, south, east, north), 0, tree.rowCount(), out);
        return Arrays.copyOf(out.array(), out.count());
    }

    private static float[] box(double west, double south, double east, double north) {
        return new float[] {(float) west, (float) south, (float) east, (float) north};
    }

    private static float[][] goldenBoxes() {
        return new float[][] {box(0, 0, 1, 1), NONE, box(179, 10, -179, 12)};
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        PackedTree tree = open(GOLDEN_V1);
        assertEquals(3, tree.rowCount());
        assertEquals(3, tree.entryCount());
        assertArrayEquals(new int[] {0, 2}, search(tree, -180, -90, 180, 90));
        assertArrayEquals(new int[] {0}, search(tree, 0.5, 0.5, 0.6, 0.6));
        assertArrayEquals(new int[] {2}, search(tree, -179.5, 11, -179.4, 11));
        assertEquals("", tree.findProblem());
        assertArrayEquals(GOLDEN_V1, body(goldenBoxes()));
    }

    @Test
    void aLookSaysWhichRowsItIsGoingToRead() throws CorruptSectionException {
        float[][] boxes = new float[2_000][];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = box(i % 50, i / 50, i % 50, i / 50);
        }
        byte[] bytes = body(boxes);
        BitSet needed = new BitSet();
        Presence presence = new Presence() {
            @Override
            public void need(int offset, int length) {
                assertTrue(offset >= 0 && length > 0 && length <= bytes.length - offset, offset + " + " + length);
                needed.set(offset, offset + length);
            }

            @Override
            public Presence from(int offset) {
                throw new AssertionError(offset);
            }
        };
        PackedTree tree = PackedTree.open(ByteBuffer.wrap(bytes), presence, "x");
        for (BoundingBox asked : List.of(new BoundingBox(3, 3, 4, 4), new BoundingBox(0, 0, 49, 39))) {
            needed.clear();
            RowBuffer out = new RowBuffer();
            tree.look(List.of(asked)).search(0, tree.rowCount(), out);
            assertTrue(out.count() > 0);
            Set<Integer> found = IntStream.of(Arrays.copyOf(out.array(), out.count()))
                    .boxed()
                    .collect(Collectors.toSet());
            for (int entry = 0; entry < tree.entryCount(); entry++) {
                int at = tree.shape.rowsOffset() + entry * Integer.BYTES;
                if (found.contains(tree.row(entry))) {
                    assertTrue(needed.nextClearBit(at) >= at + Integer.BYTES, "entry " + entry);
                }
            }
        }
    }

    @Test
    void sidesThatTouchMeetAndTheNextFloatDoesNot() throws CorruptSectionException {
        PackedTree tree = open(body(box(10, 10, 10, 10)));
        assertArrayEquals(new int[] {0}, search(tree, 10, 10, 20, 20));
        assertArrayEquals(new int[] {0}, search(tree, 0, 0, 10, 10));
        assertArrayEquals(new int[] {}, search(tree, Math.nextUp(10f), 0, 20, 20));
        assertArrayEquals(new int[] {}, search(tree, 0, 0, 20, Math.nextDown(10f)));
    }

    @Test
    void longitude180IsLongitudeMinus180() throws CorruptSectionException {
        PackedTree tree = open(body(box(180, 0, 180, 0), box(-180, 0, -180, 0), box(170, 0, -180, 0)));
        int[] all = {0, 1, 2};
        assertArrayEquals(all, search(tree, 175, 0, 180, 0));
        assertArrayEquals(all, search(tree, -180, 0, -175, 0));
        assertArrayEquals(all, search(tree, 175, 0, -175, 0));
        assertArrayEquals(all, search(tree, 180, 0, -180, 0));
        assertArrayEquals(all, search(tree, -180, 0, 180, 0));
        assertArrayEquals(new int[] {2}, search(tree, 160, 0, 175, 0));
    }

    @Test
    void aRowIsReportedOnceWhateverItCrosses() throws CorruptSectionException {
        PackedTree tree = open(body(box(100, -10, -100, 10), box(-180, -90, 180, 90)));
        assertArrayEquals(new int[] {0, 1}, search(tree, 90, -5, -90, 5));
        RowBuffer out = new RowBuffer();
        List<BoundingBox> twice = List.of(BoundingBox.of(150, 0, 160, 1), BoundingBox.of(-160, 0, -150, 1));
        assertEquals(2, tree.search(twice, 0, 2, out));
        assertEquals(1, tree.search(twice, 1, 2, out));
        assertArrayEquals(new int[] {0, 1, 1}, Arrays.copyOf(out.array(), out.count()), "appended behind");
        assertEquals(0, tree.search(twice, 2, 9, out));
        assertEquals(0, tree.search(twice, 1, 1, out));
    }

    @Test
    void aTreeWithoutBoxesHasNoNode() throws CorruptSectionException {
        assertEquals(16, body().length);
        PackedTree tree = open(body(NONE, NONE));
        assertEquals(2, tree.rowCount());
        assertEquals(0, search(tree, -180, -90, 180, 90).length);
        assertEquals(0, tree.estimate(BoundingBox.GLOBE));
        assertEquals("", tree.findProblem());
    }

    @Test
    void everyRowIsFoundAtTheSizesWhereLevelsBegin() throws CorruptSectionException {
        for (int count : new int[] {1, 15, 16, 17, 255, 256, 257, 4095, 4096, 4097}) {
            SplittableRandom random = new SplittableRandom(count);
            float[][] boxes = new float[count][];
            for (int row = 0; row < count; row++) {
                boxes[row] = draw(random, 0);
            }
            PackedTree tree = open(body(boxes));
            assertEquals("", tree.findProblem());
            assertEquals(count, search(tree, -180, -90, 180, 90).length);
            assertEquals(count, tree.estimate(BoundingBox.GLOBE));
        }
    }

    @Test
    void agreesWithANaiveScan() {
        Seeded.repeat(300, PackedTreeTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        int count = random.nextInt(1, 1 << random.nextInt(1, 13));
        int shape = random.nextInt(4);
        float[][] boxes = new float[count][];
        for (int row = 0; row < count; row++) {
            boxes[row] = draw(random, shape);
        }
        PackedTree tree = open(body(boxes));
        assertEquals("", tree.findProblem());
        for (int i = 0; i < 20; i++) {
            float[] drawn = draw(random, 4);
            BoundingBox query = new BoundingBox(drawn[0], drawn[1], drawn[2], drawn[3]);
            int first = random.nextInt(count + 1);
            int end = random.nextInt(4) == 0 ? first : random.nextInt(first, count + 1);
            RowBuffer out = new RowBuffer();
            assertEquals(out.count(), tree.search(query, first, first, out));
            assertEquals(tree.search(query, first, end, out), out.count());
            compare(boxes, query, first, end, out);
            int estimate = tree.estimate(query);
            assertTrue(estimate >= 0 && estimate <= count, () -> "estimate " + estimate + " of " + count);
            checkLook(tree, random, query, out);
        }
    }

    /** A look answers as an estimate of each box and a search for all of them, whichever way it goes. */
    private static void checkLook(PackedTree tree, SplittableRandom random, BoundingBox query, RowBuffer out) {
        List<BoundingBox> boxes = new ArrayList<>(List.of(query));
        if (random.nextBoolean()) {
            float[] drawn = draw(random, 4);
            boxes.add(new BoundingBox(drawn[0], drawn[1], drawn[2], drawn[3]));
        }
        int first = random.nextInt(tree.rowCount() + 1);
        int end = random.nextInt(first, tree.rowCount() + 1);
        TreeLook look = tree.look(boxes);
        assertEquals(boxes.stream().mapToDouble(tree::estimate).sum(), look.rows());
        out.clear();
        int count = tree.search(boxes, first, end, out);
        RowBuffer seen = new RowBuffer();
        assertEquals(count, look.search(first, end, seen));
        assertArrayEquals(Arrays.copyOf(out.array(), count), Arrays.copyOf(seen.array(), count));
    }

    private static void compare(float[][] boxes, BoundingBox query, int first, int end, RowBuffer out) {
        BitSet found = new BitSet();
        for (int i = 0; i < out.count(); i++) {
            int row = out.row(i);
            assertTrue(row >= first && row < end && (i == 0 || row > out.row(i - 1)), "ascending, in range");
            found.set(row);
        }
        // A cell is at most 360 / 128 degrees wide; no row further away than that is let through.
        BoundingBox wide = new BoundingBox(
                wrap(query.west(), query.widthDegrees(), -3),
                Math.max(-90, query.south() - 3),
                wrap(query.east(), query.widthDegrees(), 3),
                Math.min(90, query.north() + 3));
        for (int row = first; row < end; row++) {
            float[] box = boxes[row];
            boolean there = !Float.isNaN(box[1]);
            if (there) {
                BoundingBox sides = new BoundingBox(box[0], box[1], box[2], box[3]);
                assertTrue(found.get(row) || !sides.intersects(query), () -> "missed " + sides + " of " + query);
                assertTrue(!found.get(row) || sides.intersects(wide), () -> "far away: " + sides + " of " + query);
            } else {
                assertTrue(!found.get(row), "a row without a box");
            }
        }
    }

    private static double wrap(double side, double width, double shift) {
        if (width > 350) {
            return shift < 0 ? -180 : 180;
        }
        double moved = side + shift;
        return moved < -180 ? moved + 360 : moved > 180 ? moved - 360 : moved;
    }

    /** Draws small boxes, whole degrees on which sides touch, crowds, wide ones; shape 4 is never without a box. */
    private static float[] draw(SplittableRandom random, int shape) {
        if (shape > 0 && shape < 4 && random.nextInt(20) == 0) {
            return NONE;
        }
        double size = shape == 3 ? 200 : shape == 2 ? 0.001 : random.nextInt(8) == 0 ? 300 : 4;
        double west = random.nextDouble(-180, 180);
        double south = random.nextDouble(-90, 90);
        if (shape == 2) {
            west = west / 1000 + 179.9;
            south = south / 1000 + 89.9;
        }
        double east = west + random.nextDouble() * size;
        double north = Math.min(90, south + random.nextDouble() * size / 2);
        if (shape == 1 || shape == 4 && random.nextBoolean()) {
            west = Math.floor(west);
            south = Math.floor(south);
            east = Math.ceil(east);
            north = Math.ceil(north);
        }
        west = west > 180 ? west - 360 : west;
        east = east > 180 ? east - 360 : east;
        return box(west, Math.min(90, south), east, Math.min(90, north));
    }

    @Test
    void estimatesFollowTheAnswer() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(5);
        float[][] boxes = new float[20_000][];
        for (int row = 0; row < boxes.length; row++) {
            boxes[row] = draw(random, 0);
        }
        PackedTree tree = open(body(boxes));
        for (double size : new double[] {2, 10, 40, 90}) {
            int exact = search(tree, 0, 0, size, size / 2).length;
            int estimate = tree.estimate(BoundingBox.of(0, 0, size, size / 2));
            assertTrue(estimate >= exact / 2 && estimate <= 2 * exact + 20, estimate + " for " + exact);
        }
    }

    @Test
    void refusesCountsThatTheBytesDoNotHold() {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, PackedTreeTest::open);
        for (int at = 0; at < 16; at += 4) {
            for (int value : new int[] {-1, 7, 1 << 26, 1 << 27, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                byte[] bytes = GOLDEN_V1.clone();
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
                // More rows than entries is a legal tree; every other count follows from the length.
                if (at != 0 || value < 0 || value > PackedTree.ROW_COUNT_MAX) {
                    Faults.assertRefused(bytes, PackedTreeTest::open);
                }
            }
        }
        byte[] reserved = GOLDEN_V1.clone();
        reserved[12] = 1;
        assertEquals(
                "tree: reserved: 1 (expected 0) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(reserved))
                        .getMessage());
        assertEquals(
                "tree: 1 nodes in a body of 159 bytes (expected 1 in 160) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(Arrays.copyOf(GOLDEN_V1, 159)))
                        .getMessage());
    }

    @Test
    void damageNeverLeadsOutOfTheRange() {
        Seeded.repeat(300, random -> {
            float[][] boxes = new float[random.nextInt(1, 600)][];
            for (int row = 0; row < boxes.length; row++) {
                boxes[row] = draw(random, random.nextInt(4));
            }
            byte[] bytes = body(boxes);
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                PackedTree tree = open(bytes);
                RowBuffer out = new RowBuffer();
                float[] query = draw(random, 4);
                BoundingBox box = new BoundingBox(query[0], query[1], query[2], query[3]);
                tree.search(box, 0, tree.rowCount(), out);
                for (int i = 0; i < out.count(); i++) {
                    assertTrue(out.row(i) >= 0 && out.row(i) < tree.rowCount());
                }
                assertTrue(tree.estimate(box) <= tree.rowCount());
                tree.findProblem();
            } catch (CorruptSectionException refused) {
                assertTrue(refused.getMessage().startsWith("tree: "));
            }
        });
    }

    @Test
    void namesWhatDoesNotHold() throws CorruptSectionException {
        int rows = 16 + PackedTree.NODE_BYTES;
        assertEquals("entry 3: row 0 (expected -1 behind the last)", problem(rows + 12, 0));
        assertEquals("entry 0: row 3 (at most 2)", problem(rows, 3));
        assertEquals("node 0: sides out of order", problem(16, Float.floatToIntBits(181)));
        assertEquals("node 0: cell 255 (at most 127)", problem(32, -1));
    }

    private static String problem(int at, int value) throws CorruptSectionException {
        byte[] bytes = GOLDEN_V1.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return open(bytes).findProblem();
    }
}
