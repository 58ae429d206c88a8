package org.almagest.internal.value;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Searches for code points of which some may be any, with one bit per code point of what is searched (the shift-and
 * method): bit i of the state says that the first i + 1 of them end at the current position.
 */
final class PointMasks {
    private final int length;
    private final int words;
    /** The distinct code points in ascending order; one row of {@link #masks} each, and a last one for all others. */
    private final int[] distinct;

    private final long[] masks;

    PointMasks(int[] points, int any) {
        this.length = points.length;
        this.words = (length + Long.SIZE - 1) / Long.SIZE;
        this.distinct = IntStream.of(points)
                .filter(point -> point != any)
                .sorted()
                .distinct()
                .toArray();
        this.masks = new long[(distinct.length + 1) * words];
        for (int i = 0; i < length; i++) {
            if (points[i] == any) {
                for (int row = 0; row <= distinct.length; row++) {
                    masks[row * words + i / Long.SIZE] |= 1L << i;
                }
            } else {
                masks[Arrays.binarySearch(distinct, points[i]) * words + i / Long.SIZE] |= 1L << i;
            }
        }
    }

    /** Returns where the first occurrence at or after {@code from} ends. */
    int endAfter(String text, int from) {
        long[] state = new long[words];
        int next;
        for (int at = from; at < text.length(); at = next) {
            int point = text.codePointAt(at);
            next = at + Character.charCount(point);
            int found = Arrays.binarySearch(distinct, point);
            int row = (found >= 0 ? found : distinct.length) * words;
            long carry = 1;
            for (int i = 0; i < words; i++) {
                long shifted = state[i] << 1 | carry;
                carry = state[i] >>> (Long.SIZE - 1);
                state[i] = shifted & masks[row + i];
            }
            if ((state[words - 1] >>> (length - 1) & 1) != 0) {
                return next;
            }
        }
        return LikeSegment.NOT_FOUND;
    }
}
