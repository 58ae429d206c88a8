package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.RowArrays;
import org.almagest.storage.run.Run;
import org.junit.jupiter.api.Test;

class OpenCursorsTest {
    private static final DatasetSchema SCHEMA =
            DatasetSchema.temporal().field(Field.int64("value")).build().numbered();
    private static final int RUNS = 3 * OpenCursors.COUNT_MAX;
    private static final int ROWS = 3;

    private final AtomicInteger borrowed = new AtomicInteger();
    private final AtomicInteger reused = new AtomicInteger();

    @Test
    void anAnswerOverManyRunsHandsItsCursorsOn() {
        List<LiveRun<?>> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(LiveRun.of(counting(run(i))));
        }
        Scan.Bounds bounds = new Scan.Bounds(Limits.defaults(), Deadline.NEVER, EnumSet.allOf(Shortcut.class), null);
        Scan scan = Scan.of(
                List.of(new ScanSource(new UUID(1, 2), SCHEMA, List.copyOf(runs), 9)),
                Query.allTime().build(),
                bounds);
        for (long millis = 0; millis < RUNS * ROWS; millis++) {
            assertTrue(scan.advance());
            assertEquals(millis, scan.datapoint().time().toEpochMilli());
        }
        assertEquals(OpenCursors.COUNT_MAX, borrowed.get());
        assertEquals(RUNS * ROWS - OpenCursors.COUNT_MAX, reused.get());
    }

    /** Returns rows that lie between those of all other runs. */
    private static MemoryRun run(int number) {
        RowArrays rows = RowArrays.of(ROWS, 0, MemoryRunBuilder.Keys.UNKEYED);
        for (int i = 0; i < ROWS; i++) {
            DatapointId id = new DatapointId(((long) i * RUNS + number) << 16, i);
            rows.highs()[i] = id.high();
            rows.lows()[i] = id.low();
        }
        return MemoryRun.of(rows, 1, 1);
    }

    private Run counting(MemoryRun rows) {
        return (Run) Proxy.newProxyInstance(
                Run.class.getClassLoader(), new Class<?>[] {Run.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("borrow")) {
                        borrowed.incrementAndGet();
                    }
                    if (called.getName().equals("reuse")) {
                        reused.incrementAndGet();
                    }
                    return called.invoke(rows, arguments);
                });
    }
}
