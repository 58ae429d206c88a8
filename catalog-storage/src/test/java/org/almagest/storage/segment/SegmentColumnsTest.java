package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.error.CorruptStoreException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.index.posting.RowSet;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Columns beside the rows that they come from. */
class SegmentColumnsTest {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.string("platform").queryable())
            .field(Field.float64("cloud_cover").queryable())
            .field(Field.int64("orbit"))
            .field(Field.timestamp("made").queryable())
            .build()
            .numbered();

    private record Row(BoundRow bound, Datapoint datapoint, Box box) {}

    private static List<Row> draw(SplittableRandom random, int count) {
        RowBinder binder = new RowBinder(SCHEMA, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Datapoint.Builder row = Datapoint.at(Instant.ofEpochMilli(1_700_000_000_000L + i));
            if (i % 500 > 2) {
                row.set("platform", "S2" + (char) ('A' + i / 200 % 3));
            }
            row.set("cloud_cover", random.nextInt(10_000) / 100.0);
            row.set("orbit", (long) i);
            row.set("made", Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000)));
            Datapoint datapoint = row.build();
            float west = random.nextInt(-180, 180);
            float east = west + random.nextInt(20);
            float south = random.nextInt(-80, 70);
            Box box = new Box(west, south, east > 180 ? east - 360 : east, south + random.nextInt(10));
            rows.add(new Row(binder.bind(i, datapoint), datapoint, random.nextInt(9) == 0 ? Box.NONE : box));
        }
        rows.sort(Comparator.comparing(row -> row.bound().id()));
        return rows;
    }

    private static Segments.Written write(List<Row> rows) {
        try {
            SimDisk disk = new SimDisk();
            try (SimStorage storage = new SimStorage(disk);
                    AppendFile file = storage.createNew("x")) {
                SegmentWriter writer = SegmentWriter.begin(file, Segments.IDENTITY, SCHEMA);
                SegmentRow target = new SegmentRow();
                for (int i = 0; i < rows.size(); i++) {
                    BoundRow row = rows.get(i).bound();
                    target.id(row.id().high(), row.id().low())
                            .commit(7 + i % 3, 100 + i % 3)
                            .box(
                                    rows.get(i).box().west(),
                                    rows.get(i).box().south(),
                                    rows.get(i).box().east(),
                                    rows.get(i).box().north())
                            .body(row.body(), 0, row.body().length);
                    writer.add(target);
                }
                long estimate = writer.bytesSoFar();
                SegmentDescription written = writer.finish();
                assertTrue(written.length() <= estimate, written.length() + " of " + estimate);
                return new Segments.Written(disk.bytes("x"), List.of(written));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyQueryableFieldHasItsValuesInAColumn() {
        Seeded.repeat(20, random -> {
            List<Row> rows = draw(random, SegmentWriter.COLUMN_ROWS_MIN + random.nextInt(3_000));
            try (SegmentReader reader = Segments.open(write(rows), 0)) {
                assertEquals(List.of(), reader.verify());
                for (Field field : SCHEMA.fields()) {
                    ColumnReader column = reader.column(field.number());
                    assertEquals(field.isQueryable(), column != null);
                    for (int i = 0; column != null && i < rows.size(); i++) {
                        Object expected = rows.get(i).datapoint().values().get(field.name());
                        assertEquals(expected, column.value(column.code(i)));
                    }
                }
                for (int i = 0; i < rows.size(); i++) {
                    assertEquals(i % 3, reader.commitOrdinal(i));
                }
            }
        });
    }

    @Test
    void rowsThatAreExpectedAreReadLikeOthers() {
        Seeded.repeat(20, random -> {
            List<Row> rows = draw(random, 1 + random.nextInt(3_000));
            try (SegmentReader reader = Segments.open(write(rows), 0)) {
                PageFieldCursor cursor = reader.fields(SCHEMA);
                RowSelection all = RowSelection.of(SCHEMA, null);
                for (int turn = 0; turn < 20; turn++) {
                    int[] expected = random.ints(random.nextInt(40), 0, rows.size())
                            .sorted()
                            .toArray();
                    cursor.expect(expected, expected.length == 0 ? 0 : random.nextInt(expected.length));
                    for (int row : expected) {
                        cursor.seek(row);
                        Datapoint read = cursor.datapoint(rows.get(row).bound().id(), null, all);
                        assertEquals(rows.get(row).datapoint().values(), read.values());
                    }
                }
            }
        });
    }

    @Test
    void rowsAreFoundByBoxAndByValue() {
        Seeded.repeat(8, random -> {
            List<Row> rows = draw(random, IndexSections.ROWS_MIN + random.nextInt(2_000));
            try (SegmentReader reader = Segments.open(write(rows), 0)) {
                assertEquals(List.of(), reader.verify());
                double west = random.nextInt(-180, 170);
                BoundingBox asked = BoundingBox.of(west, -20, west + 10, 5);
                BitSet met = new BitSet();
                for (int i = 0; i < rows.size(); i++) {
                    met.set(i, meets(rows.get(i).box(), asked));
                }
                RowBuffer found = new RowBuffer();
                Objects.requireNonNull(reader.tree()).search(asked, 0, rows.size(), found);
                BitSet byTree = new BitSet();
                Arrays.stream(found.array(), 0, found.count()).forEach(byTree::set);
                met.stream().forEach(row -> assertTrue(byTree.get(row), "row " + row));
                assertTrue(byTree.cardinality() <= 2 * met.cardinality() + 20, byTree.cardinality() + " rows");
                int platform = SCHEMA.fields().get(0).number();
                ColumnReader column = Objects.requireNonNull(reader.column(platform));
                for (long code = 0; code <= column.maxCode(); code++) {
                    RowSet byCode =
                            Objects.requireNonNull(reader.postings(platform)).rows(code, code);
                    for (int i = 0; i < rows.size(); i++) {
                        assertEquals(column.code(i) == code, byCode.contains(i));
                    }
                }
                assertNull(reader.postings(SCHEMA.fields().get(1).number()), "too many values");
            }
        });
    }

    private static boolean meets(Box box, BoundingBox asked) {
        boolean longitudes = box.isWrapped()
                ? box.west() <= asked.east() || box.east() >= asked.west()
                : box.west() <= asked.east() && box.east() >= asked.west();
        return box.isPresent() && longitudes && box.south() <= asked.north() && box.north() >= asked.south();
    }

    @Test
    void fewRowsHaveNoIndexes() {
        List<Row> rows = draw(new SplittableRandom(1), IndexSections.ROWS_MIN - 1);
        SegmentReader reader = Segments.open(write(rows), 0);
        assertNull(reader.tree());
        assertNull(reader.postings(SCHEMA.fields().get(0).number()));
    }

    @Test
    void fewRowsHaveNoColumns() {
        List<Row> rows = draw(new SplittableRandom(1), SegmentWriter.COLUMN_ROWS_MIN);
        assertNotNull(
                Segments.open(write(rows), 0).column(SCHEMA.fields().get(0).number()));
        Segments.Written few = write(rows.subList(1, rows.size()));
        assertNull(Segments.open(few, 0).column(SCHEMA.fields().get(0).number()));
    }

    @Test
    void verifyRefusesEveryBitFlipAndAColumnInThePlaceOfAnother() {
        Segments.Written written = write(draw(new SplittableRandom(2), SegmentWriter.COLUMN_ROWS_MIN));
        SegmentRef ref = written.ref(0);
        Faults.assertEveryBitFlipRefused(written.bytes(), bytes -> {
            if (!SegmentVerifier.verify(Segments.map(bytes), 0, ref).isEmpty()) {
                throw new CorruptStoreException("damage", Segments.FILE, 0);
            }
        });
    }

    @Test
    void aColumnThatWasChangedAfterwardsIsRefusedWhenItIsFirstUsed() throws Exception {
        Segments.Written written = write(draw(new SplittableRandom(3), SegmentWriter.COLUMN_ROWS_MIN));
        int field = SCHEMA.fields().get(1).number();
        SectionTable.Section section =
                Objects.requireNonNull(new Resealed(written).footer().sections().find(SectionKind.COLUMN, field));
        byte[] damaged = Faults.bitFlipped(written.bytes(), Byte.SIZE * (section.offset() + 100));
        try (SegmentReader reader = Segments.open(damaged, written.ref(0))) {
            assertThrows(CorruptStoreException.class, () -> reader.column(field));
            assertNotNull(reader.column(SCHEMA.fields().get(0).number()));
        }
    }
}
