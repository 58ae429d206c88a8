package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.run.MemoryRunBuilder.Keys;
import org.almagest.storage.segment.Box;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class LiveRowsTest {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.string("name"))
            .key("name")
            .build()
            .numbered();
    private static final RowBinder BINDER = new RowBinder(
            SCHEMA, new UUID(1, 2), Limits.defaults(), IngestOptions.of(org.almagest.model.IngestMode.SKIP_EXISTING));

    /** Returns a run of rows whose times ascend with their keys. */
    private static LiveRun<?> run(int sequence, List<Integer> ascendingKeys) {
        MemoryRunBuilder run = new MemoryRunBuilder(Keys.KEYED, 0, 0);
        for (int key : ascendingKeys) {
            BoundRow row = BINDER.bind(
                    0,
                    Datapoint.at(Instant.ofEpochSecond(key))
                            .set("name", "key " + key)
                            .build());
            StoredRow stored = new StoredRow(
                    row.body(), 0, row.body().length, Box.NONE, KeyHash.of(row.key()), sequence, sequence);
            run.add(row.id().high(), row.id().low(), stored);
        }
        return LiveRun.of(run.build());
    }

    private static byte[] key(int key) {
        return RowBinder.encodeKey(SCHEMA, "key " + key);
    }

    private static LiveRows.Held firstHeld(LiveRows rows, int[] keys, BitSet except) {
        long[] hashes = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            hashes[i] = KeyHash.of(key(keys[i]));
        }
        return rows.firstHeld(SCHEMA, new LiveRows.Keys(hashes, except, i -> key(keys[i])));
    }

    @Test
    void theFirstKeyCountsWhateverRunHoldsIt() {
        LiveRows rows = new LiveRows(List.of(run(1, List.of(7, 9)), run(2, List.of(3, 5))));
        LiveRows.Held held = firstHeld(rows, new int[] {1, 5, 9, 3}, new BitSet());
        assertNotNull(held);
        assertEquals(1, held.number());
        assertEquals(1, held.place().ordinal());
        assertNull(firstHeld(rows, new int[] {1, 2}, new BitSet()));
        assertNull(firstHeld(rows, new int[0], new BitSet()));
    }

    @Test
    void findsWhatLookingForOneKeyAfterTheOtherFinds() {
        Seeded.repeat(200, LiveRowsTest::compareWithSingleSearches);
    }

    private static void compareWithSingleSearches(SplittableRandom random) {
        List<LiveRun<?>> runs = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Integer> keys = random.ints(random.nextInt(1, 12), 0, 200)
                    .sorted()
                    .distinct()
                    .boxed()
                    .toList();
            runs.add(run(i + 1, keys));
        }
        LiveRows rows = new LiveRows(runs);
        int[] asked = random.ints(random.nextInt(30), 0, 200).toArray();
        BitSet except = new BitSet();
        LiveRows.Held expected = null;
        for (int i = 0; i < asked.length; i++) {
            if (random.nextInt(3) == 0) {
                except.set(i);
            }
            LiveRows.Place place = except.get(i) ? null : rows.findKey(SCHEMA, key(asked[i]));
            expected = expected == null && place != null ? new LiveRows.Held(i, place) : expected;
        }
        assertEquals(expected, firstHeld(rows, asked, except));
    }
}
