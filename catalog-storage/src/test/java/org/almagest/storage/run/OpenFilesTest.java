package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    /** A file that is there until it is let go. */
    private static final class Resource {
        volatile boolean gone;

        void go() {
            gone = true;
        }
    }

    @Test
    void aFileGoesWithTheLastPinThatWasTakenBeforeItRetired() {
        OpenFiles files = new OpenFiles();
        Resource first = new Resource();
        Resource second = new Resource();
        OpenFiles.Pin early = files.pin();
        OpenFiles.Pin beside = files.pinBeside(early);
        files.retire(List.of(first::go));
        OpenFiles.Pin late = files.pin();
        files.retire(List.of(second::go));
        late.close();
        assertFalse(second.gone, "what an earlier pin may read stays");
        early.close();
        early.close();
        assertFalse(first.gone, "closing a pin twice counts once");
        beside.close();
        assertTrue(first.gone);
        assertTrue(second.gone);
    }

    @Test
    void aClosedStoreRefusesPinsAndEndsWithTheLastOne() {
        OpenFiles files = new OpenFiles();
        Resource file = new Resource();
        files.closeAtEnd(file::go);
        OpenFiles.Pin pin = files.pin();
        files.close();
        assertEquals(
                "catalog: closed",
                assertThrows(IllegalStateException.class, files::pin).getMessage());
        assertThrows(IllegalStateException.class, () -> files.pinBeside(pin));
        assertFalse(file.gone);
        pin.close();
        assertTrue(file.gone);
    }

    @Test
    void nothingGoesWhileAThreadReadsIt() throws Exception {
        OpenFiles files = new OpenFiles();
        AtomicReference<Resource> visible = new AtomicReference<>(new Resource());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(pool.submit(() -> read(files, visible)));
            }
            List<Resource> retired = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                Resource before = visible.getAndSet(new Resource());
                files.retire(List.of(before::go));
                retired.add(before);
            }
            for (Future<Integer> reader : readers) {
                assertEquals(0, reader.get());
            }
            assertTrue(retired.stream().allMatch(resource -> resource.gone), "nothing is forgotten");
        } finally {
            pool.shutdown();
        }
    }

    /** Returns how often what a pin keeps was gone. */
    private static int read(OpenFiles files, AtomicReference<Resource> visible) {
        int gone = 0;
        for (int i = 0; i < 100_000; i++) {
            OpenFiles.Pin pin = files.pin();
            Resource resource = visible.get();
            gone += resource.gone ? 1 : 0;
            pin.close();
        }
        return gone;
    }
}
