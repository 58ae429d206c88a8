package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.CorruptStoreException;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.aggregate.Aggregates;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.DoomedRows;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.RowArrays;
import org.almagest.storage.run.Run;
import org.junit.jupiter.api.Test;

/** What the JVM throws over mapped bytes leaves a query as a refusal that names the file of the run. */
class UnreadableRunTest {
    private static final DatasetSchema SCHEMA =
            DatasetSchema.temporal().field(Field.int64("value")).build().numbered();
    private static final int ROWS = 100;
    private static final Query SOME = Query.during(TimeInterval.parse("1970-01-01T00:00:10Z/1970-01-01T00:01:00Z"))
            .build();

    private boolean broken = true;

    private static MemoryRun rows() {
        RowArrays rows = RowArrays.of(ROWS, 0, MemoryRunBuilder.Keys.UNKEYED);
        for (int i = 0; i < ROWS; i++) {
            DatapointId id = new DatapointId((i * 1_000L) << 16, i);
            rows.highs()[i] = id.high();
            rows.lows()[i] = id.low();
        }
        return MemoryRun.of(rows, 1, 1);
    }

    /** Returns a run of which one method fails as mapped bytes do. */
    private ScanSource failing(String method) {
        MemoryRun rows = rows();
        Run run = (Run) Proxy.newProxyInstance(
                Run.class.getClassLoader(), new Class<?>[] {Run.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("unreadable")) {
                        return new CorruptStoreException("segment: cannot be read", "data/1", 7, (Error) arguments[0]);
                    }
                    if (broken && called.getName().equals(method)) {
                        throw new InternalError("of a test");
                    }
                    try {
                        return called.invoke(rows, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new ScanSource(new UUID(1, 2), SCHEMA, List.of(LiveRun.of(run)), 9);
    }

    private static Scan.Bounds bounds(Set<Shortcut> shortcuts) {
        return new Scan.Bounds(Limits.defaults(), Deadline.NEVER, shortcuts, null);
    }

    private static void refused(Runnable work) {
        CorruptStoreException refused = assertThrows(CorruptStoreException.class, work::run);
        assertEquals("segment: cannot be read [data/1 @ 7]", refused.getMessage());
    }

    @Test
    void whereARangeIsSearched() {
        List<ScanSource> sources = List.of(failing("lowerBound"));
        for (Set<Shortcut> shortcuts : List.of(EnumSet.allOf(Shortcut.class), EnumSet.noneOf(Shortcut.class))) {
            Scan.Bounds bounds = bounds(shortcuts);
            refused(() -> Scan.count(sources, SOME, bounds));
            refused(() -> Scan.of(sources, SOME, bounds));
            refused(() -> Aggregates.of(sources, SOME, List.of(Aggregation.count()), bounds));
        }
    }

    @Test
    void whereABatchTakesRows() {
        for (String method : List.of("idHigh", "idLow", "borrow")) {
            List<ScanSource> sources = List.of(failing(method));
            Scan.Bounds bounds = bounds(EnumSet.allOf(Shortcut.class));
            BatchArrays.Shape shape = new BatchArrays.Shape(List.of(SCHEMA), null, Limits.defaults());
            broken = false;
            Scan scan = Scan.of(sources, SOME, bounds);
            BatchFill fill = new BatchFill(shape, 10, () -> false, () -> {});
            scan.advance();
            broken = true;
            refused(() -> {
                scan.take(fill, 10);
                fill.read();
            });
        }
    }

    @Test
    void whereARowIsFoundByItsIdKeyOrTime() {
        DatapointId id = new DatapointId(5_000L << 16, 5);
        for (String method : List.of("lowerBound", "idHigh", "idLow")) {
            LiveRows rows = new LiveRows(failing(method).runs());
            refused(() -> rows.find(id));
        }
        LiveRows keys = new LiveRows(failing("keyCandidates").runs());
        refused(() -> keys.findKey(SCHEMA, new byte[] {1}));
        refused(() -> keys.firstHeld(SCHEMA, new LiveRows.Keys(new long[1], new BitSet(), number -> new byte[] {1})));
        LiveRows times = new LiveRows(failing("lowerBound").runs());
        refused(() -> times.addSpan(new DoomedRows(), 0, 10_000, 9));
    }

    @Test
    void whereRowsAreLookedAt() {
        for (String method : List.of("idHigh", "idLow", "boxes")) {
            List<ScanSource> sources = List.of(failing(method));
            Scan.Bounds bounds = bounds(EnumSet.allOf(Shortcut.class));
            refused(() -> {
                Scan scan = Scan.of(sources, SOME, bounds);
                scan.advance();
                scan.id();
                scan.datapoint();
            });
        }
    }
}
