package org.almagest.storage.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.RowExtent;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.segment.ExtentZones;
import org.almagest.storage.segment.SegmentReader;
import org.jspecify.annotations.Nullable;

/** Compares the extent zones of one segment with its rows. One thread. */
final class ExtentChecks {
    private final SegmentReader segment;
    private final @Nullable ExtentZones zones;
    private final @Nullable RowExtent extent;
    private final long[] starts;
    private final long[] ends;

    private ExtentChecks(SegmentReader segment, @Nullable ExtentZones zones, @Nullable RowExtent extent) {
        this.segment = segment;
        this.zones = zones;
        this.extent = extent;
        int count = zones == null ? 0 : zones.count();
        starts = new long[count];
        Arrays.fill(starts, Long.MAX_VALUE);
        ends = new long[count];
        Arrays.fill(ends, Long.MIN_VALUE);
    }

    static ExtentChecks of(DatasetSchema schema, SegmentReader segment) {
        return new ExtentChecks(
                segment, segment.extents(), schema.extent().map(RowExtent::new).orElse(null));
    }

    void add(RowReader reader, int row) throws CorruptSectionException {
        if (zones == null || extent == null) {
            return;
        }
        extent.read(reader, segment.idHigh(row) >> Short.SIZE);
        int zone = row / ExtentZones.ROWS;
        starts[zone] = Math.min(starts[zone], extent.startMillis());
        ends[zone] = Math.max(ends[zone], extent.endMillis());
    }

    /** Returns what does not hold, once every row was added. */
    List<String> findProblems() {
        if (zones == null) {
            return List.of();
        }
        if (extent == null) {
            return List.of("extent zones in a dataset without extent");
        }
        List<String> problems = new ArrayList<>();
        for (int zone = 0; zone < zones.count(); zone++) {
            if (zones.minStart(zone) != starts[zone] || zones.maxEnd(zone) != ends[zone]) {
                problems.add("extent zone " + zone + ": " + zones.minStart(zone) + " to " + zones.maxEnd(zone)
                        + " (its rows have " + starts[zone] + " to " + ends[zone] + ")");
            }
        }
        return problems;
    }
}
