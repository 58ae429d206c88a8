package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.RowArrays;
import org.almagest.storage.run.Run;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class LaterRunsTest {
    private static final DatasetSchema SCHEMA =
            DatasetSchema.temporal().field(Field.int64("value")).build().numbered();

    private final Set<Integer> searched = new HashSet<>();

    private static MemoryRun run(TreeSet<DatapointId> ids) {
        RowArrays rows = RowArrays.of(ids.size(), 0, MemoryRunBuilder.Keys.UNKEYED);
        int row = 0;
        for (DatapointId id : ids) {
            rows.highs()[row] = id.high();
            rows.lows()[row++] = id.low();
        }
        return MemoryRun.of(rows, 1, 1);
    }

    /** Takes down that a run was searched. */
    private Run noted(MemoryRun rows, int number) {
        return (Run) Proxy.newProxyInstance(
                Run.class.getClassLoader(), new Class<?>[] {Run.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("sequenceMin")) {
                        searched.add(number);
                    }
                    return called.invoke(rows, arguments);
                });
    }

    private List<DatapointId> page(List<LiveRun<?>> runs, Query query) {
        Scan.Bounds bounds = new Scan.Bounds(Limits.defaults(), Deadline.NEVER, EnumSet.allOf(Shortcut.class), null);
        Scan scan = Scan.of(List.of(new ScanSource(new UUID(1, 2), SCHEMA, runs, 9)), query, bounds);
        List<DatapointId> ids = new ArrayList<>();
        while (ids.size() < query.limit().orElseThrow() && scan.advance()) {
            ids.add(scan.id());
        }
        return ids;
    }

    @Test
    void pagesOverManyRunsHaveTheRowsOfAll() {
        Seeded.repeat(60, random -> {
            TreeSet<DatapointId> all = new TreeSet<>();
            List<LiveRun<?>> runs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                TreeSet<DatapointId> ids = ids(random);
                ids.removeAll(all);
                if (!ids.isEmpty()) {
                    all.addAll(ids);
                    runs.add(LiveRun.of(run(ids)));
                }
            }
            for (SortOrder order : SortOrder.values()) {
                List<DatapointId> expected = new ArrayList<>(order == SortOrder.ASCENDING ? all : all.descendingSet());
                List<DatapointId> paged = new ArrayList<>();
                Query.Builder query = Query.allTime().order(order).limit(random.nextInt(1, 40));
                List<DatapointId> page = page(runs, query.build());
                while (!page.isEmpty()) {
                    paged.addAll(page);
                    page = page(runs, query.after(page.get(page.size() - 1)).build());
                }
                assertEquals(expected, paged);
            }
        });
    }

    private static TreeSet<DatapointId> ids(SplittableRandom random) {
        TreeSet<DatapointId> ids = new TreeSet<>();
        long start = random.nextInt(-50, 50);
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            long millis = start + random.nextInt(random.nextBoolean() ? 2 : 30);
            ids.add(new DatapointId(millis << 16 | random.nextInt(3), random.nextInt(-2, 2)));
        }
        return ids;
    }

    @Test
    void runsThatComeLaterAreNotSearched() {
        List<LiveRun<?>> runs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TreeSet<DatapointId> ids = new TreeSet<>();
            ids.add(DatapointId.lowest(10L * i));
            ids.add(DatapointId.lowest(10L * i + 5));
            runs.add(LiveRun.of(noted(run(ids), i)));
        }
        assertEquals(
                List.of(DatapointId.lowest(995), DatapointId.lowest(990), DatapointId.lowest(985)),
                page(runs, Query.allTime().order(SortOrder.DESCENDING).limit(3).build()));
        assertTrue(searched.size() <= 3 && searched.contains(99), searched.toString());
    }
}
