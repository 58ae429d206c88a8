package org.almagest.storage.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Texts of one length, which are cut into runs of digits, hexadecimal digits and other texts. */
class PageTextTest {
    private static final DatasetSchema TEXT =
            DatasetSchema.temporal().field(Field.string("value")).build().numbered();
    private static final DatasetSchema TEXTS = DatasetSchema.temporal()
            .field(Field.string("value").array())
            .build()
            .numbered();
    private static final int DIGITS_MOST = 19;

    private static void comeBack(DatasetSchema schema, List<?> values) throws CorruptSectionException {
        PageBuilderTest.check(schema, bodies(schema, values));
    }

    private static List<byte[]> bodies(DatasetSchema schema, List<?> values) {
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        List<byte[]> bodies = new ArrayList<>();
        for (Object value : values) {
            Datapoint row = Datapoint.at(Instant.EPOCH).set("value", value).build();
            bodies.add(binder.bind(bodies.size(), row).body());
        }
        return bodies;
    }

    @Test
    void digitsBeforeAHexadecimalLetterComeBack() throws CorruptSectionException {
        for (int digits = 15; digits <= DIGITS_MOST; digits++) {
            List<String> texts = List.of("1".repeat(digits) + "ab", "2".repeat(digits) + "bc");
            comeBack(TEXT, texts);
            comeBack(
                    TEXT,
                    texts.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList());
        }
    }

    @Test
    void aHexadecimalLetterBeforeDigitsComesBack() throws CorruptSectionException {
        for (int digits = 12; digits <= DIGITS_MOST; digits++) {
            comeBack(TEXT, List.of("a" + "1".repeat(digits), "b" + "2".repeat(digits)));
        }
    }

    @Test
    void digitsAndLettersInAnyOrderComeBack() {
        Seeded.repeat(400, random -> {
            int[] places = places(random);
            List<String> texts = new ArrayList<>();
            for (int row = 0; row < 4; row++) {
                texts.add(text(places, random));
            }
            comeBack(TEXT, texts);
            comeBack(
                    TEXTS,
                    texts.stream().map(text -> List.of(text, "x" + text, text)).toList());
        });
    }

    /** Returns what each place of a text may hold, in runs of up to 20. */
    private static int[] places(SplittableRandom random) {
        int[] places = new int[1 + random.nextInt(60)];
        for (int from = 0; from < places.length; ) {
            int kind = random.nextInt(4);
            for (int to = Math.min(places.length, from + 1 + random.nextInt(20)); from < to; from++) {
                places[from] = kind;
            }
        }
        return places;
    }

