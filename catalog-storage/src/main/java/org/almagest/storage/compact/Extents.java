package org.almagest.storage.compact;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.RowExtent;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.segment.SegmentRow;

/** Gives rows on their way into a segment their time extents. One thread. */
interface Extents {
    /** Sets the extent of a row whose body the cursor is at. */
    void fill(SegmentRow row, long timeMillis, RowCursor cursor);

    /** Returns what a schema asks for: nothing, where it declares no extent. */
    static Extents of(DatasetSchema schema) {
        return schema.extent().map(fields -> declared(schema, fields)).orElse((row, timeMillis, cursor) -> {});
    }

    private static Extents declared(DatasetSchema schema, TimeExtent fields) {
        RowReader reader = new RowReader(schema);
        RowExtent extent = new RowExtent(fields);
        return (row, timeMillis, cursor) -> {
            try {
                reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
                extent.read(reader, timeMillis);
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
            row.extent(extent.startMillis(), extent.endMillis());
        };
    }
}
