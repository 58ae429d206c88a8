package org.almagest.internal.value;

import static org.almagest.internal.value.ValueFamily.NUMBER;
import static org.almagest.internal.value.ValueFamily.UNORDERED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.Uint64;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class NumberConstantTest {
    private static final Uint64 UINT64_MAX = Uint64.ofBits(-1);

    @Test
    void integersKeepWhatAFloatWouldRound() {
        assertOrder(1, (1L << 53) + 1, "9007199254740992");
        assertOrder(0, (1L << 53) + 1, "9007199254740993");
        assertOrder(-1, 0x1p53, "9007199254740993");
        assertOrder(0, 0x1p53, "9007199254740992");
        assertOrder(1, Math.nextUp(0x1p53), "9007199254740993");
        assertEquals(-1, NUMBER.compare(0x1p53, (1L << 53) + 1));
        assertEquals(1, NUMBER.compare((1L << 53) + 1, 0x1p53));
    }

    @Test
    void theGreatestUnsignedIntegerIsLessThanTwoTo64() {
        assertEquals(-1, NUMBER.compare(UINT64_MAX, 0x1p64));
        assertEquals(1, NUMBER.compare(0x1p64, UINT64_MAX));
        assertEquals(1, NUMBER.compare(UINT64_MAX, Math.nextDown(0x1p64)));
        assertEquals(1, NUMBER.compare(UINT64_MAX, -1L));
        assertOrder(0, UINT64_MAX, "18446744073709551615");
        assertOrder(-1, UINT64_MAX, "18446744073709551615.5");
        assertOrder(-1, UINT64_MAX, "18446744073709551616");
        assertOrder(1, Uint64.ofBits(0), "-0.5");
        assertOrder(-1, Uint64.ofBits(0), "0.5");
        assertOrder(1, Uint64.ofBits(0), "-1e30");
    }

    @Test
    void integersCompareAtTheEndsOfTheirRange() {
        assertOrder(0, Long.MAX_VALUE, "9223372036854775807");
        assertOrder(-1, Long.MAX_VALUE, "9223372036854775807.1");
        assertOrder(-1, Long.MAX_VALUE, "9223372036854775808");
        assertOrder(0, Long.MIN_VALUE, "-9223372036854775808");
        assertOrder(1, Long.MIN_VALUE, "-9223372036854775808.1");
        assertOrder(1, Long.MIN_VALUE, "-9223372036854775809");
        assertOrder(-1, -1L, "-0.5");
        assertOrder(1, 0, "-0.5");
        assertEquals(-1, NUMBER.compare(Long.MAX_VALUE, 0x1p63));
        assertEquals(0, NUMBER.compare(Long.MIN_VALUE, -0x1p63));
        assertEquals(1, NUMBER.compare(Long.MIN_VALUE, Math.nextDown(-0x1p63)));
    }

    @Test
    void zerosOfBothSignsAreEqual() {
        assertOrder(0, -0.0, "0");
        assertOrder(0, -0.0f, "0.00");
        assertEquals(0, NUMBER.compare(-0.0, 0.0));
        assertEquals(0, NUMBER.compare(0L, -0.0));
    }

    @Test
    void nanIsUnordered() {
        assertOrder(UNORDERED, Double.NaN, "0");
        assertOrder(UNORDERED, Float.NaN, "0");
        for (Object other : List.of(1, 1L, UINT64_MAX, 1.0, 1f, Double.NaN, BigDecimal.ONE)) {
            assertEquals(UNORDERED, NUMBER.compare(other, Double.NaN));
            assertEquals(UNORDERED, NUMBER.compare(Double.NaN, other));
            assertEquals(UNORDERED, NUMBER.against(Double.NaN).compare(other));
        }
    }

    @Test
    void infinitiesLieBeyondEveryNumber() {
        for (Object other : List.of(1, Long.MAX_VALUE, UINT64_MAX, Double.MAX_VALUE, 1f, new BigDecimal("1e400"))) {
            assertEquals(-1, NUMBER.against(Double.POSITIVE_INFINITY).compare(other));
            assertEquals(1, NUMBER.against(Double.NEGATIVE_INFINITY).compare(other));
            assertEquals(1, NUMBER.compare(Double.POSITIVE_INFINITY, other));
        }
        assertEquals(0, NUMBER.against(Double.POSITIVE_INFINITY).compare(Float.POSITIVE_INFINITY));
        assertOrder(1, Double.POSITIVE_INFINITY, "1e400");
        assertOrder(-1, Double.MAX_VALUE, "1e400");
        assertOrder(1, Float.POSITIVE_INFINITY, "1e39");
    }

    @Test
    void aDecimalStandsForTheFloatThatIsWrittenSo() {
        assertOrder(0, 0.1, "0.1");
        assertOrder(0, 0.1, "0.10");
        assertOrder(0, 0.1, "0.1000000000000000055511151231257827021181583404541015625");
        assertOrder(1, 0.1, "0.10000000000000000001");
        assertOrder(0, 0.1 + 0.2, "0.30000000000000004");
        assertOrder(1, 0.1 + 0.2, "0.3");
        assertOrder(0, 1e23, "1e23");
        assertOrder(0, 0.1f, "0.1");
        assertOrder(0, 0.1f, "0.100000001");
        assertOrder(1, 0.1f, "0.1000000000000000055511151231257827021181583404541015625");
        assertEquals(1, NUMBER.compare(0.1f, 0.1), "two floats compare by their exact values");
    }

    @Test
    void hugeNumbersCostNothing() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (Object value : List.of(1, 1L, UINT64_MAX, 1.0, 1f)) {
                assertOrder(-1, value, "1e2147483647");
                assertOrder(1, value, "-1e2147483647");
                assertOrder(1, value, "1e-2147483647");
                assertOrder(1, value, "-1e-2147483647");
            }
        });
    }

    @Test
    void agreesWithDecimalArithmetic() {
        Seeded.repeat(20_000, NumberConstantTest::checkAgainstDecimals);
    }

    private static void checkAgainstDecimals(SplittableRandom random) {
        Object value = Numbers.value(random);
        BigDecimal constant = random.nextInt(4) == 0
                ? Numbers.exact(Numbers.value(random))
                        .add(new BigDecimal(random.nextInt(3) - 1).movePointLeft(random.nextInt(25)))
                : Numbers.decimal(random);
        int expected = Numbers.order(value, constant);
        assertEquals(expected, NUMBER.against(constant).compare(value), value + " to " + constant);
        assertEquals(
                expected == 0,
                ValueSet.of(NUMBER, List.of(constant, BigDecimal.TEN.pow(50))).contains(value));
        Object other = Numbers.value(random);
        assertEquals(
                Integer.signum(Numbers.exact(value).compareTo(Numbers.exact(other))),
                NUMBER.compare(value, other),
                value + " to " + other);
    }

    private static void assertOrder(int expected, Object value, String constant) {
        BigDecimal decimal = new BigDecimal(constant);
        assertEquals(expected, NUMBER.against(decimal).compare(value), value + " to " + constant);
        if (expected != UNORDERED) {
            assertEquals(
                    expected == 0, ValueSet.of(NUMBER, List.of(decimal)).contains(value), value + " in " + constant);
        }
    }
}
