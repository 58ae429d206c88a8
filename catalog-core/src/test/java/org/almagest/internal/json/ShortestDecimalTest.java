package org.almagest.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShortestDecimalTest {
    @Test
    void writesNumbersAsEcmaScriptDoes() {
        assertSpelling("0", 0.0);
        assertSpelling("0", -0.0);
        assertSpelling("1", 1);
        assertSpelling("-1", -1);
        assertSpelling("0.1", 0.1);
        assertSpelling("0.30000000000000004", 0.1 + 0.2);
        assertSpelling("100", 100);
        assertSpelling("123456789012345680000", 123456789012345680000.0);
        assertSpelling("100000000000000000000", 1e20);
        assertSpelling("1e+21", 1e21);
        assertSpelling("1.5e+300", 1.5e300);
        assertSpelling("0.000001", 1e-6);
        assertSpelling("1e-7", 1e-7);
        assertSpelling("1.25e-7", 1.25e-7);
        assertSpelling("9007199254740991", 9007199254740991.0);
        assertSpelling("9007199254740992", 9007199254740992.0);
        assertSpelling("5e-324", Double.MIN_VALUE);
        assertSpelling("1e-323", 2 * Double.MIN_VALUE);
        assertSpelling("1.5e-323", 3 * Double.MIN_VALUE);
        assertSpelling("2e-323", 4 * Double.MIN_VALUE);
        assertSpelling("2.2250738585072014e-308", Double.MIN_NORMAL);
        assertSpelling("1.7976931348623157e+308", Double.MAX_VALUE);
    }

    /** RFC 8785, appendix B: bits and text. */
    @Test
    void agreesWithTheSamplesOfRfc8785() {
        assertBits("9007199254740992", 0x4340000000000000L);
        assertBits("-9007199254740992", 0xc340000000000000L);
        assertBits("295147905179352830000", 0x4430000000000000L);
        assertBits("9.999999999999997e+22", 0x44b52d02c7e14af5L);
        assertBits("1e+23", 0x44b52d02c7e14af6L);
        assertBits("1.0000000000000001e+23", 0x44b52d02c7e14af7L);
        assertBits("999999999999999700000", 0x444b1ae4d6e2ef4eL);
        assertBits("999999999999999900000", 0x444b1ae4d6e2ef4fL);
        assertBits("1e+21", 0x444b1ae4d6e2ef50L);
        assertBits("9.999999999999997e-7", 0x3eb0c6f7a0b5ed8cL);
        assertBits("0.000001", 0x3eb0c6f7a0b5ed8dL);
        assertBits("333333333.3333332", 0x41b3de4355555553L);
        assertBits("333333333.33333325", 0x41b3de4355555554L);
        assertBits("333333333.3333333", 0x41b3de4355555555L);
        assertBits("333333333.3333334", 0x41b3de4355555556L);
        assertBits("333333333.33333343", 0x41b3de4355555557L);
        assertBits("-0.0000033333333333333333", 0xbecbf647612f3696L);
        assertBits("1424953923781206.2", 0x43143ff3c1cb0959L);
    }

    @Test
    void isShorterThanOlderJdksWrite() {
        assertSpelling("2e-44", 2.0E-44);
        assertSpelling("2.2e-322", 2.2E-322);
        assertSpelling("2e+23", 2.0E23);
        assertSpelling("5.684341886080802e-14", 5.684341886080802E-14);
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(Double.NEGATIVE_INFINITY));
    }

    @Test
    void isTheShortestThatReadsBackAndTheClosestOfThose() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value != 0) {
                checkShortest(value);
            }
            checkShortest(random.nextInt(1, 360_000_000) / 1e6);
            checkShortest(random.nextLong(1, 1L << 60));
        }
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double power = Math.scalb(1.0, exponent);
            checkShortest(power);
            checkShortest(Math.nextUp(power));
            checkShortest(Math.nextDown(power) == 0 ? power : Math.nextDown(power));
        }
    }

    private static void checkShortest(double value) {
        String text = ShortestDecimal.of(value);
        assertEquals(value, Double.parseDouble(text), text);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = new BigDecimal(text).stripTrailingZeros();
        int digits = shortest.precision();
        if (digits > 1) {
            assertTrue(!readsBack(exact, digits - 1, value), () -> text + " has a digit too many");
        }
        BigDecimal error = shortest.subtract(exact).abs();
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
            BigDecimal other = exact.round(new MathContext(digits, mode));
            if (other.doubleValue() == value) {
                assertTrue(error.compareTo(other.subtract(exact).abs()) <= 0, () -> text + " is not the closest");
            }
        }
    }

    private static boolean readsBack(BigDecimal exact, int digits, double value) {
        return exact.round(new MathContext(digits, RoundingMode.FLOOR)).doubleValue() == value
                || exact.round(new MathContext(digits, RoundingMode.CEILING)).doubleValue() == value;
    }

    private static void assertSpelling(String expected, double value) {
        assertEquals(expected, ShortestDecimal.of(value));
    }

    private static void assertBits(String expected, long bits) {
        assertEquals(expected, ShortestDecimal.of(Double.longBitsToDouble(bits)));
    }
}
