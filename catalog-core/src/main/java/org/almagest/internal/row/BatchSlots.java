package org.almagest.internal.row;

import java.util.List;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.internal.batch.ColumnArrays;

/**
 * Where a batch takes the fields of the rows of one schema.
 *
 * @param selection the fields of the schema that are wanted
 * @param columns theirs, in the same order
 * @param batch the batch
 */
public record BatchSlots(RowSelection selection, List<ColumnArrays> columns, BatchArrays batch) {
    /** Returns where a batch takes a selection, which must be part of what the batch was made for. */
    public static BatchSlots of(RowSelection selection, BatchArrays batch) {
        List<ColumnArrays> columns = selection.fields().stream()
                .map(field -> batch.column(field.name()))
                .toList();
        return new BatchSlots(selection, columns, batch);
    }

    /** Returns the column of the field with this index in the selection. */
    public ColumnArrays column(int index) {
        return columns.get(index);
    }
}
