package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CellCoverTest {
    /** The box [179, 0, -179, 6]: columns 31 and 0 of rows 16 and 17, as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of().parseHex("0400" + "0002" + "1f02" + "2002" + "3f02");

    private static byte[] body(CellCover cover) {
        ByteBuffer target = ByteBuffer.allocate(cover.bodyBytes());
        cover.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static CellCover open(byte[] bytes) throws CorruptSectionException {
        return CellCover.open(ByteBuffer.wrap(bytes), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        CellCover cover = open(GOLDEN_V1);
        assertEquals(4, cover.count());
        assertTrue(cover.mayMeet(BoundingBox.of(175, 3, 176, 3)));
        assertFalse(cover.mayMeet(BoundingBox.of(0, 0, 1, 1)));
        assertArrayEquals(
                GOLDEN_V1, body(new CellCover.Builder().add(179, 0, -179, 6).build()));
    }

    @Test
    void boxesThatTouchMeetAcrossTheAntimeridianAndAtThePoles() {
        CellCover cover = new CellCover.Builder().add(180, 90, 180, 90).build();
        assertEquals(1, cover.count());
        assertTrue(cover.mayMeet(BoundingBox.of(-180, 90, -179, 90)));
        assertFalse(cover.mayMeet(BoundingBox.of(-179, 89, -178, 90)));
        CellCover none = new CellCover.Builder()
                .add(Float.NaN, Float.NaN, Float.NaN, Float.NaN)
                .build();
        assertFalse(none.mayMeet(BoundingBox.GLOBE));
        assertEquals(2, none.bodyBytes());
    }

    @Test
    void listsAndBitsAreReadBackOnBothSidesOfTheirBound() throws CorruptSectionException {
        CellCover.Builder builder = new CellCover.Builder();
        for (int cell = 0; cell < 1024; cell++) {
            float west = -180 + cell % 32 * 11.25f + 1;
            float south = -90 + cell / 32 * 5.625f + 1;
            CellCover cover = builder.add(west, south, west, south).build();
            assertEquals(cell + 1, cover.count());
            assertEquals(cell < 63 ? 2 * cell + 4 : 130, cover.bodyBytes());
            assertEquals(cover, open(body(cover)));
        }
        assertEquals("1024 cells", builder.build().toString());
    }

    @Test
    void neverMissesABox() {
        Seeded.repeat(500, CellCoverTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        CellCover.Builder builder = new CellCover.Builder();
        BoundingBox[] boxes = new BoundingBox[random.nextInt(1, 5)];
        CellCover union = builder.build();
        for (int i = 0; i < boxes.length; i++) {
            BoundingBox drawn = CellGridTest.draw(random);
            float[] sides = {(float) drawn.west(), (float) drawn.south(), (float) drawn.east(), (float) drawn.north()};
            boxes[i] = new BoundingBox(sides[0], sides[1], sides[2], sides[3]);
            builder.add(sides[0], sides[1], sides[2], sides[3]);
            union = union.union(new CellCover.Builder()
                    .add(sides[0], sides[1], sides[2], sides[3])
                    .build());
        }
        CellCover cover = open(body(builder.build()));
        assertEquals(cover, union);
        assertEquals(cover.hashCode(), union.hashCode());
        for (int i = 0; i < 20; i++) {
            BoundingBox query = CellGridTest.draw(random);
            boolean meets = Arrays.stream(boxes).anyMatch(query::intersects);
            assertTrue(cover.mayMeet(query) || !meets, () -> "missed " + query);
        }
    }

    @Test
    void refusesWhatItDoesNotWrite() throws CorruptSectionException {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, CellCoverTest::open);
        byte[] all = body(new CellCover.Builder().add(-180, -90, 180, 90).build());
        Faults.assertEveryBitFlipRefused(all, CellCoverTest::open);
        Faults.assertEveryTruncationRefused(all, CellCoverTest::open);
        byte[] order = GOLDEN_V1.clone();
        order[4] = 0;
        assertEquals(
                "cell cover: cell 512 after 512 (expected ascending below 1024) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(order)).getMessage());
    }
}
