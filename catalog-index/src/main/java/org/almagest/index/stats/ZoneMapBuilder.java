package org.almagest.index.stats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Watches the codes of all rows, in row order, and lays out their {@link ZoneMap}. Takes 20 bytes a zone. One thread. */
public final class ZoneMapBuilder {
    private static final int CAPACITY_MIN = 16 * ZoneMap.ZONE_BYTES;

    private final DistinctEstimate distinct = new DistinctEstimate();
    private ByteBuffer zones = ByteBuffer.allocate(CAPACITY_MIN).order(ByteOrder.LITTLE_ENDIAN);
    private int rowCount;
    private int exactDistinct = -1;
    private long min = -1;
    private long max;
    private int unset;
    private long wholeMin = -1;
    private long wholeMax;
    private int wholeUnset;

    /** Adds the code of the next row, unsigned; 0 when it is unset. */
    public void add(long code) {
        if (rowCount == ZoneMap.ROW_COUNT_MAX) {
            throw new IllegalStateException("zone map: " + rowCount + " rows (at most " + ZoneMap.ROW_COUNT_MAX + ")");
        }
        if (code == 0) {
            unset++;
        } else {
            min = Long.compareUnsigned(code, min) < 0 ? code : min;
            max = Long.compareUnsigned(code, max) > 0 ? code : max;
            distinct.add(code);
        }
        if ((++rowCount & ZoneMap.ZONE_ROWS - 1) == 0) {
            endZone(ZoneMap.ZONE_ROWS);
        }
    }

    /**
     * Adds the codes of the next rows, as many as a zone has; fewer only at the end, and only whole zones before them.
     *
     * @param codes those of the rows stand first
     */
    public void addZone(long[] codes, int rows) {
        if (rowCount > ZoneMap.ROW_COUNT_MAX - rows) {
            throw new IllegalStateException(
                    "zone map: " + rowCount + " and " + rows + " rows (at most " + ZoneMap.ROW_COUNT_MAX + ")");
        }
        assert (rowCount & ZoneMap.ZONE_ROWS - 1) == 0 && rows <= ZoneMap.ZONE_ROWS : rowCount + " and " + rows;
        for (int i = 0; i < rows; i++) {
            long code = codes[i];
            if (code == 0) {
                unset++;
            } else {
                min = Long.compareUnsigned(code, min) < 0 ? code : min;
                max = Long.compareUnsigned(code, max) > 0 ? code : max;
            }
        }
        if (exactDistinct < 0) {
            distinct.add(codes, rows);
        }
        rowCount += rows;
        if (rows == ZoneMap.ZONE_ROWS) {
            endZone(rows);
        }
    }

    /** Returns about how many different codes there are besides 0. */
    public int distinctEstimate() {
        return distinct.count();
    }

    /**
     * States how many different codes there are besides 0, which is only estimated otherwise; when stated before rows are
     * added, nothing is estimated.
     */
    public ZoneMapBuilder distinctCount(int exact) {
        exactDistinct = exact;
        return this;
    }

    /** Returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return ZoneMap.ZONES_OFFSET + (rowCount + ZoneMap.ZONE_ROWS - 1 >>> ZoneMap.ZONE_BITS) * ZoneMap.ZONE_BYTES;
    }

    /** Writes the body at the position of a buffer; nothing may be added afterwards. */
    public void write(ByteBuffer target) {
        int rest = rowCount & ZoneMap.ZONE_ROWS - 1;
        if (rest > 0) {
            endZone(rest);
        }
        int set = rowCount - wholeUnset;
        boolean exact = exactDistinct >= 0;
        int estimate = Math.max(set == 0 ? 0 : 1, Math.min(set, exact ? exactDistinct : distinct.count()));
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(rowCount).putInt(exact ? ZoneMap.EXACT : 0);
        body.putLong(set == 0 ? 0 : wholeMin).putLong(wholeMax);
        body.putInt(wholeUnset).putInt(estimate);
        body.put(zones.duplicate().flip());
        target.position(target.position() + bodyBytes());
    }

    private void endZone(int rows) {
        if (zones.remaining() < ZoneMap.ZONE_BYTES) {
            int written = zones.position();
            zones = ByteBuffer.wrap(Arrays.copyOf(zones.array(), 2 * zones.capacity()))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(written);
        }
        zones.putLong(unset == rows ? 0 : min).putLong(max).putInt(unset);
        wholeMin = Long.compareUnsigned(min, wholeMin) < 0 ? min : wholeMin;
        wholeMax = Long.compareUnsigned(max, wholeMax) > 0 ? max : wholeMax;
        wholeUnset += unset;
        min = -1;
        max = 0;
        unset = 0;
    }
}
