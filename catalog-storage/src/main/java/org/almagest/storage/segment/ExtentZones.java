package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.jspecify.annotations.Nullable;

/**
 * How far the time extents of neighbouring rows reach, so that those that cannot meet an interval are passed over.
 * Safe to share between threads.
 *
 * <p>Little-endian; zone z covers rows z × {@link #ROWS} up to the next zone or the end.
 *
 * <pre>
 * offset  bytes  field  constraint
 * 0       16n    zones  i64 lowest start, rounded down, then i64 highest end, rounded up; Unix milliseconds
 * </pre>
 */
public final class ExtentZones {
    /** The rows of every zone but the last, which may have fewer. */
    public static final int ROWS = 1 << 10;

    /** Bytes of one zone. */
    static final int ZONE_BYTES = 2 * Long.BYTES;

    private final ByteBuffer body;

    private ExtentZones(ByteBuffer body) {
        this.body = body;
    }

    static ExtentZones open(ByteBuffer body, int rowCount, String resource) throws CorruptSectionException {
        int zones = (rowCount + ROWS - 1) / ROWS;
        if (body.limit() != (long) zones * ZONE_BYTES) {
            throw new CorruptSectionException(
                    "extent zones: " + body.limit() + " bytes (expected " + zones + " × " + ZONE_BYTES + ")", resource);
        }
        return new ExtentZones(body);
    }

    /** Returns how many zones there are, at least 1. */
    public int count() {
        return body.limit() / ZONE_BYTES;
    }

    /** Returns the lowest start of the rows of a zone, in Unix milliseconds, rounded down. */
    public long minStart(int zone) {
        return body.getLong(zone * ZONE_BYTES);
    }

    /** Returns the highest end of the rows of a zone, in Unix milliseconds, rounded up. */
    public long maxEnd(int zone) {
        return body.getLong(zone * ZONE_BYTES + Long.BYTES);
    }

    /** Joins the time extents of rows to zones. One thread. */
    static final class Builder {
        private final SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
        private int count;
        private long zoneStart = Long.MAX_VALUE;
        private long zoneEnd = Long.MIN_VALUE;
        private long minStart = Long.MAX_VALUE;
        private long maxEnd = Long.MIN_VALUE;

        /** Adds the extent of the next row. */
        void add(long start, long end) {
            if (count > 0 && count % ROWS == 0) {
                closeZone();
            }
            zoneStart = Math.min(zoneStart, start);
            zoneEnd = Math.max(zoneEnd, end);
            minStart = Math.min(minStart, start);
            maxEnd = Math.max(maxEnd, end);
            count++;
        }

        private void closeZone() {
            section.room(ZONE_BYTES).putLong(zoneStart).putLong(zoneEnd);
            zoneStart = Long.MAX_VALUE;
            zoneEnd = Long.MIN_VALUE;
        }

        /** Returns how many rows were added. */
        int count() {
            return count;
        }

        /** Returns how many bytes the framed section is going to have. */
        int frameBytes() {
            return section.frameBytes() + ZONE_BYTES;
        }

        SegmentDescription.@Nullable ExtentRange range() {
            return count == 0 ? null : new SegmentDescription.ExtentRange(minStart, maxEnd);
        }

        /** Returns the section with all zones; nothing can be added any more. */
        SectionBuffer finish() {
            closeZone();
            return section;
        }
    }
}
