package org.almagest.model;

import java.text.Normalizer;
import java.util.Locale;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;

/** The rules of slugs and collection names. Names that break them are refused, never changed. */
public final class Names {
    private static final int ASCII_END = 0x80;
    private static final int SLUG_LENGTH_MAX = 500;
    private static final int SLUG_PART_LENGTH_MAX = 100;
    private static final int COLLECTION_NAME_LENGTH_MAX = 256;

    private Names() {}

    /**
     * Checks a slug: parts of {@code [a-z][a-z0-9_]*} joined by dots, groups first, code name last.
     *
     * @throws InvalidRequestException if it is anything else
     * @throws LimitExceededException if it is longer than 500 characters or a part longer than 100
     */
    public static void checkSlug(String slug) {
        Limits.check("dataset slug: length", "slugLengthMax", slug.length(), SLUG_LENGTH_MAX);
        int longest = longestPart(slug);
        if (longest == 0) {
            throw new InvalidRequestException(
                    "dataset " + Quoted.text(slug), "slug (expected parts of [a-z][a-z0-9_]* joined by dots)");
        }
        Limits.check("dataset slug: part: length", "fieldNameLengthMax", longest, SLUG_PART_LENGTH_MAX);
    }

    /** Tells whether a text has the form {@code [a-z][a-z0-9_]*} of field names and parts of slugs. */
    public static boolean isIdentifier(String text) {
        return isIdentifier(text, 0, text.length());
    }

    private static boolean isIdentifier(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == from || !(c >= '0' && c <= '9' || c == '_'))) {
                return false;
            }
        }
        return from < to;
    }

    /** Returns the length of the longest part of a slug; 0 where it is not one. */
    private static int longestPart(String slug) {
        int longest = 0;
        int start = 0;
        while (start <= slug.length()) {
            int dot = slug.indexOf('.', start);
            int end = dot < 0 ? slug.length() : dot;
            if (!isIdentifier(slug, start, end)) {
                return 0;
            }
            longest = Math.max(longest, end - start);
            start = end + 1;
        }
        return longest;
    }

    /**
     * Checks a collection name.
     *
     * <p>It has 1 to 256 code points in NFC, no control, format or surrogate characters, no blank at either end.
     *
     * @throws InvalidRequestException if it is anything else
     * @throws LimitExceededException if it is longer than 256 code points
     */
    public static void checkCollectionName(String name) {
        if (isPlain(name)) {
            return; // nearly all are, and an opening checks those of all collections
        }
        String subject = "collection " + Quoted.text(name);
        int length = name.codePointCount(0, name.length());
        if (length == 0) {
            throw new InvalidRequestException(subject, "empty name (expected 1 to 256 code points)");
        }
        Limits.check(subject + ": length", "collectionNameLengthMax", length, COLLECTION_NAME_LENGTH_MAX);
        boolean ascii = true;
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int codePoint = name.codePointAt(i);
            checkCodePoint(subject, codePoint);
            ascii &= codePoint < ASCII_END;
        }
        if (isBlank(name.codePointAt(0)) || isBlank(name.codePointBefore(name.length()))) {
            throw new InvalidRequestException(subject, "blank at an end of the name");
        }
        if (!ascii && !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw new InvalidRequestException(subject, "name is not in Unicode normalization form C");
        }
    }

    /** Tells whether a name has only printable ASCII characters, no blank at an end, and a length that is right. */
    private static boolean isPlain(String name) {
        int length = name.length();
        if (length == 0
                || length > COLLECTION_NAME_LENGTH_MAX
                || name.charAt(0) == ' '
                || name.charAt(length - 1) == ' ') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void checkCodePoint(String subject, int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR) {
            throw new InvalidRequestException(
                    subject,
                    String.format(
                            Locale.ROOT, "character U+%04X (expected no control or format characters)", codePoint));
        }
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
