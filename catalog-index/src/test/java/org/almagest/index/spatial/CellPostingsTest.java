package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.index.posting.RowSet;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CellPostingsTest {
    /** Boxes [1, 1, 2, 2], none, [-180, -90, 180, 90], as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("01000000" + "00000000" + "03000000" + "02000000" + "0100000000000000" + "00000000" + "01000000"
                    + "3800000000000000" + "12000000" + "01000000" + "3a300000" + "01000000" + "0000" + "0000"
                    + "10000000" + "0200" + "3a300000" + "01000000" + "0000" + "0000" + "10000000" + "0000");

    private static final float[] NONE = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};

    private static byte[] body(float[]... boxes) {
        CellPostingsBuilder builder = CellPostingsBuilder.of(PackedTreeTest.boxes(boxes));
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static CellPostings open(byte[] bytes) throws CorruptSectionException {
        return CellPostings.open(ByteBuffer.wrap(bytes), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        CellPostings cells = open(GOLDEN_V1);
        assertEquals(1, cells.precision());
        assertEquals(3, cells.rowCount());
        assertEquals(2, cells.cellCount());
        assertEquals(2, cells.rows(List.of(BoundingBox.of(0, 0, 1, 1))).count());
        assertEquals(1, cells.rows(List.of(BoundingBox.of(-90, 0, -80, 1))).count());
        assertEquals(0, cells.rows(List.of()).count());
        assertEquals(2, cells.countMax(List.of(BoundingBox.GLOBE)));
        assertEquals("", cells.findProblem());
        assertArrayEquals(GOLDEN_V1, body(new float[] {1, 1, 2, 2}, NONE, new float[] {-180, -90, 180, 90}));
    }

    @Test
    void manySmallBoxesGetSmallCells() throws CorruptSectionException {
        assertEquals(5, open(body(crowd(20_000, 10, 0))).precision(), "a point every 20 metres");
        assertEquals(3, open(body(crowd(20_000, 3_000, 0))).precision(), "points over 30 degrees");
        assertEquals(2, open(body(crowd(40_000, 36_000, 100))).precision(), "boxes of a degree anywhere");
        assertEquals(1, open(body(crowd(100, 36_000, 100))).precision(), "few boxes");
        assertEquals(0, open(body()).cellCount());
    }

    private static float[][] crowd(int count, int reach, int size) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] boxes = new float[count][];
        for (int row = 0; row < count; row++) {
            float west = (float) (random.nextDouble(reach) / 100 - reach / 200.0);
            float south = (float) (random.nextDouble(reach) / 200 - reach / 400.0);
            float width = size / 100f;
            boxes[row] = new float[] {west, south, Math.min(180, west + width), Math.min(90, south + width)};
        }
        return boxes;
    }

    @Test
    void neverMissesABox() {
        Seeded.repeat(200, CellPostingsTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        float[][] boxes = draw(random);
        CellPostings cells = open(body(boxes));
        assertEquals("", cells.findProblem());
        for (int i = 0; i < 10; i++) {
            List<BoundingBox> query = random.nextBoolean()
                    ? List.of(CellGridTest.draw(random))
                    : List.of(CellGridTest.draw(random), CellGridTest.draw(random));
            RowSet rows = cells.rows(query);
            assertTrue(rows.count() <= cells.countMax(query));
            for (int row = 0; row < boxes.length; row++) {
                float[] box = boxes[row];
                boolean meets = !Float.isNaN(box[1])
                        && query.stream().anyMatch(new BoundingBox(box[0], box[1], box[2], box[3])::intersects);
                assertTrue(!meets || rows.contains(row));
            }
        }
    }

    private static float[][] draw(SplittableRandom random) {
        float[][] boxes = new float[random.nextInt(1, 1 << random.nextInt(1, 12))][];
        int kind = random.nextInt(3);
        for (int row = 0; row < boxes.length; row++) {
            BoundingBox box = CellGridTest.draw(random);
            float west = (float) box.west();
            float south = (float) box.south();
            boxes[row] = random.nextInt(9) == 0
                    ? NONE
                    : kind == 0
                            ? new float[] {west, south, (float) box.east(), (float) box.north()}
                            : new float[] {west, south, Math.min(180, west + kind), Math.min(90, south + kind)};
        }
        return boxes;
    }

    @Test
    void refusesWhatDoesNotFit() {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, bytes -> {
            String problem = open(bytes).findProblem();
            if (!problem.isEmpty()) {
                throw new CorruptSectionException(problem, "x");
            }
        });
        byte[] key = GOLDEN_V1.clone();
        key[16] = 3;
        assertEquals(
                "cells: entry 0: key 3 is no cell [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(key)).getMessage());
        byte[] precision = GOLDEN_V1.clone();
        precision[0] = 6;
        Faults.assertRefused(precision, CellPostingsTest::open);
        byte[] reserved = GOLDEN_V1.clone();
        reserved[4] = 1;
        Faults.assertRefused(reserved, CellPostingsTest::open);
    }

    @Test
    void damageIsRefusedOrReadWithinBounds() {
        Seeded.repeat(200, random -> {
            byte[] bytes = body(draw(random));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                CellPostings cells = open(bytes);
                RowBuffer out = new RowBuffer();
                cells.rows(List.of(CellGridTest.draw(random))).append(0, Integer.MAX_VALUE, out);
                for (int i = 0; i < out.count(); i++) {
                    assertTrue(out.row(i) >= 0 && out.row(i) < cells.rowCount());
                }
            } catch (CorruptSectionException refused) {
                assertTrue(refused.getMessage().contains("postings: ")
                        || refused.getMessage().contains("cells: "));
            }
        });
    }
}
