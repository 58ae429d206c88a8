package org.almagest.server.cli.ingest;

import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.locationtech.jts.geom.Geometry;

/** Estimates how much memory and log a row takes, so that batches of wide rows end early. */
final class RowSize {
    private static final long VALUE_BYTES = 32;
    private static final long POSITION_BYTES = 32;

    private RowSize() {}

    static long bytes(Datapoint row) {
        long bytes = row.rawGeometry().map(RowSize::bytes).orElse(0L);
        for (Object value : row.values().values()) {
            bytes += bytes(value);
        }
        return bytes;
    }

    private static long bytes(Object value) {
        if (value instanceof CharSequence) {
            return VALUE_BYTES + ((CharSequence) value).length();
        }
        if (value instanceof Json) {
            return VALUE_BYTES + ((Json) value).text().length();
        }
        if (value instanceof Geometry) {
            return VALUE_BYTES + POSITION_BYTES * ((Geometry) value).getNumPoints();
        }
        if (value instanceof Bytes) {
            return VALUE_BYTES + ((Bytes) value).length();
        }
        long bytes = VALUE_BYTES;
        if (value instanceof Iterable<?>) {
            for (Object element : (Iterable<?>) value) {
                bytes += bytes(element);
            }
        }
        return bytes;
    }
}
