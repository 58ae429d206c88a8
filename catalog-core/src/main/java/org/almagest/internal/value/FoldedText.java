package org.almagest.internal.value;

import java.text.Normalizer;
import java.util.Locale;

/** Texts made alike before they are compared: without case, or without diacritics. */
public final class FoldedText {
    private static final int ASCII_END = 0x80;
    private static final int CAPITAL_I_WITH_DOT = 0x130;
    private static final int DOTLESS_I = 0x131;
    private static final String SMALL_I_WITH_DOT = "i\u0307";

    private FoldedText() {}

    /**
     * Returns a text that is equal for texts that differ in case alone: full case folding of Unicode.
     *
     * <p>A code point does not depend on its neighbours, so that parts of a text fold as the whole does. Not by the
     * rules of Turkish. Returns the text itself where nothing changes in ASCII.
     */
    public static String withoutCase(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) < ASCII_END && !isAsciiCapital(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 4).append(text, 0, at);
        int point;
        for (; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (point < ASCII_END) {
                out.append((char) (isAsciiCapital(point) ? point | ' ' : point));
            } else {
                appendFolded(out, point);
            }
        }
        return out.toString();
    }

    private static boolean isAsciiCapital(int point) {
        return point >= 'A' && point <= 'Z';
    }

    // What CaseFolding.txt states as common and full folding, from what Java knows: to lower case first, because some
    // capitals (U+1E9E) expand only as small letters; then to upper case, which expands; then to lower case again.
    private static void appendFolded(StringBuilder out, int point) {
        if (point == CAPITAL_I_WITH_DOT) {
            out.append(SMALL_I_WITH_DOT);
        } else if (point == DOTLESS_I || isCherokee(point)) {
            out.appendCodePoint(foldedAlone(point));
        } else {
            String upper = Character.toString(Character.toLowerCase(point)).toUpperCase(Locale.ROOT);
            upper.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
        }
    }

    /** Cherokee folds to capitals, which were there first. */
    private static boolean isCherokee(int point) {
        return point >= 0x13A0 && point <= 0x13FD || point >= 0xAB70 && point <= 0xABBF;
    }

    private static int foldedAlone(int point) {
        return point == DOTLESS_I ? point : Character.toUpperCase(point);
    }

    /**
     * Returns a text without diacritics: its canonical decomposition without nonspacing marks, composed again.
     *
     * <p>Letters that do not decompose, such as {@code ø}, stay. Returns the text itself where it is ASCII.
     */
    public static String withoutAccents(String text) {
        int ascii = 0;
        while (ascii < text.length() && text.charAt(ascii) < ASCII_END) {
            ascii++;
        }
        if (ascii == text.length()) {
            return text;
        }
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .forEach(out::appendCodePoint);
        // A Hangul syllable is one code point again, as patterns count it.
        return Normalizer.normalize(out, Normalizer.Form.NFC);
    }
}
