package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almagest.internal.row.IdVectors.Named;
import org.almagest.internal.row.IdVectors.Row;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdVectorsTest {
    private static final IdVectors VECTORS = IdVectors.read();

    static Iterable<Row> datapoints() {
        return VECTORS.datapoints();
    }

    @ParameterizedTest
    @MethodSource("datapoints")
    void datapointHasThePublishedId(Row vector) throws Exception {
        RowBinder binder =
                new RowBinder(vector.schema(), vector.collectionId(), Limits.defaults(), IngestOptions.DEFAULT);
        BoundRow row = binder.bind(0, vector.datapoint());
        assertEquals(vector.id(), row.id().toString());
        assertEquals(
                row.id(),
                ContentId.datapointId(vector.collectionId(), row.timeMillis(), vector.schema(), row.body()),
                "from the stored body");
    }

    @ParameterizedTest
    @MethodSource("datapoints")
    void whatWasReadBackHasTheSameId(Row vector) throws Exception {
        RowBinder binder =
                new RowBinder(vector.schema(), vector.collectionId(), Limits.defaults(), IngestOptions.DEFAULT);
        BoundRow row = binder.bind(0, vector.datapoint());
        RowReader reader = new RowReader(vector.schema());
        reader.reset(row.body(), 0, row.body().length);
        Datapoint read = reader.datapoint(row.id(), 1_700_000_000_000_001L, null);
        BoundRow again = binder.bind(0, read);
        assertEquals(row.id(), again.id());
        assertArrayEquals(row.body(), again.body());
    }

    @Test
    void datasetsHaveThePublishedIds() {
        for (Named vector : VECTORS.datasets()) {
            assertEquals(vector.id(), ContentId.datasetId(vector.parent(), vector.name()), vector.name());
        }
    }

    @Test
    void collectionsHaveThePublishedIds() {
        for (Named vector : VECTORS.collections()) {
            assertEquals(vector.id(), ContentId.collectionId(vector.parent(), vector.name()), vector.name());
        }
    }

    @Test
    void thereAreVectorsOfEverything() {
        assertEquals(112, VECTORS.datapoints().size());
        assertEquals(6, VECTORS.datasets().size());
        assertEquals(9, VECTORS.collections().size());
    }

    /** The concrete values of the acceptance scenarios, which come from the clock alone. */
    @Test
    void idsBeginWithTheTime() {
        assertTrue(VECTORS.datapoint("R1 of the acceptance scenarios").id().startsWith("0195dc91-45d8-7"));
        assertTrue(VECTORS.datapoint("R2 of the acceptance scenarios").id().startsWith("0195dc92-2098-7"));
        assertTrue(VECTORS.datapoint("R5 of the acceptance scenarios").id().startsWith("0195dc92-2098-7"));
    }
}
