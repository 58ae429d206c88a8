package org.almagest.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the digest of JSON tells apart. */
class RowDigestTest {
    private static final String TEXT = "{\"a\":[1,2,30],\"b\":\"pyramid\"}";

    @Test
    void blanksDoNotCount() {
        assertEquals(digest(TEXT), digest(TEXT.replace(":", ": ").replace(",", ", ")));
        assertEquals(digest(TEXT), digest("       " + TEXT + "  "));
        assertEquals(digest(""), digest("        "));
    }

    @Test
    void orderDoesNotCount() {
        assertEquals(digest(TEXT), digest("{\"b\":\"pyramid\",\"a\":[1,2,30]}"));
    }

    @Test
    void everyOtherCharacterCounts() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 1; length < 40; length++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) ('!' + random.nextInt(90)));
            }
            long before = digest(text.toString());
            for (int i = 0; i < length; i++) {
                StringBuilder other = new StringBuilder(text);
                other.setCharAt(i, (char) (text.charAt(i) + 1));
                assertNotEquals(before, digest(other.toString()));
                assertNotEquals(before, digest(other.deleteCharAt(i).toString()));
            }
        }
        assertNotEquals(digest("{\"a\":\"\u00e9\"}"), digest("{\"a\":\"\u00e8\"}"));
    }

    private static long digest(String json) {
        RowDigest digest = new RowDigest();
        digest.begin();
        digest.json(json);
        digest.end();
        return digest.sum();
    }
}
