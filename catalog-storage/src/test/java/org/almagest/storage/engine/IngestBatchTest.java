package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.junit.jupiter.api.Test;

/** Which calls have their rows copied into the order of ids by the caller, before the log thread decides them. */
class IngestBatchTest {
    private static final DatasetSchema PLAIN =
            DatasetSchema.temporal().field(Field.int64("value")).build().numbered();
    private static final DatasetSchema KEYED =
            PLAIN.toBuilder().key("value").build().numbered();
    private static final int ROWS = 3_000;

    /** Returns those of rows with ascending ids that a call offers. */
    private static List<Datapoint> rows(IntPredicate offered) {
        return IntStream.range(0, ROWS)
                .filter(offered)
                .mapToObj(n ->
                        Datapoint.at(Instant.ofEpochSecond(n)).set("value", n).build())
                .toList();
    }

    private static IngestBatch batch(DatasetSchema schema, IngestMode mode, List<Datapoint> rows) {
        Target target = new Target(1, new UUID(1, 2), schema, 1);
        Binding binding = new Binding(rows, target, IngestOptions.of(mode), Limits.defaults());
        binding.work();
        return IngestBatch.of(binding.await(), rows, schema, mode, Limits.defaults());
    }

    private static LiveRows live(DatasetSchema schema, IntPredicate stored) {
        IngestBatch rows = batch(schema, IngestMode.SKIP_EXISTING, rows(stored));
        return new LiveRows(List.of(LiveRun.of(MemoryRun.of(rows.rows(), 1, 1))));
    }

    private static boolean isGatheredByTheCaller(DatasetSchema schema, IngestMode mode, IntPredicate stored) {
        IngestBatch batch = batch(schema, mode, rows(n -> true));
        batch.prepare(live(schema, stored));
        return batch.isGathered();
    }

    @Test
    void rowsThatAreAllThereAreNotCopied() {
        assertFalse(isGatheredByTheCaller(PLAIN, IngestMode.SKIP_EXISTING, n -> true));
        assertFalse(isGatheredByTheCaller(PLAIN, IngestMode.REFUSE_EXISTING, n -> true));
    }

    @Test
    void rowsThatAreCertainToBeReadAreCopiedByTheCaller() {
        assertTrue(isGatheredByTheCaller(KEYED, IngestMode.REPLACE, n -> true));
        assertTrue(isGatheredByTheCaller(KEYED, IngestMode.SKIP_EXISTING, n -> true));
    }

    @Test
    void aCallOfWhichAPartIsThereIsCopiedByTheCaller() {
        int part = ROWS / (IngestBatch.PROBES - 1) + 1;
        for (int from = 0; from + part <= ROWS; from += part / 2) {
            int first = from;
            IntPredicate stored = n -> n < first || n >= first + part;
            assertTrue(isGatheredByTheCaller(PLAIN, IngestMode.SKIP_EXISTING, stored), "without " + first);
        }
        assertTrue(isGatheredByTheCaller(PLAIN, IngestMode.SKIP_EXISTING, n -> n < ROWS - 1), "but the last");
    }

    @Test
    void callsOfFewRowsAreCopiedWithoutALook() {
        for (int rows : new int[] {1, IngestBatch.PROBES - 1, IngestBatch.PROBES}) {
            IngestBatch batch = batch(PLAIN, IngestMode.SKIP_EXISTING, rows(n -> n < rows));
            batch.prepare(live(PLAIN, n -> true));
            assertEquals(rows < IngestBatch.PROBES, batch.isGathered(), rows + " rows");
        }
    }
}
