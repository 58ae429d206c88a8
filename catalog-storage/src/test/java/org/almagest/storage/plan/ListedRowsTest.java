package org.almagest.storage.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.almagest.query.SortOrder;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ListedRowsTest {
    @Test
    void whatIsPeekedAtComesNextAndIsNotPassed() {
        Seeded.repeat(300, random -> {
            int[] rows = random.ints(random.nextInt(50), 0, 10_000)
                    .distinct()
                    .sorted()
                    .toArray();
            SortOrder order = SortOrder.values()[random.nextInt(2)];
            ListedRows listed = new ListedRows(rows, rows.length, new RowSpan(0, 10_000, order));
            for (int passed = 0; passed <= rows.length; passed++) {
                int[] expected = new int[Math.min(random.nextInt(8), rows.length - passed)];
                for (int i = 0; i < expected.length; i++) {
                    int at = passed + i;
                    expected[i] = rows[order == SortOrder.ASCENDING ? at : rows.length - 1 - at];
                }
                int[] peeked = new int[8];
                assertEquals(expected.length, listed.peek(peeked, expected.length));
                assertArrayEquals(expected, Arrays.copyOf(peeked, expected.length));
                if (passed < rows.length) {
                    assertEquals(
                            order == SortOrder.ASCENDING ? rows[passed] : rows[rows.length - 1 - passed],
                            listed.next());
                }
            }
            assertEquals(Candidates.NONE, listed.next());
            assertEquals(0, listed.peek(new int[8], 8));
        });
    }

    @Test
    void aListThatIsNotKnownYetShowsNothingAhead() {
        assertEquals(0, new AllRows(new RowSpan(0, 10, SortOrder.ASCENDING)).peek(new int[8], 8));
    }
}
