package org.almagest.internal.value;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A part of a LIKE pattern between two {@code %}: code points, some of which may be any. Positions are UTF-16 units. */
final class LikeSegment {
    /** Where a segment ends that does not occur. */
    static final int NOT_FOUND = -1;

    private static final int ANY = -1;

    /** Literal segments up to this length are searched for naively, which is bounded by it and usually fastest. */
    private static final int NAIVE_MAX = 64;

    private final int[] points;
    private final String literal;
    private final boolean hasAny;
    private final int[] borders;
    private final PointMasks masks;

    private LikeSegment(int[] points) {
        this.points = points;
        this.hasAny = IntStream.of(points).anyMatch(point -> point == ANY);
        this.literal = hasAny ? "" : new String(points, 0, points.length);
        this.borders = literal.length() > NAIVE_MAX ? bordersOf(literal) : new int[0];
        this.masks = new PointMasks(hasAny ? points : new int[0], ANY);
    }

    /** Collects the code points of a segment. */
    static final class Builder {
        private int[] points = new int[8];
        private int length;

        void addAny() {
            add(ANY);
        }

        void add(int point) {
            if (length == points.length) {
                points = Arrays.copyOf(points, 2 * length);
            }
            points[length++] = point;
        }

        LikeSegment build() {
            return new LikeSegment(Arrays.copyOf(points, length));
        }
    }

    /** Tells whether nothing in the segment may be any code point. */
    boolean isLiteral() {
        return !hasAny;
    }

    /** Returns the text before the first code point that may be any. */
    String prefix() {
        int length = 0;
        while (length < points.length && points[length] != ANY) {
            length++;
        }
        return new String(points, 0, length);
    }

    /** Returns where the segment ends that begins at {@code from}. */
    int endAt(String text, int from) {
        if (!hasAny) {
            return text.startsWith(literal, from) ? from + literal.length() : NOT_FOUND;
        }
        int at = from;
        for (int point : points) {
            if (at >= text.length()) {
                return NOT_FOUND;
            }
            int found = text.codePointAt(at);
            if (point != ANY && point != found) {
                return NOT_FOUND;
            }
            at += Character.charCount(found);
        }
        return at;
    }

    /** Returns where the segment begins that ends at {@code to}. */
    int startBefore(String text, int to) {
        int at = to;
        for (int i = points.length - 1; i >= 0; i--) {
            if (at <= 0) {
                return NOT_FOUND;
            }
            int found = text.codePointBefore(at);
            if (points[i] != ANY && points[i] != found) {
                return NOT_FOUND;
            }
            at -= Character.charCount(found);
        }
        return at;
    }

    /** Returns where the first occurrence at or after {@code from} ends. */
    int endAfter(String text, int from) {
        if (hasAny) {
            return masks.endAfter(text, from);
        } else if (borders.length > 0) {
            return searchWithBorders(text, from);
        }
        int start = text.indexOf(literal, from);
        return start < 0 ? NOT_FOUND : start + literal.length();
    }

    // The search of Knuth, Morris and Pratt: borders[i] is the length of the longest proper prefix of the first i + 1
    // units that also ends them, where the search goes on after a mismatch.
    private int searchWithBorders(String text, int from) {
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && literal.charAt(matched) != text.charAt(i)) {
                matched = borders[matched - 1];
            }
            if (literal.charAt(matched) == text.charAt(i) && ++matched == literal.length()) {
                return i + 1;
            }
        }
        return NOT_FOUND;
    }

    private static int[] bordersOf(String literal) {
        int[] borders = new int[literal.length()];
        int matched = 0;
        for (int i = 1; i < borders.length; i++) {
            while (matched > 0 && literal.charAt(matched) != literal.charAt(i)) {
                matched = borders[matched - 1];
            }
            if (literal.charAt(matched) == literal.charAt(i)) {
                matched++;
            }
            borders[i] = matched;
        }
        return borders;
    }
}
