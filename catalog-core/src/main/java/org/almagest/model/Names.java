package org.almagest.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;

/** The rules of slugs and collection names. Names that break them are refused, never changed. */
public final class Names {
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
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
        if (!SLUG.matcher(slug).matches()) {
            throw new InvalidRequestException(
                    "dataset " + Quoted.text(slug), "slug (expected parts of [a-z][a-z0-9_]* joined by dots)");
        }
        for (String part : slug.split("\\.", -1)) {
            Limits.check("dataset slug: part: length", "fieldNameLengthMax", part.length(), SLUG_PART_LENGTH_MAX);
        }
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
        String subject = "collection " + Quoted.text(name);
        int length = name.codePointCount(0, name.length());
        if (length == 0) {
            throw new InvalidRequestException(subject, "empty name (expected 1 to 256 code points)");
        }
        Limits.check(subject + ": length", "collectionNameLengthMax", length, COLLECTION_NAME_LENGTH_MAX);
        name.codePoints().forEach(codePoint -> checkCodePoint(subject, codePoint));
        if (isBlank(name.codePointAt(0)) || isBlank(name.codePointBefore(name.length()))) {
            throw new InvalidRequestException(subject, "blank at an end of the name");
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw new InvalidRequestException(subject, "name is not in Unicode normalization form C");
        }
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
