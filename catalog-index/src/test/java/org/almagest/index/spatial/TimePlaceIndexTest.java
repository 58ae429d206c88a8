package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimePlaceIndexTest {
    private static final long START = -1_000;

    private record Row(int member, long millis, float west, float south) {
        boolean matches(long first, long last, @Nullable BoundingBox near) {
            return millis >= first
                    && millis <= last
                    && (near == null || near.intersects(BoundingBox.of(west, south, west + 1, south + 1)));
        }
    }

    @Test
    void marksEverySetWithAMatchAndFewOthers() {
        int[] marked = new int[1];
        int[] matched = new int[1];
        Seeded.repeat(60, random -> {
            int members = 1 + random.nextInt(2_000);
            long span = 1 + random.nextLong(10_000_000);
            List<Row> rows = rows(random, members, span);
            TimePlaceIndex index = index(rows, members, START + span);
            for (int i = 0; i < 20; i++) {
                long first = START - 100 + random.nextLong(span + 200);
                long last = first + random.nextLong(1 + span / (1 + random.nextInt(2_000)));
                float west = random.nextInt(-180, 178);
                float south = random.nextInt(-90, 88);
                BoundingBox near = random.nextInt(3) == 0 ? null : BoundingBox.of(west, south, west + 2, south + 2);
                long[] marks = new long[(members + 63) / 64];
                index.mark(first, last, near == null ? null : List.of(near), marks);
                for (Row row : rows) {
                    if (row.matches(first, last, near)) {
                        assertTrue((marks[row.member / 64] >>> row.member & 1) == 1, row::toString);
                        matched[0]++;
                    }
                }
                for (long word : marks) {
                    marked[0] += Long.bitCount(word);
                }
            }
        });
        assertTrue(marked[0] < 10 * matched[0] + 100, marked[0] + " marked, " + matched[0] + " match");
    }

    @Test
    void setsFarApartAreReachedInSteps() {
        TimePlaceIndex.Builder rows = new TimePlaceIndex.Builder(0, 10, 100_000, 4);
        float[] box = {1, 1, 2, 2};
        for (int member : new int[] {0, 254, 509, 99_999}) { // 254 fits a byte, 255 does not
            rows.add(member, 5, box, 0);
        }
        long[] marks = new long[100_000 / 64 + 1];
        TimePlaceIndex index = rows.build();
        index.mark(0, 10, null, marks);
        assertEquals(100_000, index.memberCount());
        for (int member = 0; member < 100_000; member++) {
            boolean expected = member == 0 || member == 254 || member == 509 || member == 99_999;
            assertEquals(expected, (marks[member / 64] >>> member & 1) == 1, "set " + member);
        }
    }

    @Test
    void rowsOfOneSetInAStepAndACellTakeOneEntry() {
        TimePlaceIndex.Builder rows = new TimePlaceIndex.Builder(0, 10, 1, 10);
        for (int i = 0; i < 10; i++) {
            rows.add(0, i, new float[] {0, 0, 0, 1, 1, 2, 2}, 3);
        }
        TimePlaceIndex index = rows.build();
        assertEquals(3 + 2 * Integer.BYTES, index.bytes());
    }

    @Test
    void withdrawnSetsHaveNoRows() {
        TimePlaceIndex.Builder rows = new TimePlaceIndex.Builder(0, 10, 4, 10);
        float[] box = {1, 1, 2, 2};
        rows.add(0, 1, box, 0);
        rows.withdraw(0);
        rows.add(1, 1, box, 0);
        rows.add(2, 1, box, 0);
        rows.add(2, 2, box, 0);
        rows.withdraw(2);
        rows.add(3, 1, box, 0);
        long[] marks = new long[1];
        rows.build().mark(0, 10, null, marks);
        assertEquals(0b1010, marks[0]);
    }

    @Test
    void aTimeOutsideMarksNothing() {
        TimePlaceIndex.Builder rows = new TimePlaceIndex.Builder(10, 20, 1, 1);
        rows.add(0, 10, new float[] {1, 1, 2, 2}, 0);
        TimePlaceIndex index = rows.build();
        long[] marks = new long[1];
        index.mark(0, 9, null, marks);
        index.mark(21, 30, null, marks);
        assertEquals(0, marks[0]);
        index.mark(Long.MIN_VALUE, Long.MAX_VALUE, List.of(BoundingBox.GLOBE), marks);
        assertEquals(1, marks[0]);
    }

    private static List<Row> rows(SplittableRandom random, int members, long span) {
        List<Row> rows = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            for (int i = random.nextInt(8); i > 0; i--) {
                rows.add(new Row(
                        member,
                        START + random.nextLong(span + 1),
                        random.nextInt(-1800, 1790) / 10f,
                        random.nextInt(-900, 890) / 10f));
            }
        }
        return rows;
    }

    private static TimePlaceIndex index(List<Row> rows, int members, long last) {
        TimePlaceIndex.Builder builder = new TimePlaceIndex.Builder(START, last, members, rows.size());
        for (Row row : rows) {
            float[] box = {row.west, row.south, row.west + 1, row.south + 1};
            builder.add(row.member, row.millis, box, 0);
        }
        return builder.build();
    }
}
