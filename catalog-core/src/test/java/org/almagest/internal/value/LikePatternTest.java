package org.almagest.internal.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class LikePatternTest {
    private static final String EMOJI = "\uD83D\uDE00";

    @Test
    void percentIsAnySequence() {
        assertMatches("%", "");
        assertMatches("%", "abc");
        assertMatches("a%", "a");
        assertMatches("%c", "abc");
        assertMatches("a%b%c", "aXbXbc");
        assertDiffers("a%b%c", "acb");
        assertDiffers("a%a", "a");
        assertMatches("%%", "");
    }

    @Test
    void underscoreIsOneCodePoint() {
        assertMatches("_", EMOJI);
        assertDiffers("__", EMOJI);
        assertMatches("%_", EMOJI);
        assertMatches("a_c", "a" + EMOJI + "c");
        assertMatches("%_b_%", "aab" + EMOJI);
        assertDiffers("_", "");
        assertDiffers("_", "ab");
        assertDiffers("%___%", "ab");
    }

    @Test
    void backslashTakesTheNextLiterally() {
        assertMatches("50\\%", "50%");
        assertDiffers("50\\%", "500");
        assertMatches("a\\_b", "a_b");
        assertDiffers("a\\_b", "axb");
        assertMatches("a\\\\b", "a\\b");
        assertMatches("\\" + EMOJI, EMOJI);
        assertMatches("a\\", "a\\");
    }

    @Test
    void halfAPairMatchesNothing() {
        assertDiffers("%\uDE00%", EMOJI);
        assertDiffers("%\uD83D%", EMOJI);
        assertDiffers("\uD83D%", EMOJI);
    }

    @Test
    void caseAndWholeTextMatter() {
        assertMatches("", "");
        assertDiffers("", "a");
        assertDiffers("abc", "ABC");
        assertDiffers("b", "abc");
    }

    @Test
    void patternsMadeToBacktrackTakeLinearTime() {
        String text = "a".repeat(1 << 20);
        String many = "%a".repeat(400) + "%b";
        String steps = "a_".repeat(300);
        String run = "a".repeat(998);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertDiffers(many, text);
            assertDiffers("%" + steps + "b%", text);
            assertDiffers("%" + run + "b%", text);
            assertDiffers("%b" + run + "%", text);
            assertMatches("%" + run + "b%", text + "b");
            assertMatches("%" + steps + "b%", text + "b");
        });
    }

    @Test
    void agreesWithTryingEverything() {
        Seeded.repeat(20_000, LikePatternTest::checkAgainstRecursion);
    }

    private static void checkAgainstRecursion(SplittableRandom random) {
        String pattern = text(random, "ab%_\\", random.nextInt(10));
        String text = text(random, "ab%_", random.nextInt(12));
        assertEquals(tryAll(pattern, text), LikePattern.compile(pattern).matches(text), pattern + " on " + text);
        String repeated = text.repeat(random.nextInt(30));
        String longer = "%" + text(random, "ab_", 60 + random.nextInt(90)) + "%";
        boolean found = false;
        int length = longer.codePointCount(1, longer.length() - 1);
        int[] points = repeated.codePoints().toArray();
        for (int i = 0; i + length <= points.length && !found; i++) {
            found = tryAll(longer.substring(1, longer.length() - 1), new String(points, i, length));
        }
        assertEquals(found, LikePattern.compile(longer).matches(repeated), longer + " on " + repeated);
    }

    private static String text(SplittableRandom random, String alphabet, int length) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(alphabet.length() + 1);
            out.append(at == alphabet.length() ? EMOJI : alphabet.substring(at, at + 1));
        }
        return out.toString();
    }

    private static boolean tryAll(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        int point = pattern.codePointAt(0);
        String rest = pattern.substring(Character.charCount(point));
        if (point == '%') {
            for (int i = 0; i <= text.length(); i++) {
                if (tryAll(rest, text.substring(i))) {
                    return true;
                }
            }
            return false;
        }
        if (point == '\\' && !rest.isEmpty()) {
            point = rest.codePointAt(0);
            rest = rest.substring(Character.charCount(point));
        } else if (point == '_') {
            point = text.isEmpty() ? point : text.codePointAt(0);
        }
        return !text.isEmpty()
                && text.codePointAt(0) == point
                && tryAll(rest, text.substring(Character.charCount(point)));
    }

    private static void assertMatches(String pattern, String text) {
        assertTrue(LikePattern.compile(pattern).matches(text));
    }

    private static void assertDiffers(String pattern, String text) {
        assertFalse(LikePattern.compile(pattern).matches(text));
    }
}
