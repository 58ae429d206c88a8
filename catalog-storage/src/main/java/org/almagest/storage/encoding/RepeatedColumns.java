package org.almagest.storage.encoding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The columns of a page that others may repeat: names that stand in many links, checksums of many files. One thread.
 *
 * <p>Only what differs from row to row is worth it, and only in the page of long values, where texts have leaves.
 */
final class RepeatedColumns {
    private record Noted(Slices values, int start) {}

    private final Map<Long, Noted> byHash = new HashMap<>();
    private final boolean enabled;

    RepeatedColumns(boolean enabled) {
        this.enabled = enabled;
    }

    /** Tells whether values that are noted must stay as they are. */
    boolean isEnabled() {
        return enabled;
    }

    void clear() {
        byHash.clear();
    }

    /** Describes values as those of an earlier column, where they are; else they are to be noted when described. */
    boolean refer(Slices values, PageImage page) {
        if (!enabled) {
            return false;
        }
        Noted noted = byHash.get(hash(values));
        if (noted == null || !areEqual(noted.values(), values)) {
            return false;
        }
        page.columns().put8(Encoding.REFERENCE);
        page.columns().put32(noted.start());
        return true;
    }

    /** Notes values that were described, unless that consists of pieces, which are noted themselves. */
    void note(Slices values, int start, int encoding) {
        if (enabled && encoding != Encoding.CONCAT && encoding != Encoding.SHAPES) {
            byHash.putIfAbsent(hash(values), new Noted(values, start));
        }
    }

    private static long hash(Slices values) {
        long hash = 1;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                hash = hash * 31 + row;
                for (int i = values.starts[row]; i < values.ends[row]; i++) {
                    hash = hash * 0x9E3779B97F4A7C15L + values.bytes[i];
                }
                hash ^= hash >>> 29;
            }
        }
        return hash;
    }

    private static boolean areEqual(Slices values, Slices others) {
        for (int row = 0; row < values.rows; row++) {
            boolean same = values.isSet(row) == others.isSet(row)
                    && (!values.isSet(row)
                            || Arrays.equals(
                                    values.bytes,
                                    values.starts[row],
                                    values.ends[row],
                                    others.bytes,
                                    others.starts[row],
                                    others.ends[row]));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
