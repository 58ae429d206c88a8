package org.almagest.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each encoding of bytes gives back its boundary values, is chosen where it fits, and refuses what it cannot read. */
class ContentEncodingsTest {
    private static final EncodedColumn.Encoder ENCODER = new ContentEncoder()::encode;

    private static List<@Nullable String> texts(int count, IntFunction<@Nullable String> text) {
        List<@Nullable String> all = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> all.add(text.apply(i)));
        return all;
    }

    /** Asserts that texts come back, also where every third row has none, and how they are encoded. */
    private static void assertEncoded(int encoding, List<@Nullable String> texts) throws CorruptSectionException {
        assertEquals(encoding, assertComesBack(texts).encoding(), texts::toString);
        assertComesBack(texts(texts.size(), i -> i % 3 == 1 ? null : texts.get(i)));
    }

    private static EncodedColumn assertComesBack(List<@Nullable String> texts) throws CorruptSectionException {
        EncodedColumn column = EncodedColumn.of(texts);
        assertEquals(texts, column.read(texts));
        return column;
    }

    private static void assertRefused(String rule, EncodedColumn column, List<@Nullable String> texts) {
        assertEquals(
                rule,
                assertThrows(CorruptSectionException.class, () -> column.read(texts))
                        .rule());
    }

    private static String noise(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    @Test
    void equalBytesAreAConstant() throws CorruptSectionException {
        assertEncoded(Encoding.CONSTANT, texts(5, i -> "equal"));
        assertEncoded(Encoding.CONSTANT, texts(5, i -> ""));
        assertEncoded(Encoding.CONSTANT, texts(1, i -> "the only one"));
        assertNotEquals(
                Encoding.CONSTANT, assertComesBack(Arrays.asList("a", "b")).encoding());
        List<@Nullable String> equal = texts(5, i -> "equal");
        EncodedColumn column = EncodedColumn.of(equal);
        assertRefused("part of 2147483647 bytes at 49", longer(column, 1), equal);
    }

    /** Returns the column with a length of all but the highest bit. */
    private static EncodedColumn longer(EncodedColumn column, int at) {
        return column.with(at, 0xFF).with(at + 1, 0xFF).with(at + 2, 0xFF).with(at + 3, 0x7F);
    }

    @Test
    void aFewValuesAreADictionary() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> values =
                IntStream.range(0, 65).mapToObj(i -> noise(random, 20 + i)).toList();
        assertEncoded(Encoding.DICTIONARY, texts(30, i -> values.get(i % 2)));
        assertEncoded(Encoding.DICTIONARY, texts(64 * 4, i -> values.get(i / 4)));
        assertNotEquals(
                Encoding.DICTIONARY,
                assertComesBack(texts(65 * 4, i -> values.get(i / 4))).encoding());
        List<@Nullable String> two = texts(30, i -> values.get(i % 2));
        EncodedColumn column = EncodedColumn.of(two);
        int count = 1 + 1 + Long.BYTES + Integer.BYTES; // the encoding and packed codes of one bit
        assertEquals(2, column.at(count));
        assertRefused("dictionary of 0 values", column.with(count, 0), two);
        assertRefused("dictionary of 2 values: code 2", column.with(2, 1), two);
        int firstEnd = count + Short.BYTES;
        EncodedColumn before = column.with(firstEnd, -1).with(firstEnd + 1, -1).with(firstEnd + 2, -1);
        List<@Nullable String> seconds = texts(30, i -> i % 2 == 0 ? null : two.get(i));
        assertRefused("dictionary: value 1 begins at -1", before.with(firstEnd + 3, -1), seconds);
    }

    @Test
    void anythingElseStaysAsItIs() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(2);
        List<@Nullable String> noise = texts(200, i -> noise(random, i % 50));
        assertEncoded(Encoding.PLAIN, noise);
        assertThrows(
                CorruptSectionException.class,
                () -> EncodedColumn.of(noise).with(1 + 1 + 3, 0x7F).read(noise),
                "starts beyond the page");
    }

    @Test
    void digitsOfOneLengthAreANumber() throws CorruptSectionException {
        assertEncoded(Encoding.DIGITS, texts(100, i -> String.valueOf((char) ('0' + i % 10)) + i / 10));
        List<@Nullable String> longest = texts(
                40, i -> ("" + (1_000_000_000L + i * 7_654_321L)).repeat(2).substring(0, 18));
        longest.set(7, "0".repeat(18));
        longest.set(8, "9".repeat(18));
        assertEncoded(Encoding.DIGITS, longest);
        List<@Nullable String> two = texts(90, i -> Integer.toString(10 + i));
        assertRefused("number 10 (at most 1 digits)", EncodedColumn.of(two).with(1, 1), two);
        assertRefused("19 digits (at most 18)", EncodedColumn.of(longest).with(1, 19), longest);
        List<@Nullable String> tooLong = texts(40, i -> longest.get(i) + (i * 7 % 10));
        assertEncoded(Encoding.CONCAT, tooLong);
    }

    @Test
    void hexadecimalDigitsAreANumber() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(3);
        List<@Nullable String> lower = texts(60, i -> Long.toHexString(random.nextLong() | 1L << 63));
        lower.set(3, "0".repeat(16));
        lower.set(4, "f".repeat(16));
        assertEncoded(Encoding.HEX, lower);
        assertRefused(
                "17 hexadecimal digits (at most 16)", EncodedColumn.of(lower).with(1, 17), lower);
        List<@Nullable String> upper = texts(60, i -> lower.get(i).toUpperCase(Locale.ROOT));
        assertEncoded(Encoding.HEX, upper);
        List<@Nullable String> mixed = texts(60, i -> i % 2 == 0 ? lower.get(i) : upper.get(i));
        assertNotEquals(Encoding.HEX, assertComesBack(mixed).encoding());
        assertComesBack(texts(60, i -> lower.get(i) + lower.get(59 - i)));
    }

    @Test
    void decimalsAreNumbers() throws CorruptSectionException {
        assertEncoded(
                Encoding.DECIMAL,
                Arrays.asList("0", "-1", "12.5", "0.001", "99999", "-0.5", "123456789.25", "7", "10", "-77.125"));
        assertEncoded(
                Encoding.DECIMAL,
                Arrays.asList("999999999999999999", "-99999999999999999", "0", "1", "22", "333", "4444", "5", "66"));
        for (String other : List.of("007", "1.10", "-0", "+1", "1.", ".5", "1e3", "", "-", "1234567890123456789")) {
            List<@Nullable String> odd =
                    Arrays.asList("0", "-1", "12.5", "0.001", "99999", "-0.5", "1234567.25", "7", "10", other);
            assertNotEquals(Encoding.DECIMAL, assertComesBack(odd).encoding(), other);
        }
        List<@Nullable String> numbers = texts(30, i -> "" + i * i * 0.25);
        assertComesBack(numbers);
        List<@Nullable String> whole = texts(30, i -> "" + i * i * 37);
        assertRefused(
                "decimals of 18 digits (at most 17)", EncodedColumn.of(whole).with(1, 18), whole);
    }

    @Test
    void textsOfOneLengthAreTakenApart() throws CorruptSectionException {
        List<@Nullable String> names =
                texts(90, i -> "S2A_2025" + (char) ('0' + i % 10) + i / 10 + "T_" + (char) ('A' + i % 7));
        assertEncoded(Encoding.CONCAT, names);
        List<@Nullable String> twice = texts(90, i -> "a" + (1_000_000 + i * i) + "b" + (1_000_000 + i * i));
        List<@Nullable String> once = texts(90, i -> "a" + (1_000_000 + i * i) + "b");
        assertEncoded(Encoding.CONCAT, twice);
        int more = EncodedColumn.ofLong(twice, ENCODER).bytes()
                - EncodedColumn.ofLong(once, ENCODER).bytes();
        assertTrue(more < 30, "what is there twice is stored once: " + more);
        assertEquals(twice, EncodedColumn.ofLong(twice, ENCODER).read(twice));
    }

    @Test
    void documentsOfFewShapesAreLeaves() throws CorruptSectionException {
        ShapeEncoder shapes = ShapeEncoder.ofJson(new ContentEncoder());
        EncodedColumn.Encoder encoder = (values, page) -> assertTrue(shapes.encode(values, page, 0));
        List<@Nullable String> documents = texts(
                60,
                i -> i % 4 == 0
                        ? null
                        : i % 4 == 1
                                ? "{\"a\":" + i * i + ",\"b\":{\"c\":\"x" + i + "\"}}"
                                : "{\"a\":" + i + ",\"list\":[1,2," + i + "]}");
        EncodedColumn column = EncodedColumn.ofLong(documents, encoder);
        assertEquals(Encoding.SHAPES, column.encoding());
        assertEquals(documents, column.read(documents));
        assertNeverWorse(column, documents);
    }

    @Test
    void leavesOfEveryKindComeBack() {
        ShapeEncoder shapes = ShapeEncoder.ofJson(new ContentEncoder());
        EncodedColumn.Encoder encoder = (values, page) -> assertTrue(shapes.encode(values, page, 0));
        Seeded.repeat(100, random -> {
            String name = "S2A_" + random.nextInt(90) + "_T";
            int large = random.nextInt(1, 63);
            List<@Nullable String> documents = texts(random.nextInt(2, 90), i -> {
                StringBuilder document = new StringBuilder("{");
                for (int leaf = 0; leaf < 12; leaf++) {
                    document.append("\"").append("m".repeat(leaf * leaf)).append("\":");
                    document.append(
                            switch (leaf % 6) {
                                case 0 -> (random.nextLong() >>> large) - 7;
                                case 1 -> random.nextInt(2_000) / 1_000.0 - 1;
                                case 2 -> "\"" + name + i + "/" + i + "\"";
                                case 3 -> "\"" + Long.toHexString(random.nextLong() | Long.MIN_VALUE) + "\"";
                                case 4 -> "\"" + "small".repeat(random.nextInt(1, 9)) + "\"";
                                default ->
                                    "\"" + (1_000 + random.nextInt(9_000)) + "_"
                                            + noise(random, 30)
                                                    .replace('"', ' ')
                                                    .replace('\\', ' ') + "\"";
                            });
                    document.append(leaf < 11 ? "," : "}");
                }
                return document.toString();
            });
            EncodedColumn column = EncodedColumn.ofLong(documents, encoder);
            assertEquals(documents, column.read(documents));
        });
    }

    @Test
    void longTextsAreCompressedTogether() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(4);
        List<@Nullable String> texts =
                texts(80, i -> "the same beginning ".repeat(30) + noise(random, random.nextInt(30)));
        assertEncoded(Encoding.BLOCKS, texts);
        assertNotEquals(
                Encoding.BLOCKS,
                assertComesBack(texts(80, i -> noise(random, 256 + random.nextInt(30))))
                        .encoding());
    }

    @Test
    void unknownEncodingsAreRefused() {
        List<@Nullable String> texts = texts(5, i -> "equal");
        for (int encoding : new int[] {0, 11, 15, 20, 255}) {
            assertRefused(
                    "encoding " + encoding + " at depth 0",
                    EncodedColumn.of(texts).with(0, encoding),
                    texts);
        }
    }

    @Test
    void whateverIsWrittenComesBack() {
        Seeded.repeat(300, random -> {
            int kind = random.nextInt(6);
            int length = random.nextInt(1, 30);
            List<@Nullable String> texts = texts(
                    random.nextInt(1, 200),
                    i -> random.nextInt(5) == 0
                            ? null
                            : switch (kind) {
                                case 0 -> noise(random, random.nextInt(length));
                                case 1 -> noise(random, length);
                                case 2 -> "" + random.nextLong() / (1L << random.nextInt(63));
                                case 3 -> "id-" + Long.toHexString(random.nextLong()) + "/" + random.nextInt(9);
                                case 4 -> "word " + random.nextInt(9) + " of " + random.nextInt(1_000) + " words";
                                default -> "" + random.nextInt(1_000) / 8.0;
                            });
            if (texts.stream().anyMatch(text -> text != null)) {
                assertComesBack(texts);
            }
        });
    }

    @Test
    void damageIsRefusedOrReadAsOtherBytesAndNeverWorse() {
        SplittableRandom random = new SplittableRandom(6);
        List<List<@Nullable String>> columns = List.of(
                texts(20, i -> "equal"),
                texts(20, i -> i % 2 == 0 ? "a longer value" : "another long one"),
                texts(20, i -> noise(random, i)),
                texts(20, i -> "S2A_" + (1_000 + i * 37) + "_" + (char) ('A' + i)),
                texts(20, i -> "" + i * i * 37 / 4.0),
                texts(20, i -> "word " + i + " of " + i * i + " words"),
                texts(20, i -> "the same beginning ".repeat(30) + i));
        for (List<@Nullable String> texts : columns) {
            assertNeverWorse(EncodedColumn.of(texts), texts);
            assertNeverWorse(EncodedColumn.ofLong(texts, ENCODER), texts);
        }
    }

    private static void assertNeverWorse(EncodedColumn column, List<@Nullable String> texts) {
        for (int at = 0; at < column.end() - column.start(); at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                EncodedColumn damaged = column.with(at, column.at(at) ^ 1 << bit);
                try {
                    damaged.read(texts);
                } catch (CorruptSectionException | IndexOutOfBoundsException | NegativeArraySizeException e) {
                    assertTrue(e.getMessage() != null, "what SegmentPages takes for damage");
                }
            }
        }
    }
}
