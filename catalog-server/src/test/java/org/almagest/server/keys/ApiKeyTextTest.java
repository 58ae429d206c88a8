package org.almagest.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.runtime.RandomSource;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ApiKeyTextTest {
    /** Made by a program written from the page. */
    private static final String KEY = "alm_3k9d0m2qx7ra_000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgeh2b5mr";

    private static final Pepper ZEROS = Pepper.of(new byte[32]);

    @Test
    void theExampleOfThePageIsRead() throws IOException {
        ApiKeyText key = ApiKeyText.parse(KEY).orElseThrow();
        assertEquals("3k9d0m2qx7ra", key.id());
        assertEquals(KEY, key.reveal());
        String hash = HexFormat.of().formatHex(key.hash(ZEROS));
        assertEquals("ca4cb1d6d81db48ce0e2cdc0063313d358d6ea5d7083ab76e028c874e248bcff", hash);
        String page = Files.readString(Path.of("../docs/format/keys.md"));
        assertTrue(page.contains("\n" + KEY + "\n"));
        assertTrue(page.contains("\n" + hash + "\n"));
    }

    @Test
    void thePatternOfThePageFindsKeysAndTheIdsTheyAreShownAs() throws IOException {
        String page = Files.readString(Path.of("../docs/format/keys.md"));
        Matcher line = Pattern.compile("(?m)^alm_\\[.*$").matcher(page);
        assertTrue(line.find());
        Pattern pattern = Pattern.compile(line.group());
        Seeded.repeat(100, random -> {
            ApiKeyText key = ApiKeyText.make(random::nextLong);
            assertTrue(pattern.matcher(key.reveal()).matches());
            assertFalse(pattern.matcher(key.toString()).find());
            assertEquals("alm_" + key.id() + "_***", key.toString());
        });
    }

    @Test
    void keysComeBackFromTheirTextAndHaveHashesOfTheirOwn() {
        Seeded.repeat(200, random -> {
            ApiKeyText key = ApiKeyText.make(random::nextLong);
            ApiKeyText read = ApiKeyText.parse(key.reveal()).orElseThrow();
            assertEquals(key.id(), read.id());
            assertEquals(key.reveal(), read.reveal());
            HexFormat hex = HexFormat.of();
            assertEquals(hex.formatHex(key.hash(ZEROS)), hex.formatHex(read.hash(ZEROS)));
            assertNotEquals(
                    hex.formatHex(key.hash(ZEROS)),
                    hex.formatHex(ApiKeyText.make(random::nextLong).hash(ZEROS)));
            byte[] pepper = new byte[32];
            pepper[31] = 1;
            assertNotEquals(hex.formatHex(key.hash(ZEROS)), hex.formatHex(key.hash(Pepper.of(pepper))));
        });
    }

    @Test
    void everyOtherCharacterAnywhereIsRefused() {
        for (int i = 0; i < KEY.length(); i++) {
            for (char c : "0123456789abcdefghijklmnopqrstuvwxyzA_-. \u0000é".toCharArray()) {
                String other = KEY.substring(0, i) + c + KEY.substring(i + 1);
                if (c != KEY.charAt(i)) {
                    assertEquals(Optional.empty(), ApiKeyText.parse(other), other);
                }
            }
        }
    }

    @Test
    void cutAndLongerTextsAreRefused() {
        for (int i = 0; i < KEY.length(); i++) {
            assertEquals(Optional.empty(), ApiKeyText.parse(KEY.substring(0, i)));
            assertEquals(Optional.empty(), ApiKeyText.parse(KEY.substring(i + 1)));
        }
        assertEquals(Optional.empty(), ApiKeyText.parse(KEY + "0"));
        assertEquals(Optional.empty(), ApiKeyText.parse(" " + KEY));
        assertEquals(Optional.empty(), ApiKeyText.parse(KEY.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void twoCharactersThatChangedPlacesAreNoticed() {
        for (int i = 4; i + 1 < KEY.length(); i++) {
            String swapped = KEY.substring(0, i) + KEY.charAt(i + 1) + KEY.charAt(i) + KEY.substring(i + 2);
            if (!swapped.equals(KEY)) {
                assertEquals(Optional.empty(), ApiKeyText.parse(swapped), swapped);
            }
        }
    }

    @Test
    void bytesComeBackFromDigitsAndNothingElseIsTakenForThem() {
        Seeded.repeat(500, random -> {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            String digits = Crockford.encode(bytes);
            assertEquals((bytes.length * 8 + 4) / 5, digits.length());
            assertEquals(
                    HexFormat.of().formatHex(bytes),
                    HexFormat.of().formatHex(Crockford.decode(digits).orElseThrow()));
        });
        assertEquals(Optional.empty(), Crockford.decode("01")); // a bit behind the byte
        assertTrue(Crockford.decode("00").isPresent());
        assertEquals(Optional.empty(), Crockford.decode("0u"));
    }

    @Test
    void aKeyIsFoundHoweverItIsWrittenInAnAddress() {
        String key = ApiKeyText.make(RandomSource.secure()).reveal();
        StringBuilder all = new StringBuilder();
        key.chars().forEach(c -> all.append('%').append(Integer.toHexString(c)));
        for (String spelling : List.of(
                key,
                key.replace("_", "%5F"),
                key.replace("_", "%5f"),
                key.replace("_", "%255F"),
                key.replace("_", "%25255F"),
                key.replace("alm", "%61lm"),
                all.toString())) {
            assertTrue(ApiKeyText.standsIn("/stac?x=" + spelling + "&y=%zz%"), spelling);
        }
        assertFalse(ApiKeyText.standsIn("/stac?x=%" + key.substring(1)));
        assertFalse(ApiKeyText.standsIn("/stac?x=%E2%82%AC%%%5"));
    }
}
