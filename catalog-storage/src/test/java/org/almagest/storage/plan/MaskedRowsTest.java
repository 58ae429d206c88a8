package org.almagest.storage.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.almagest.query.SortOrder;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Deadline;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class MaskedRowsTest {
    private static final Deadline NEVER = Deadline.after(Optional.empty(), Clock.system());

    /** Keeps rows by a hash of their number, and passes over blocks by another. */
    private record Hashed(long seed, int kept) implements BlockFilter {
        boolean keeps(int row) {
            return mayPass(row / ROWS) && Long.remainderUnsigned(mix(seed ^ row), 100) < kept;
        }

        private static long mix(long value) {
            return new SplittableRandom(value).nextLong();
        }

        @Override
        public boolean mayPass(int block) {
            return mix(seed + block) % 3 != 0;
        }

        @Override
        public void keep(int block, int rows, long[] mask) {
            for (int i = 0; i < ROWS; i++) {
                if (i >= rows || !keeps(block * ROWS + i)) {
                    mask[i / Long.SIZE] &= ~(1L << i);
                }
            }
        }
    }

    @Test
    void theRowsThatEveryFilterKeepsComeInTheOrderOfTheSpan() {
        Seeded.repeat(1_000, random -> {
            int rowCount = 1 + random.nextInt(5_000);
            int first = random.nextInt(rowCount);
            int end = first + 1 + random.nextInt(rowCount - first);
            SortOrder order = SortOrder.values()[random.nextInt(2)];
            List<Hashed> filters = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                filters.add(new Hashed(random.nextLong(), random.nextInt(120)));
            }
            List<Integer> expected = new ArrayList<>();
            for (int row = first; row < end; row++) {
                int tested = row;
                if (filters.stream().allMatch(filter -> filter.keeps(tested))) {
                    expected.add(row);
                }
            }
            if (order == SortOrder.DESCENDING) {
                Collections.reverse(expected);
            }
            RowSpan span = new RowSpan(first, end, order);
            assertEquals(expected, rows(new MaskedRows(span, rowCount, List.copyOf(filters), NEVER)));
            MaskedRows counted = new MaskedRows(span, rowCount, List.copyOf(filters), NEVER);
            int taken = random.nextInt(expected.size() + 1);
            for (int i = 0; i < taken; i++) {
                counted.next();
            }
            assertEquals(expected.size() - taken, counted.countRest());
            assertEquals(Candidates.NONE, counted.next());
        });
    }

    @Test
    void allRowsAndListedRowsComeInTheOrderOfTheSpan() {
        assertEquals(List.of(3, 4, 5), rows(new AllRows(new RowSpan(3, 6, SortOrder.ASCENDING))));
        assertEquals(List.of(5, 4, 3), rows(new AllRows(new RowSpan(3, 6, SortOrder.DESCENDING))));
        int[] listed = {2, 7, 9, 99};
        assertEquals(List.of(2, 7, 9), rows(new ListedRows(listed, 3, new RowSpan(0, 10, SortOrder.ASCENDING))));
        assertEquals(List.of(9, 7, 2), rows(new ListedRows(listed, 3, new RowSpan(0, 10, SortOrder.DESCENDING))));
        assertEquals(List.of(), rows(new ListedRows(listed, 0, new RowSpan(0, 10, SortOrder.DESCENDING))));
    }

    private static List<Integer> rows(Candidates candidates) {
        List<Integer> rows = new ArrayList<>();
        for (int row = candidates.next(); row != Candidates.NONE; row = candidates.next()) {
            rows.add(row);
        }
        return rows;
    }
}
