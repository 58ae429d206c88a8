package org.almagest.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Digits written eight at a time are those that formatting writes. */
class DigitWordsTest {
    private static final long[] POWERS = {0, 9, 10, 99, 9_999, 10_000, 99_999_999, 100_000_000, 999_999_999_999_999_999L
    };

    private static void assertDecimal(long number) {
        String all = String.format(Locale.ROOT, "%020d", number);
        for (int digits = 0; digits <= 18; digits++) {
            ByteSink out = new ByteSink();
            DigitWords.putDecimal(number, digits, out);
            assertEquals(all.substring(20 - digits), text(out), () -> Long.toString(number));
        }
    }

    private static void assertHex(long number) {
        String all = String.format(Locale.ROOT, "%016x", number);
        for (int digits = 0; digits <= 16; digits++) {
            ByteSink out = new ByteSink();
            DigitWords.putHex(number, digits, DigitWords.LOWER_ABOVE, out);
            assertEquals(all.substring(16 - digits), text(out));
            out.clear();
            DigitWords.putHex(number, digits, DigitWords.UPPER_ABOVE, out);
            assertEquals(all.substring(16 - digits).toUpperCase(Locale.ROOT), text(out));
        }
    }

    private static String text(ByteSink out) {
        return new String(out.bytes(), 0, out.length(), StandardCharsets.US_ASCII);
    }

    @Test
    void everyNumberOfFourDigitsIsWritten() {
        for (int number = 0; number < 10_000; number++) {
            ByteSink out = new ByteSink();
            DigitWords.putDecimal(number * 10_000L + number, 8, out);
            assertEquals(String.format(Locale.ROOT, "%04d%04d", number, number), text(out));
        }
    }

    @Test
    void numbersAtThePowersAndAnywhereAreWritten() {
        for (long number : POWERS) {
            assertDecimal(number);
            assertHex(number);
            assertHex(-number);
        }
        Seeded.repeat(200, random -> {
            assertDecimal(random.nextLong(1_000_000_000_000_000_000L) >>> random.nextInt(60));
            assertHex(random.nextLong() >>> random.nextInt(64));
        });
    }
}
