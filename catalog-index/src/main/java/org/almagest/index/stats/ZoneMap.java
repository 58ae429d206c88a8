package org.almagest.index.stats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;

/**
 * Lowest and highest code of one field in every zone of 1,024 rows and in all rows. Codes are unsigned; 0 stands for
 * unset and counts neither as lowest nor as highest. Immutable, safe to share between threads; lookups allocate nothing.
 *
 * <p>Format, version 1: little-endian; {@code ZoneMapTest} holds a worked example. Everything is checked at open, except
 * that the rows are as the zones say.
 *
 * <pre>
 * offset  bytes  field           constraint
 * 0       4      row count       0..ROW_COUNT_MAX
 * 4       4      flags           1 when the distinct count is exact, else 0
 * 8       8      min             lowest of the zones; 0 when all rows are unset
 * 16      8      max             highest of the zones; 0 when all rows are unset
 * 24      4      unset count     sum of the zones
 * 28      4      distinct count  different codes other than 0; at most the rows that are set, at least 1 when there are
 * 32      20z    zones           per 1,024 rows, the last zone fewer: u64 min, u64 max, u32 unset; min and max are 0
 *                                when all are unset, else 1 ≤ min ≤ max
 * </pre>
 */
public final class ZoneMap {
    static final int ROW_COUNT_OFFSET = 0;
    static final int FLAGS_OFFSET = 4;
    static final int MIN_OFFSET = 8;
    static final int MAX_OFFSET = 16;
    static final int UNSET_COUNT_OFFSET = 24;
    static final int DISTINCT_COUNT_OFFSET = 28;
    static final int ZONES_OFFSET = 32;

    /** Rows of a zone as a power of two. */
    public static final int ZONE_BITS = 10;

    /** The rows of every zone but the last, which may have fewer. */
    public static final int ZONE_ROWS = 1 << ZONE_BITS;

    /** The most rows. */
    public static final int ROW_COUNT_MAX = 1 << 26;

    static final int EXACT = 1;
    static final int ZONE_BYTES = 2 * Long.BYTES + Integer.BYTES;

    private final ByteBuffer body;
    private final int rowCount;

    private ZoneMap(ByteBuffer body, int rowCount) {
        this.body = body;
        this.rowCount = rowCount;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if a constraint above does not hold
     */
    public static ZoneMap open(ByteBuffer section, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int length = body.limit();
        int rows = length < ZONES_OFFSET ? -1 : body.getInt(ROW_COUNT_OFFSET);
        if (rows < 0 || rows > ROW_COUNT_MAX || length != ZONES_OFFSET + zones(rows) * ZONE_BYTES) {
            throw new CorruptSectionException(
                    "zone map: " + rows + " rows in a body of " + length + " bytes", resource);
        }
        ZoneMap map = new ZoneMap(body, rows);
        String problem = map.findProblem();
        if (!problem.isEmpty()) {
            throw new CorruptSectionException("zone map: " + problem, resource);
        }
        return map;
    }

    private static int zones(int rows) {
        return (rows + ZONE_ROWS - 1) >>> ZONE_BITS;
    }

    private String findProblem() {
        long min = -1;
        long max = 0;
        int unset = 0;
        for (int zone = 0; zone < zoneCount(); zone++) {
            int zoneUnset = unsetCount(zone);
            int rows = rowsOf(zone);
            boolean allUnset = zoneUnset == rows && min(zone) == 0 && max(zone) == 0;
            boolean someSet = zoneUnset >= 0
                    && zoneUnset < rows
                    && min(zone) != 0
                    && Long.compareUnsigned(min(zone), max(zone)) <= 0;
            if (!allUnset && !someSet) {
                return "zone " + zone + ": " + zoneUnset + " of " + rows + " unset, from "
                        + Long.toUnsignedString(min(zone)) + " to " + Long.toUnsignedString(max(zone));
            }
            unset += zoneUnset;
            if (someSet) {
                min = Long.compareUnsigned(min(zone), min) < 0 ? min(zone) : min;
                max = Long.compareUnsigned(max(zone), max) > 0 ? max(zone) : max;
            }
        }
        int set = rowCount - unset;
        if (unset != unsetCount() || max() != max || min() != (set == 0 ? 0 : min)) {
            return "the whole differs from its zones";
        }
        boolean plausible = set == 0 ? distinctCount() == 0 : distinctCount() >= 1 && distinctCount() <= set;
        if (!plausible || (body.getInt(FLAGS_OFFSET) & ~EXACT) != 0) {
            return "distinct count: " + distinctCount() + " of " + set + ", flags " + body.getInt(FLAGS_OFFSET);
        }
        return "";
    }

    /** Returns how many rows there are. */
    public int rowCount() {
        return rowCount;
    }

    /** Returns how many zones there are. */
    public int zoneCount() {
        return zones(rowCount);
    }

    /** Returns how many rows a zone has. */
    public int rowsOf(int zone) {
        return Math.min(ZONE_ROWS, rowCount - (zone << ZONE_BITS));
    }

    /** Returns the lowest code of all rows, unsigned; 0 when all are unset. */
    public long min() {
        return body.getLong(MIN_OFFSET);
    }

    /** Returns the highest code of all rows, unsigned; 0 when all are unset. */
    public long max() {
        return body.getLong(MAX_OFFSET);
    }

    /** Returns how many rows are unset. */
    public int unsetCount() {
        return body.getInt(UNSET_COUNT_OFFSET);
    }

    /** Returns how many different codes there are besides 0; see {@link #isDistinctCountExact}. */
    public int distinctCount() {
        return body.getInt(DISTINCT_COUNT_OFFSET);
    }

    /** Returns whether the distinct count was counted; else it is an estimate, mostly within a tenth. */
    public boolean isDistinctCountExact() {
        return body.getInt(FLAGS_OFFSET) == EXACT;
    }

    /** Returns the lowest code of a zone, unsigned; 0 when all its rows are unset. */
    public long min(int zone) {
        return body.getLong(ZONES_OFFSET + zone * ZONE_BYTES);
    }

    /** Returns the highest code of a zone, unsigned; 0 when all its rows are unset. */
    public long max(int zone) {
        return body.getLong(ZONES_OFFSET + zone * ZONE_BYTES + Long.BYTES);
    }

    /** Returns how many rows of a zone are unset. */
    public int unsetCount(int zone) {
        return body.getInt(ZONES_OFFSET + zone * ZONE_BYTES + 2 * Long.BYTES);
    }

    /** Returns whether a row of the zone may have a code from low to high, both included; a low of 0 includes unset rows. */
    public boolean mayMeet(int zone, long low, long high) {
        return low == 0 && unsetCount(zone) > 0
                || max(zone) != 0
                        && Long.compareUnsigned(min(zone), high) <= 0
                        && Long.compareUnsigned(max(zone), low) >= 0;
    }

    /** Returns whether all rows of the zone have a code from low to high, both included; a low of 0 includes unset rows. */
    public boolean isWithin(int zone, long low, long high) {
        return (low == 0 || unsetCount(zone) == 0)
                && Long.compareUnsigned(min(zone), low) >= 0
                && Long.compareUnsigned(max(zone), high) <= 0;
    }
}
