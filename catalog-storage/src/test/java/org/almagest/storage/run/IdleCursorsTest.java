package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

class IdleCursorsTest {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal().build().numbered();
    private static final long SMALL_HEAP = 64L << 20;

    private final SegmentFiles files =
            new SegmentFiles(new SimStorage(new SimDisk()), new StoreIdentity(1, 2), new OpenFiles());
    private final IdleCursors idle = new IdleCursors(SMALL_HEAP);

    @Test
    void aCursorIsTakenOnceAndForItsRunAndSchemaOnly() {
        SegmentRun run = run(1);
        SegmentRun other = run(1);
        FieldCursor cursor = cursor();
        idle.put(run, SCHEMA, cursor, 0);
        assertNull(idle.take(other, SCHEMA));
        assertNull(idle.take(run, DatasetSchema.temporal().build().numbered()));
        assertSame(cursor, idle.take(run, SCHEMA));
        assertNull(idle.take(run, SCHEMA));
    }

    @Test
    void manySegmentsAndThreadsKeepABoundedNumber() throws InterruptedException {
        List<SegmentRun> runs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            runs.add(run(1));
        }
        for (int i = 0; i < 32; i++) {
            Thread thread = new Thread(() -> runs.forEach(run -> idle.put(run, SCHEMA, cursor(), 0)));
            thread.start();
            thread.join();
        }
        assertTrue(idle.count() <= 16 * Stripes.count(), () -> idle.count() + " cursors");
        assertTrue(idle.count() >= 16, () -> idle.count() + " cursors");
    }

    @Test
    void runsThatWereOpenedTogetherKeepTheirsBesideEachOther() {
        List<SegmentRun> runs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            runs.add(run(1));
        }
        runs.forEach(run -> idle.put(run, SCHEMA, cursor(), 0));
        assertEquals(16, idle.count());
    }

    @Test
    void aLargeOneAndThoseOfAFileThatIsLetGoAreDropped() {
        idle.put(run(1), SCHEMA, cursor(), 1 << 20);
        assertEquals(0, idle.count());
        SegmentRun kept = run(2);
        SegmentRun dropped = run(1);
        idle.put(kept, SCHEMA, cursor(), 0);
        idle.put(dropped, SCHEMA, cursor(), 0);
        idle.forget(1);
        assertEquals(1, idle.count());
        assertNull(idle.take(dropped, SCHEMA));
    }

    @Test
    void cursorsThatAreAllAsLargeAsMayBeTakeASixteenthOfTheHeap() {
        for (long heap = 32L << 20; heap <= 8L << 30; heap *= 2) {
            IdleCursors all = new IdleCursors(heap);
            long held = 1 << 18;
            while (all.isLarge(held)) {
                held -= 256;
            }
            long most = held * all.places() * Stripes.count();
            assertTrue(most <= heap / 16, most + " bytes of " + heap);
            assertTrue(held >= 16 << 10, held + " bytes");
        }
    }

    private SegmentRun run(long fileNumber) {
        return new SegmentRun(Samples.segment(3, fileNumber, 0, null), files);
    }

    private static FieldCursor cursor() {
        return (FieldCursor) Proxy.newProxyInstance(
                IdleCursorsTest.class.getClassLoader(), new Class<?>[] {FieldCursor.class}, (proxy, method, args) -> {
                    throw new AssertionError(method);
                });
    }
}
