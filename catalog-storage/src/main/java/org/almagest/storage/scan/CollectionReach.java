package org.almagest.storage.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.almagest.geo.BoxHull;
import org.almagest.model.BoundingBox;
import org.almagest.model.CollectionInfo.Reach;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.run.FieldCursor;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.Run;
import org.almagest.storage.run.SegmentRun;
import org.jspecify.annotations.Nullable;

/**
 * What the live rows of a collection cover: of segments as the manifest says, without opening one, of rows in memory by
 * looking at each.
 */
public final class CollectionReach implements Supplier<Reach> {
    private final DatasetSchema schema;
    private final List<LiveRun<?>> runs;

    /** Creates it for runs of a schema. */
    public CollectionReach(DatasetSchema schema, List<LiveRun<?>> runs) {
        this.schema = schema;
        this.runs = runs;
    }

    @Override
    public Reach get() {
        Sum sum = new Sum();
        for (LiveRun<?> live : runs) {
            int first = live.firstLive();
            int last = live.lastLive();
            if (first > last) {
                continue;
            }
            Run run = live.run();
            if (run instanceof SegmentRun segment && schema.extent().isPresent()) {
                sum.reaches(segment.extentFirst(), segment.extentLast());
            } else {
                sum.reaches(run.idHigh(first) >> Short.SIZE, run.idHigh(last) >> Short.SIZE);
            }
            if (run instanceof SegmentRun segment && segment.box() != null) {
                sum.boxes.add(segment.box());
            } else if (run instanceof MemoryRun memory) {
                add(memory, live, sum);
            }
        }
        return sum.toReach();
    }

    private void add(MemoryRun run, LiveRun<?> live, Sum sum) {
        BoxColumn boxes = run.boxes();
        TimeExtent extent = schema.extent().orElse(null);
        FieldCursor fields = extent == null ? null : run.fields(schema);
        for (int row = 0; row < run.rowCount(); row++) {
            if (live.dead().rows().contains(row)) {
                continue;
            }
            if (!Float.isNaN(boxes.south(row))) {
                sum.boxes.add(BoundingBox.of(boxes.west(row), boxes.south(row), boxes.east(row), boxes.north(row)));
            }
            if (extent != null && fields != null) {
                fields.seek(row);
                sum.reaches((Instant) fields.value(extent.startField()));
                sum.reaches((Instant) fields.value(extent.endField()));
            }
        }
    }

    private static final class Sum {
        private final List<BoundingBox> boxes = new ArrayList<>();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void reaches(long from, long to) {
            first = Math.min(first, from);
            last = Math.max(last, to);
        }

        void reaches(@Nullable Instant instant) {
            if (instant != null) {
                long down = instant.toEpochMilli();
                reaches(down, Instant.ofEpochMilli(down).equals(instant) ? down : down + 1);
            }
        }

        Reach toReach() {
            return new Reach(
                    boxes.isEmpty() ? null : BoxHull.of(boxes),
                    first > last ? null : Instant.ofEpochMilli(first),
                    first > last ? null : Instant.ofEpochMilli(last));
        }
    }
}
