package org.almagest.storage.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class PageBuilderTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());
    private static final DatapointId ID = new DatapointId(1L << 40, 5);

    /** Checks that every body comes back, and every value as a reader of bodies has it. */
    static void check(DatasetSchema schema, List<byte[]> bodies) throws CorruptSectionException {
        Pages pages = Pages.of(schema, bodies);
        PageBodies back = new PageBodies();
        PageFields fields = new PageFields(schema);
        RowReader reader = new RowReader(schema);
        RowSelection all = RowSelection.of(schema, null);
        for (int page = 0; page < pages.count(); page++) {
            pages.check(page);
            back.open(pages.buffer(), pages.start(page), 0);
            fields.open(pages.buffer(), pages.start(page), 0);
            for (int row = pages.firstRow(page); row < pages.firstRow(page + 1); row++) {
                int inPage = row - pages.firstRow(page);
                byte[] body = bodies.get(row);
                back.read(inPage);
                assertArrayEquals(body, Arrays.copyOf(back.bytes(), back.length()), "row " + row);
                assertEquals(row % 7, back.commit(inPage));
                reader.reset(body, 0, body.length);
                Datapoint expected = reader.select(ID, Instant.EPOCH, null, all);
                assertEquals(expected, fields.datapoint(ID, Instant.EPOCH, null, all, inPage), "row " + row);
                assertEquals(reader.geometryFlags(), fields.geometryFlags(inPage));
                String field = schema.fields().get(row % schema.fields().size()).name();
                assertEquals(reader.value(field), fields.value(field, inPage));
                checkOutline(fields, inPage, row % 11 - 5);
            }
        }
    }

    /** Checks that the positions of a row answer as its geometry does. */
    private static void checkOutline(PageFields fields, int row, int shift) throws CorruptSectionException {
        Geometry place = fields.geometry(row);
        Outline outline = new Outline();
        if (place == null || !fields.outline(row, outline)) {
            return;
        }
        double west = Math.min(170, place.getCoordinate().x + shift);
        double south = Math.max(-85, place.getCoordinate().y - 5);
        BoundingBox box = BoundingBox.of(west, south, west + 4, south + 4);
        PreparedFilter filter = PreparedFilter.of(Footprint.ofBox(box), PlanarPredicate.INTERSECTS);
        BoxAnswer answer = filter.decide(outline);
        if (answer != BoxAnswer.UNSURE) {
            boolean expected = filter.matchesExactly(CUT.restore(place, fields.geometryFlags(row)));
            assertEquals(expected, answer == BoxAnswer.YES, () -> box + " " + place);
        }
        assertEquals(place, fields.geometry(row), "reading the positions changes no geometry");
    }

    @Test
    void everyRowComesBackByteForByteAndValueForValue() {
        Seeded.repeat(40, random -> {
            RowMaker rows = new RowMaker(random);
            List<byte[]> bodies = new ArrayList<>();
            int count = 1 + random.nextInt(1 << random.nextInt(10));
            for (int i = 0; i < count; i++) {
                bodies.add(rows.next(i).body());
            }
            check(RowMaker.SCHEMA, bodies);
        });
    }

    @Test
    void bodiesThatAreNotFieldsInOrderComeBackToo() {
        Seeded.repeat(30, random -> {
            RowMaker rows = new RowMaker(random);
            List<byte[]> bodies = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                byte[] body = rows.next(i).body();
                bodies.add(random.nextInt(4) == 0 ? damaged(body, random) : body);
            }
            Pages pages = Pages.of(RowMaker.SCHEMA, bodies);
            PageBodies back = new PageBodies();
            for (int page = 0; page < pages.count(); page++) {
                back.open(pages.buffer(), pages.start(page), 0);
                for (int row = pages.firstRow(page); row < pages.firstRow(page + 1); row++) {
                    back.read(row - pages.firstRow(page));
                    byte[] expected = bodies.get(row);
                    assertArrayEquals(expected, Arrays.copyOf(back.bytes(), back.length()), "row " + row);
                }
            }
        });
    }

    private static byte[] damaged(byte[] body, SplittableRandom random) {
        byte[] changed = Arrays.copyOf(body, random.nextInt(body.length + 2));
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    @Test
    void textsOfDigitsComeBackAtEveryLength() throws CorruptSectionException {
        DatasetSchema schema = DatasetSchema.temporal()
                .field(Field.string("a"))
                .field(Field.string("b"))
                .build()
                .numbered();
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        SplittableRandom random = new SplittableRandom(1);
        String[] alphabets = {"0123456789", "0123456789abcdef", "0123456789ABCDEF", "/0123456789:", "09afAFgG@`"};
        for (String alphabet : alphabets) {
            for (int length = 1; length <= 41; length += length < 18 ? 1 : 5) {
                List<byte[]> bodies = new ArrayList<>();
                for (int row = 0; row < 20; row++) {
                    Datapoint.Builder datapoint = Datapoint.at(Instant.EPOCH).set("a", text(alphabet, length, random));
                    if (row % 5 > 0) {
                        datapoint.set("b", "p" + text(alphabet, length, random) + "_" + row % 10);
                    }
                    bodies.add(binder.bind(row, datapoint.build()).body());
                }
                check(schema, bodies);
            }
        }
    }

    private static String text(String alphabet, int length, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void pagesOfOneRowOfTheMostRowsAndOfOneMoreComeBack() throws CorruptSectionException {
        for (int count : new int[] {1, 2, PageFormat.ROWS_MAX, PageFormat.ROWS_MAX + 1}) {
            RowMaker rows = new RowMaker(new SplittableRandom(count));
            List<byte[]> bodies = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                bodies.add(rows.next(i).body());
            }
            check(RowMaker.SCHEMA, bodies);
            assertEquals(
                    count > PageFormat.ROWS_MAX ? 2 : 1,
                    Pages.of(RowMaker.SCHEMA, bodies).count());
        }
    }

    @Test
    void emptyBodiesHaveNoFields() throws CorruptSectionException {
        check(RowMaker.SCHEMA, List.of(new byte[0], new byte[0], new byte[0]));
    }

    @Test
    void aPageIsNeverMuchLongerThanItsBodies() {
        Seeded.repeat(200, random -> {
            RowMaker rows = new RowMaker(random);
            List<byte[]> bodies = new ArrayList<>();
            long bytes = 0;
            for (int i = random.nextInt(20); i >= 0; i--) {
                bodies.add(rows.next(i).body());
                bytes += bodies.get(bodies.size() - 1).length;
            }
            Pages pages = Pages.of(RowMaker.SCHEMA, bodies);
            assertTrue(pages.bytes() <= bytes + 16L * bodies.size() + 256, pages.bytes() + " of " + bytes);
        });
    }

    @Test
    void aSelectionHasItsFieldsOnly() throws CorruptSectionException {
        BoundRow row = new RowMaker(new SplittableRandom(3)).full();
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bodies.add(row.body());
        }
        Pages pages = Pages.of(RowMaker.SCHEMA, bodies);
        PageFields fields = new PageFields(RowMaker.SCHEMA);
        fields.open(pages.buffer(), pages.start(0), 7);
        RowSelection two = RowSelection.of(RowMaker.SCHEMA, Set.of("a_string", "a_json"));
        Datapoint read = fields.datapoint(ID, Instant.EPOCH, null, two, 7);
        assertEquals(Set.of("a_string", "a_json"), read.values().keySet());
        assertTrue(read.geometry().isEmpty());
    }

    @Test
    void everyFlippedBitIsRefused() throws CorruptSectionException {
        RowMaker rows = new RowMaker(new SplittableRandom(11));
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            bodies.add(rows.next(i).body());
        }
        Pages pages = Pages.of(RowMaker.SCHEMA, bodies);
        Faults.assertEveryBitFlipRefused(
                pages.toArray(), bytes -> pages.with(bytes).check(0));
    }

    @Test
    void whateverAPageWithAGoodChecksumSaysOnlyRefusalsComeOut() {
        Seeded.repeat(500, random -> {
            RowMaker rows = new RowMaker(random);
            List<byte[]> bodies = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                bodies.add(rows.next(i).body());
            }
            Pages pages = Pages.of(RowMaker.SCHEMA, bodies);
            byte[] bytes = pages.toArray();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int at = PageFormat.BYTES_MIN / 2 + random.nextInt(Math.min(bytes.length, 600) - 30);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] + random.nextInt(-2, 3));
            }
            readAll(pages.with(bytes));
        });
    }

    /** Reads what can be read; array bounds are what a cursor of a segment turns into a refusal. */
    private static void readAll(Pages pages) {
        PageBodies back = new PageBodies();
        PageFields fields = new PageFields(RowMaker.SCHEMA);
        RowSelection all = RowSelection.of(RowMaker.SCHEMA, null);
        try {
            back.open(pages.buffer(), 0, 0);
            fields.open(pages.buffer(), 0, 0);
        } catch (CorruptSectionException | IndexOutOfBoundsException refused) {
            return;
        }
        for (int row = 0; row < pages.firstRow(1); row++) {
            try {
                back.read(row);
                fields.datapoint(ID, Instant.EPOCH, null, all, row);
            } catch (CorruptSectionException | IndexOutOfBoundsException refused) {
                continue; // Anything else fails the test.
            }
        }
    }
}
