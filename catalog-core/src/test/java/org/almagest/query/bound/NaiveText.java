package org.almagest.query.bound;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts folded by tables of the letters that tests draw, and LIKE as it is defined, way by way. */
final class NaiveText {
    private static final Map<String, String> CASES =
            Map.of("ß", "ss", "Ο", "ο", "Δ", "δ", "Σ", "σ", "ς", "σ", "É", "é", "İ", "i\u0307");
    private static final Map<String, String> ACCENTS = Map.of("é", "e", "É", "E", "\u0301", "", "\u0307", "", "İ", "I");

    private NaiveText() {}

    static String withoutCase(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> letter.compareTo("A") >= 0 && letter.compareTo("Z") <= 0
                        ? letter.toLowerCase(Locale.ROOT)
                        : CASES.getOrDefault(letter, letter))
                .collect(Collectors.joining());
    }

    static String withoutAccents(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> ACCENTS.getOrDefault(letter, letter))
                .collect(Collectors.joining());
    }

    static boolean isLike(String text, String pattern) {
        return isLike(text.codePoints().toArray(), pattern.codePoints().toArray());
    }

    private static boolean isLike(int[] text, int[] pattern) {
        if (pattern.length == 0) {
            return text.length == 0;
        }
        int[] rest = from(pattern, 1);
        if (pattern[0] == '%') {
            return isLike(text, rest) || text.length > 0 && isLike(from(text, 1), pattern);
        } else if (text.length == 0) {
            return false;
        } else if (pattern[0] == '_') {
            return isLike(from(text, 1), rest);
        }
        boolean escapes = pattern[0] == '\\' && rest.length > 0;
        return text[0] == (escapes ? rest[0] : pattern[0]) && isLike(from(text, 1), escapes ? from(rest, 1) : rest);
    }

    private static int[] from(int[] points, int index) {
        return Arrays.copyOfRange(points, index, points.length);
    }
}
