package org.almagest.storage.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.function.Supplier;
import org.almagest.error.StorageFailedException;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.FrameKind;
import org.junit.jupiter.api.Test;

/** Changes for which there is not enough memory. */
class PendingTest {
    private static final OutOfMemoryError FULL = new OutOfMemoryError("Java heap space");
    private static final Snapshot BEFORE = new Snapshot(0, 0, 0, CatalogMetadata.EMPTY, Map.of());
    private static final Snapshot.Stamp STAMP = new Snapshot.Stamp(1, 1, 1);

    private record Scripted(Supplier<Decision<String>> script) implements Change<String> {
        @Override
        public long encodedBytes() {
            return 0;
        }

        @Override
        public Decision<String> decide(Snapshot before, Snapshot.Stamp stamp) {
            return script.get();
        }
    }

    private static void assertRefused(Pending<?> pending) {
        pending.complete();
        StorageFailedException refused = assertThrows(StorageFailedException.class, pending::await);
        assertEquals(
                "store: change: not enough memory for it (nothing was stored): Java heap space", refused.getMessage());
        assertSame(FULL, refused.getCause());
    }

    @Test
    void aChangeThatMemoryDoesNotSufficeToDecideFailsAlone() {
        Pending<String> pending = new Pending<>(new Scripted(() -> {
            throw FULL;
        }));
        assertNull(pending.decide(BEFORE, STAMP));
        assertRefused(pending);
    }

    @Test
    void aChangeThatMemoryDoesNotSufficeToEncodeFailsAlone() {
        Pending<String> pending =
                new Pending<>(new Scripted(() -> new Decision<>("done", BEFORE, FrameKind.COMMIT, () -> {
                    throw FULL;
                })));
        assertNotNull(pending.decide(BEFORE, STAMP));
        assertNull(pending.payload());
        assertRefused(pending);
    }
}
