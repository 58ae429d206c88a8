package org.almagest.query;

import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class PageTokenTest {
    private static final DatapointId ID = DatapointId.parse("0195dc91-45d8-7abc-8000-00000000000f");
    private static final Object[] EVERY_TYPE = {
        0L,
        Long.MIN_VALUE,
        Uint64.ofBits(-1),
        0.1,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        "",
        "\u00e9 \uD83D\uDE80 ~",
        true,
        false,
        Instant.parse("9999-12-31T23:59:59.999999999Z"),
        Instant.EPOCH.minusNanos(1),
        Duration.ofNanos(-1),
        new UUID(-1, 1),
        ID,
        Bytes.ofHex("00ff"),
        null
    };

    private static String token(int... bytes) {
        byte[] values = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = (byte) bytes[i];
        }
        return ID + "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(values);
    }

    private static void assertDamaged(String text) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> PageToken.parse(text));
        assertTrue(e.getMessage().endsWith("damaged (expected one as an earlier page ended with)"), e.getMessage());
    }

    @Test
    void withoutValuesItIsTheBareId() {
        assertEquals(ID.toString(), new PageToken(ID).toString());
        assertEquals(new PageToken(ID), PageToken.parse(ID.toString()));
        assertEquals(new PageToken(ID), PageToken.parse("0195DC91-45D8-7ABC-8000-00000000000F"));
    }

    @Test
    void valuesOfEveryTypeComeBack() {
        PageToken token = PageToken.of(ID, EVERY_TYPE);
        assertEquals(token, PageToken.parse(token.toString()));
        for (Object value : EVERY_TYPE) {
            PageToken one = PageToken.of(ID, value, 1L);
            assertEquals(one, PageToken.parse(one.toString()));
        }
        assertEquals(ID + "~AQAAAAAAAAAH", PageToken.of(ID, 7).toString());
        assertEquals(ID + "~BAAAAAFh", PageToken.of(ID, "a").toString());
    }

    @Test
    void equalValuesOfDifferentTypesHaveOneForm() {
        assertEquals(PageToken.of(ID, 7L), PageToken.of(ID, 7));
        assertEquals(PageToken.of(ID, 7L), PageToken.of(ID, Uint64.ofBits(7)));
        assertEquals(PageToken.of(ID, 0.5), PageToken.of(ID, 0.5f));
        assertEquals(PageToken.of(ID, 0.0), PageToken.of(ID, -0.0));
        assertEquals(PageToken.of(ID, "ON"), PageToken.of(ID, new EnumValue(1, "ON")));
        assertFails(
                InvalidRequestException.class,
                "sort value: ListN (expected a type with an order)",
                () -> PageToken.of(ID, List.of()));
    }

    @Test
    void whatWasNotWrittenHereIsRefused() {
        assertDamaged(ID + "~");
        assertDamaged(ID + "~A");
        assertDamaged(ID + "~A~A");
        assertDamaged(ID + "~AA=");
        assertDamaged(ID + "~ AA");
        assertDamaged(ID + "~AB"); // a bit beyond the last byte
        assertDamaged(token(12));
        assertDamaged(token(255));
        assertDamaged(token(1, 0, 0));
        assertDamaged(token(4, 0, 0, 0, 2, 'a'));
        assertDamaged(token(4, 0x7f, 0xff, 0xff, 0xff, 'a'));
        assertDamaged(token(4, 0xff, 0xff, 0xff, 0xff, 'a'));
        assertDamaged(token(4, 0, 0, 0, 1, 0x80)); // not UTF-8
        assertDamaged(token(2, 0, 0, 0, 0, 0, 0, 0, 1)); // fits a Long
        assertDamaged(token(3, 0x80, 0, 0, 0, 0, 0, 0, 0)); // -0.0
        assertDamaged(token(3, 0x7f, 0xf8, 0, 0, 0, 0, 0, 1)); // another NaN
        assertDamaged(token(7, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0));
        assertDamaged(token(7, 0, 0, 0, 0, 0, 0, 0, 0, 0x3b, 0x9a, 0xca, 0)); // 10^9 nanoseconds
        assertDamaged(token(8, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff));
        assertDamaged(token(new int[1_001]));
        assertEquals(1_000, PageToken.parse(token(new int[1_000])).sortValues().size());
        assertThrows(InvalidRequestException.class, () -> PageToken.parse("~AA"));
        assertThrows(InvalidRequestException.class, () -> PageToken.parse(""));
    }

    @Test
    void noTextIsReadAsAnythingButWhatWritesIt() {
        String good = PageToken.of(ID, EVERY_TYPE).toString();
        Seeded.repeat(20_000, random -> {
            char[] text = good.toCharArray();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                text[random.nextInt(37, text.length)] = (char) random.nextInt(32, 127);
            }
            String changed = new String(text, 0, random.nextInt(36, text.length + 1));
            try {
                assertEquals(changed, PageToken.parse(changed).toString());
            } catch (InvalidRequestException e) {
                assertTrue(e.getMessage().length() < 400, e.getMessage());
            }
        });
    }

    @Test
    void valuesOutOfTheOrderOfTypesAreKeptAsGiven() {
        PageToken token = PageToken.of(ID, null, null, 3L);
        assertEquals(
                Arrays.asList(null, null, 3L),
                token.sortValues().stream().map(value -> value.orElse(null)).toList());
    }
}
