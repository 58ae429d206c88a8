package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static void assertSlugRefused(String message, String slug) {
        Exception e = assertThrows(CatalogException.class, () -> Names.checkSlug(slug));
        assertEquals(message, e.getMessage());
    }

    private static void assertNameRefused(String problem, String name) {
        Exception e = assertThrows(InvalidRequestException.class, () -> Names.checkCollectionName(name));
        assertEquals(problem, e.getMessage().substring(e.getMessage().lastIndexOf("\": ") + 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "open_data.copernicus.sentinel2_msi", "a1_.b_2", "stac.naip"})
    void takesSlugs(String slug) {
        Names.checkSlug(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "a.", ".a", "a..b", "A", "a.B", "1a", "a.1", "_a", "a-b", "a b", "ä", "a\n", "a.b\n", "a/b"
            })
    void refusesWhatIsNoSlug(String slug) {
        assertThrows(InvalidRequestException.class, () -> Names.checkSlug(slug));
    }

    @Test
    void slugsAtTheirLimitAreTakenAndOnePastIsRefused() {
        String part = "a".repeat(100);
        Names.checkSlug(part);
        assertSlugRefused("dataset slug: part: length: 101 (at most 100)", part + "a");
        assertSlugRefused("dataset slug: part: length: 101 (at most 100)", "b." + part + "a");
        Names.checkSlug("a.".repeat(249) + "ab");
        assertSlugRefused("dataset slug: length: 501 (at most 500)", "a.".repeat(249) + "abc");
        assertSlugRefused("dataset \"A\": slug (expected parts of [a-z][a-z0-9_]* joined by dots)", "A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S1A_IW_RAW__0S",
                "ERS-2",
                "a",
                "My-collection",
                "a b",
                "Größe",
                "衛星 1",
                "../..",
                "a/b",
                "\uD83D\uDEF0"
            })
    void takesCollectionNames(String name) {
        Names.checkCollectionName(name);
    }

    @Test
    void refusesCollectionNamesThatLookLikeOthers() {
        assertNameRefused("empty name (expected 1 to 256 code points)", "");
        assertNameRefused("name is not in Unicode normalization form C", "Gro\u0308\u00dfe");
        assertNameRefused("name is not in Unicode normalization form C", "\u212b");
        assertNameRefused("blank at an end of the name", " a");
        assertNameRefused("blank at an end of the name", "a ");
        assertNameRefused("blank at an end of the name", "a\u00a0");
        assertNameRefused("blank at an end of the name", "\u3000a");
        assertNameRefused("character U+0000 (expected no control or format characters)", "a\u0000");
        assertNameRefused("character U+000A (expected no control or format characters)", "a\nb");
        assertNameRefused("character U+0085 (expected no control or format characters)", "a\u0085b");
        assertNameRefused("character U+200D (expected no control or format characters)", "a\u200db");
        assertNameRefused("character U+202E (expected no control or format characters)", "a\u202eb");
        assertNameRefused("character U+FEFF (expected no control or format characters)", "\ufeffa");
        assertNameRefused("character U+E0001 (expected no control or format characters)", "a\udb40\udc01");
        assertNameRefused("character U+D83D (expected no control or format characters)", "a\ud83d");
    }

    @Test
    void collectionNamesAtTheirLimitAreTakenAndOnePastIsRefused() {
        Names.checkCollectionName("a".repeat(256));
        Names.checkCollectionName("\uD83D\uDEF0".repeat(256));
        Exception e = assertThrows(LimitExceededException.class, () -> Names.checkCollectionName("a".repeat(257)));
        assertEquals("collection \"" + "a".repeat(100) + "…\": length: 257 (at most 256)", e.getMessage());
    }
}
