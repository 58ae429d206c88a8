package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Chunks that fail, in whichever thread and order. */
class BindingTest {
    private static final DatasetSchema SCHEMA =
            DatasetSchema.temporal().field(Field.int64("value")).build().numbered();
    private static final int CHUNKS = 5;

    private static List<Datapoint> rows(int... invalid) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < CHUNKS * Binding.CHUNK_ROWS; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(i)).set("value", i).build());
        }
        for (int row : invalid) {
            rows.set(row, rows.get(row).toBuilder().set("value", "text").build());
        }
        return rows;
    }

    /** Has others do all that is left when one chunk is looked at, and fails where another one is to be made. */
    private static final class Disturbed extends Binding {
        private final int overtaken;
        private final int unmade;
        private final Throwable failure;

        Disturbed(List<Datapoint> rows, int overtaken, int unmade, Throwable failure) {
            super(rows, new Target(1, new UUID(1, 2), SCHEMA, 1), IngestOptions.DEFAULT, Limits.defaults());
            this.overtaken = overtaken;
            this.unmade = unmade;
            this.failure = failure;
        }

        @Override
        boolean isNeeded(int chunk) {
            if (chunk == overtaken) {
                work();
            }
            return super.isNeeded(chunk);
        }

        @Override
        BindChunk begin(int chunk) {
            if (chunk == unmade) {
                if (failure instanceof Error) {
                    throw (Error) failure;
                }
                throw (RuntimeException) failure;
            }
            return super.begin(chunk);
        }
    }

    @Test
    void aChunkThatCouldNotBeMadeFailsTheCall() {
        for (Throwable failure : List.of(new OutOfMemoryError("of a test"), new IllegalStateException("of a test"))) {
            for (int unmade : new int[] {0, 2, CHUNKS - 1}) {
                for (int overtaken : new int[] {-1, 1}) {
                    Binding binding = new Disturbed(rows(), overtaken, unmade, failure);
                    binding.work();
                    assertSame(failure, assertThrows(Throwable.class, binding::await));
                }
            }
        }
    }

    @Test
    void aChunkThatOthersOvertookAndFailedAfterIsStillBound() {
        Binding binding = new Disturbed(rows(3 * Binding.CHUNK_ROWS), 1, -1, new AssertionError());
        binding.work();
        List<BindChunk> chunks = binding.await();
        assertEquals(4, chunks.size());
        assertTrue(chunks.get(3).hasFailed());
        assertEquals(Binding.CHUNK_ROWS, chunks.get(1).rows().count());
    }

    @Test
    void theFirstFailureInTheOrderOfTheCallCounts() {
        Binding binding = new Disturbed(rows(Binding.CHUNK_ROWS + 1), 1, 3, new AssertionError("of a test"));
        binding.work();
        List<BindChunk> chunks = binding.await();
        assertEquals(2, chunks.size());
        assertTrue(chunks.get(1).hasFailed());
    }

    @Test
    void othersAreAskedForHelpWithMoreThan1024Rows() {
        assertFalse(binding(1024).isLarge());
        assertTrue(binding(1025).isLarge());
    }

    private static Binding binding(int rows) {
        return new Disturbed(rows().subList(0, rows), -1, -1, new AssertionError());
    }
}
