package org.almagest.storage.run;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Reads fields out of encoded bodies. */
final class BodyFields implements FieldCursor {
    /** A body can take tenths of a millisecond to read. */
    private static final int ROWS_PER_CHECK = 64;

    private final RowCursor rows;
    private final RowReader reader;
    private boolean found;

    BodyFields(RowCursor rows, DatasetSchema schema) {
        this.rows = rows;
        this.reader = new RowReader(schema);
    }

    @Override
    public void seek(int ordinal) {
        rows.seek(ordinal);
        found = false;
    }

    @Override
    public @Nullable Object value(String field) {
        try {
            return reader().value(field);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    @Override
    public @Nullable Geometry geometry() {
        try {
            return reader().geometry();
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    @Override
    public int geometryFlags() {
        try {
            return reader().geometryFlags();
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    @Override
    public Datapoint datapoint(DatapointId id, Origin origin, RowSelection selection) {
        try {
            return reader().select(id, RowSelection.instantOfMicros(rows.ingestionMicros()), origin, selection);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    @Override
    public void fill(RowPlaces places, BatchSlots slots, Runnable check) {
        places.window(0, places.size(), 0);
        try {
            for (int i = 0; i < places.count(); i++) {
                if (i % ROWS_PER_CHECK == 0) {
                    check.run();
                }
                seek(places.row(i));
                slots.batch().ingestionMicros()[places.place(i)] = rows.ingestionMicros();
                if (!slots.columns().isEmpty()) {
                    reader().fill(slots, places.place(i));
                }
            }
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns the reader at the row; finding its fields is put off until one is asked for. */
    private RowReader reader() throws CorruptSectionException {
        if (!found) {
            reader.reset(rows.bytes(), rows.offset(), rows.length());
            found = true;
        }
        return reader;
    }
}
