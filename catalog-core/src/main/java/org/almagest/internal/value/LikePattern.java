package org.almagest.internal.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A LIKE pattern: {@code %} any sequence, {@code _} one code point, backslash takes the next code point literally; a
 * backslash at the end stands for itself.
 *
 * <p>Cut at each {@code %} into segments: the first and the last are anchored at the ends of the text, each other one is
 * taken where it is first found, which leaves the most text for the rest. Nothing is tried twice, so the time is linear
 * in the length of the text; a segment with {@code _} costs that once more for every 64 code points of its length.
 */
public final class LikePattern {
    private final boolean matchable;
    private final List<LikeSegment> segments;

    private LikePattern(boolean matchable, List<LikeSegment> segments) {
        this.matchable = matchable;
        this.segments = segments;
    }

    /** Compiles a pattern; every text is one. */
    public static LikePattern compile(String pattern) {
        List<LikeSegment> segments = new ArrayList<>();
        LikeSegment.Builder segment = new LikeSegment.Builder();
        boolean matchable = true;
        int next;
        for (int i = 0; i < pattern.length(); i = next) {
            int point = pattern.codePointAt(i);
            next = i + Character.charCount(point);
            if (point == '%') {
                segments.add(segment.build());
                segment = new LikeSegment.Builder();
            } else if (point == '_') {
                segment.addAny();
            } else {
                if (point == '\\' && next < pattern.length()) {
                    point = pattern.codePointAt(next);
                    next += Character.charCount(point);
                }
                // Half a pair is no code point: no text has one, and as UTF-16 it would match half a pair of the text.
                matchable &= Character.charCount(point) == 2 || !Character.isSurrogate((char) point);
                segment.add(point);
            }
        }
        segments.add(segment.build());
        return new LikePattern(matchable, List.copyOf(segments));
    }

    /** Tells whether any text fits the pattern. */
    public boolean isMatchable() {
        return matchable;
    }

    /** Returns what every text begins with that fits the pattern; may be empty. */
    public String prefix() {
        return segments.get(0).prefix();
    }

    /** Tells whether the pattern is its prefix and nothing else. */
    public boolean isText() {
        return segments.size() == 1 && segments.get(0).isLiteral();
    }

    /** Tells whether every text fits that begins with the prefix. */
    public boolean isPrefix() {
        boolean rest = segments.get(0).isLiteral() && segments.size() > 1;
        for (int i = 1; i < segments.size() && rest; i++) {
            rest = segments.get(i).isLiteral() && segments.get(i).prefix().isEmpty();
        }
        return rest;
    }

    /** Tells whether the whole text fits the pattern. */
    public boolean matches(String text) {
        LikeSegment first = segments.get(0);
        int from = matchable ? first.endAt(text, 0) : LikeSegment.NOT_FOUND;
        if (from == LikeSegment.NOT_FOUND || segments.size() == 1) {
            return from == text.length();
        }
        int last = segments.size() - 1;
        for (int i = 1; i < last; i++) {
            from = segments.get(i).endAfter(text, from);
            if (from == LikeSegment.NOT_FOUND) {
                return false;
            }
        }
        int start = segments.get(last).startBefore(text, text.length());
        return start >= from;
    }
}
