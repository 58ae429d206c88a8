package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.batch.RowBatch;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.query.FieldOperand;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose rows come from more segments than are read at a time. */
class MergedRunsTest {
    private static final int COLLECTIONS = 300;
    private static final int ROWS_EACH = 4;

    @TempDir
    Path folder;

    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void store() {
        Random random = new Random(11);
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.spatioTemporal("merged.runs")
                    .field(Field.string("name"))
                    .field(Field.int64("number"))
                    .build());
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < COLLECTIONS * ROWS_EACH; i++) {
                order.add(i);
                names.add("row " + i);
            }
            Collections.shuffle(order, random);
            for (int i = 0; i < COLLECTIONS; i++) {
                List<Datapoint> rows = new ArrayList<>();
                for (int number : order.subList(i * ROWS_EACH, (i + 1) * ROWS_EACH)) {
                    rows.add(Datapoint.at(Instant.ofEpochSecond(1_600_000_000L + number))
                            .set("name", names.get(number))
                            .set("number", number)
                            .geometry("POLYGON ((0 0, 10 0, 0 10, 0 0))")
                            .build());
                }
                dataset.getOrCreateCollection("c" + i).ingest(rows);
            }
        }
    }

    @Test
    void everyFormOfAnAnswerHasEveryRowInOrder() {
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.dataset("merged.runs");
            assertEquals(names, named(dataset, Query.allTime().build()));
            List<String> backwards = new ArrayList<>(names);
            Collections.reverse(backwards);
            assertEquals(
                    backwards,
                    named(dataset, Query.allTime().order(SortOrder.DESCENDING).build()));
            Query.Builder tested = Query.allTime()
                    .intersecting(BoundingBox.of(1, 1, 2, 2))
                    .where(FieldOperand.field("name").like("row%"));
            assertEquals(names, named(dataset, tested.build()));
            assertEquals(
                    List.of(),
                    named(
                            dataset,
                            Query.allTime()
                                    .intersecting(BoundingBox.of(8, 8, 9, 9))
                                    .build()));
            List<String> inBatches = new ArrayList<>();
            try (QueryResult result = dataset.query(Query.allTime().build())) {
                for (RowBatch batch : result.batches(100)) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        inBatches.add((String) batch.column("name").value(row).orElseThrow());
                    }
                }
            }
            assertEquals(names, inBatches);
        }
    }

    private static List<String> named(Dataset dataset, Query query) {
        List<String> found = new ArrayList<>();
        for (Datapoint row : dataset.query(query).toList()) {
            found.add((String) row.value("name").orElseThrow());
        }
        return found;
    }
}