    private static String text(int[] places, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int kind : places) {
            text.append(
                    switch (kind) {
                        case 0 -> (char) ('0' + random.nextInt(10));
                        case 1 -> "0123456789abcdef".charAt(random.nextInt(16));
                        case 2 -> "0123456789ABCDEF".charAt(random.nextInt(16));
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    @Test
    void elementsOfALongArrayThatAreAlwaysEqualComeBack() throws CorruptSectionException {
        comeBack(TEXTS, List.of(Collections.nCopies(40, "1111111111"), Collections.nCopies(40, "2222222222")));
        comeBack(TEXTS, List.of(Collections.nCopies(40, "one of two"), Collections.nCopies(40, "aaaaaaaaaa")));
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < 9; row++) {
            String name = "a" + row + "b" + "xyzuvwrst".charAt(row);
            rows.add(List.of(name, "x".repeat(600) + row, name, name));
        }
        comeBack(TEXTS, rows);
    }

    /** Checks texts and returns how long the description and the whole of their only page are. */
    private static int[] described(List<String> texts) throws CorruptSectionException {
        comeBack(TEXT, texts);
        Pages pages = Pages.of(TEXT, bodies(TEXT, texts));
        assertEquals(1, pages.count());
        return new int[] {pages.buffer().getInt(PageFormat.RECORDS_OFFSET), pages.bytes()};
    }

    @Test
    void aLargeTextThatAFewRowsShareIsStoredOnceAndNotInTheDescription() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder any = new StringBuilder();
        for (int i = 0; i < 1 << 17; i++) {
            any.append((char) (' ' + random.nextInt(90)));
        }
        for (int rows : new int[] {1, 2, 7, 8, 9, 15}) {
            int[] words = described(Collections.nCopies(rows, "some words, ".repeat(10_000)));
            assertTrue(words[0] < 256 && words[1] < 4_000, words[0] + " of " + words[1]);
            int[] noise = described(Collections.nCopies(rows, any.toString()));
            assertTrue(noise[0] < 256 && noise[1] < (1 << 17) + 1_000, noise[0] + " of " + noise[1]);
        }
        assertTrue(described(Collections.nCopies(7, "abc ".repeat(200)))[0] < 256);
        assertTrue(described(Collections.nCopies(8, "abc ".repeat(200)))[0] > 800, "every row reads it there");
    }

    @Test
    void aReaderKnowsHowMuchItUnpacked() throws CorruptSectionException {
        List<String> texts = List.of("short", "ab".repeat(1_000_000), "cd".repeat(1_000_000));
        Pages pages = Pages.of(TEXT, bodies(TEXT, texts));
        PageFields fields = new PageFields(TEXT);
        for (int row = 0; row < texts.size(); row++) {
            int page = 0;
            while (pages.firstRow(page + 1) <= row) {
                page++;
            }
            fields.open(pages.buffer(), pages.start(page), row - pages.firstRow(page));
            assertEquals(texts.get(row), fields.value("value", row - pages.firstRow(page)));
        }
        assertTrue(pages.bytes() < 100_000, pages.bytes() + " bytes stored");
        assertTrue(fields.held() >= 2_000_000, fields.held() + " bytes held");
    }

    @Test
    void whatIsUnpackedOfManyFieldsIsAddedUp() throws CorruptSectionException {
        DatasetSchema.Builder many = DatasetSchema.temporal();
        for (int i = 0; i < 30; i++) {
            many.field(Field.string("f" + i));
        }
        DatasetSchema schema = many.build().numbered();
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        List<byte[]> bodies = new ArrayList<>();
        for (int row = 0; row < 64; row++) {
            Datapoint.Builder datapoint = Datapoint.at(Instant.EPOCH);
            for (int i = 0; i < 30; i++) {
                datapoint.set("f" + i, ("row " + row + " ").repeat(120));
            }
            bodies.add(binder.bind(row, datapoint.build()).body());
        }
        Pages pages = Pages.of(schema, bodies);
        PageFields fields = new PageFields(schema);
        fields.open(pages.buffer(), pages.start(0), 0);
        long unpacked = 0;
        for (int i = 0; i < 30; i++) {
            unpacked += ((String) fields.value("f" + i, 0)).length();
        }
        assertTrue(fields.held() >= unpacked, fields.held() + " bytes held of " + unpacked);
    }

    @Test
    void whatIsUnpackedInManyPagesIsAddedUp() throws CorruptSectionException {
        DatasetSchema.Builder many = DatasetSchema.temporal();
        for (int i = 0; i < 30; i++) {
            many.field(Field.string("f" + i));
        }
        DatasetSchema schema = many.build().numbered();
        PageFields fields = new PageFields(schema);
        for (int i = 0; i < 30; i++) { // each field is set in a page of its own
            List<String> texts = new ArrayList<>();
            for (int row = 0; row < 64; row++) {
                texts.add(("row " + row + " ").repeat(120));
            }
            readAll(fields, schema, "f" + i, texts);
        }
        assertTrue(fields.held() >= 30 * 10_000, () -> fields.held() + " bytes held");
    }

    @Test
    void whatIsKeptFromPageToPageIsAddedUp() throws CorruptSectionException {
        PageFields fields = new PageFields(TEXT);
        for (int page = 0; page < 100; page++) {
            List<String> texts = new ArrayList<>();
            for (int row = 0; row < 64; row++) {
                texts.add(("page " + page + " has " + row % 4 + " ").repeat(12));
            }
            readAll(fields, TEXT, "value", texts);
        }
        assertTrue(fields.held() >= 20 * 2 * 150, () -> fields.held() + " bytes held");
        assertTrue(fields.held() < 32 << 10, () -> fields.held() + " bytes held");
    }

    private static void readAll(PageFields fields, DatasetSchema schema, String field, List<String> texts)
            throws CorruptSectionException {
        RowBinder binder = new RowBinder(schema, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        List<byte[]> bodies = new ArrayList<>();
        for (String text : texts) {
            Datapoint row = Datapoint.at(Instant.EPOCH).set(field, text).build();
            bodies.add(binder.bind(bodies.size(), row).body());
        }
        Pages pages = Pages.of(schema, bodies);
        for (int page = 0; page < pages.count(); page++) {
            fields.open(pages.buffer(), pages.start(page), 0);
            for (int row = pages.firstRow(page); row < pages.firstRow(page + 1); row++) {
                assertEquals(texts.get(row), fields.value(field, row - pages.firstRow(page)));
            }
        }
    }
}
