package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;

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
}
