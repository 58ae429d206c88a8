package org.almagest.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.almagest.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class DecimalTextTest {
    @Test
    void spellsEachValueOneWay() {
        for (String same : new String[] {"1", "1.0", "1e0", "10E-1", "0.1e+1", "1.000", "100e-2"}) {
            assertEquals("1", DecimalText.canonical(same));
        }
        assertEquals("0", DecimalText.canonical("-0"));
        assertEquals("0", DecimalText.canonical("0.000e99999999999999999999"));
        assertEquals("-0.5", DecimalText.canonical("-5e-1"));
        assertEquals("1e+21", DecimalText.canonical("1000000000000000000000"));
        assertEquals("100000000000000000000", DecimalText.canonical("1e20"));
        assertEquals("1e-7", DecimalText.canonical("0.0000001"));
        assertEquals("0.000001", DecimalText.canonical("1e-6"));
        assertEquals("120", DecimalText.canonical("1.2e2"));
    }

    @Test
    void keepsDigitsThatFloat64WouldLose() {
        assertEquals("9007199254740993", DecimalText.canonical("9007199254740993"));
        assertEquals(
                "0.1000000000000000055511151231257827", DecimalText.canonical("0.1000000000000000055511151231257827"));
        assertEquals("1.2345678901234567890123456789e+29", DecimalText.canonical("123456789012345678901234567890"));
        assertEquals("4.9e-324", DecimalText.canonical("4.9e-324"));
        assertEquals("1e+400", DecimalText.canonical("1e400"));
        assertEquals("-1e-400", DecimalText.canonical("-0.1E-399"));
    }

    @Test
    void refusesExponentsBeyondItsBound() {
        assertEquals("1e+999999998", DecimalText.canonical("1e999999998"));
        for (String beyond : new String[] {"1e999999999", "1e99999999999999999999999999", "-1e-1000000001"}) {
            InvalidRequestException refused =
                    assertThrows(InvalidRequestException.class, () -> DecimalText.canonical(beyond));
            assertEquals(
                    "json: number: decimal exponent too large: \"" + beyond + "\" (magnitude at most 999999999)",
                    refused.getMessage());
        }
    }

    @Test
    void agreesWithTheShortestDecimalOfEachFloat64AndKeepsEveryValue() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String shortest = ShortestDecimal.of(value);
                assertEquals(shortest, DecimalText.canonical(shortest));
                String plain = new BigDecimal(shortest).toPlainString();
                assertEquals(shortest, DecimalText.canonical(plain));
            }
            String literal = random.nextLong() + "." + random.nextInt(1_000_000) + "e" + random.nextInt(-40, 40);
            assertTrue(new BigDecimal(literal).compareTo(new BigDecimal(DecimalText.canonical(literal))) == 0, literal);
        }
    }
}
