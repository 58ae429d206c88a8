package org.almagest.testing;

import java.util.HashMap;
import java.util.Map;
import org.almagest.query.TextFolding;

/**
 * Texts without case or without accents, by tables of the characters that random content has, taken by hand from
 * CaseFolding.txt (C and F) and UnicodeData.txt.
 */
final class PlainText {
    private static final int ASCII_END = 0x80;

    private static final Map<Integer, String> WITHOUT_CASE = table(
            "\u00e9 \u00e9",
            "\u00c9 \u00e9",
            "\u00fc \u00fc",
            "\u00dc \u00fc",
            "\u00df ss",
            "\u1e9e ss",
            "\u00f8 \u00f8",
            "\u00d8 \u00f8",
            "\u0301 \u0301",
            "\u0307 \u0307",
            "\u0345 \u03b9",
            "\u0130 i\u0307",
            "\u0131 \u0131",
            "\u03a3 \u03c3",
            "\u03c2 \u03c3",
            "\u03c3 \u03c3",
            "\u03b1 \u03b1",
            "\u1fb3 \u03b1\u03b9",
            "\u1fbc \u03b1\u03b9",
            "\u03b9 \u03b9",
            "\u0391 \u03b1",
            "\u2126 \u03c9",
            "\u03a9 \u03c9",
            "\u03c9 \u03c9",
            "\ufb01 fi",
            "\u13a0 \u13a0",
            "\uab70 \u13a0",
            "\uac00 \uac00",
            "\u1100 \u1100",
            "\u1161 \u1161",
            "\ufffd \ufffd",
            "\uD83D\uDE80 \uD83D\uDE80");

    private static final Map<Integer, String> WITHOUT_ACCENTS = table(
            "\u00e9 e",
            "\u00c9 E",
            "\u00fc u",
            "\u00dc U",
            "\u00df \u00df",
            "\u1e9e \u1e9e",
            "\u00f8 \u00f8",
            "\u00d8 \u00d8",
            "\u0301 ",
            "\u0307 ",
            "\u0345 ",
            "\u0130 I",
            "\u0131 \u0131",
            "\u03a3 \u03a3",
            "\u03c2 \u03c2",
            "\u03c3 \u03c3",
            "\u03b1 \u03b1",
            "\u03b9 \u03b9",
            "\u1fb3 \u03b1",
            "\u1fbc \u0391",
            "\u2126 \u03a9",
            "\u03a9 \u03a9",
            "\u03c9 \u03c9",
            "\ufb01 \ufb01",
            "\u13a0 \u13a0",
            "\uab70 \uab70",
            "\uac00 \uac00",
            "\u1100 \u1100",
            "\u1161 \u1161",
            "\ufffd \ufffd",
            "\uD83D\uDE80 \uD83D\uDE80",
            "\u0391 \u0391");

    private PlainText() {}

    /** Reads {@code from to}. */
    private static Map<Integer, String> table(String... lines) {
        Map<Integer, String> table = new HashMap<>();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            table.put(line.codePointAt(0), line.substring(blank + 1));
        }
        return table;
    }

    static String folded(TextFolding folding, String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> out.append(folded(folding, point)));
        // Two jamo beside each other are one syllable where accents go, which leaves texts composed.
        return folding == TextFolding.CASE ? out.toString() : out.toString().replace("\u1100\u1161", "\uac00");
    }

    private static String folded(TextFolding folding, int point) {
        if (point < ASCII_END) {
            boolean isCapital = folding == TextFolding.CASE && point >= 'A' && point <= 'Z';
            return Character.toString(isCapital ? point - 'A' + 'a' : point);
        }
        String known = (folding == TextFolding.CASE ? WITHOUT_CASE : WITHOUT_ACCENTS).get(point);
        if (known == null) {
            throw new AssertionError("not in the table: U+" + Integer.toHexString(point));
        }
        return known;
    }
}
