package org.almagest.storage.segment;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Joins the time extents of rows to zones. One thread. */
final class ExtentZonesBuilder {
    private final SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
    private int count;
    private long zoneStart = Long.MAX_VALUE;
    private long zoneEnd = Long.MIN_VALUE;
    private long minStart = Long.MAX_VALUE;
    private long maxEnd = Long.MIN_VALUE;

    /** Adds the extent of the next row. */
    void add(long start, long end) {
        if (count > 0 && count % ExtentZones.ROWS == 0) {
            closeZone();
        }
        zoneStart = Math.min(zoneStart, start);
        zoneEnd = Math.max(zoneEnd, end);
        minStart = Math.min(minStart, start);
        maxEnd = Math.max(maxEnd, end);
        count++;
    }

    private void closeZone() {
        section.room(ExtentZones.ZONE_BYTES).putLong(zoneStart).putLong(zoneEnd);
        zoneStart = Long.MAX_VALUE;
        zoneEnd = Long.MIN_VALUE;
    }

    /** Returns how many rows were added. */
    int count() {
        return count;
    }

    /** Returns how many bytes the framed section is going to have. */
    int frameBytes() {
        return section.frameBytes() + ExtentZones.ZONE_BYTES;
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
