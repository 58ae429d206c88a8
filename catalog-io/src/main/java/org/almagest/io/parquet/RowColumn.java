package org.almagest.io.parquet;

import org.almagest.model.Datapoint;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** One column of a file that is written. */
interface RowColumn {
    /** Returns name and type. */
    Type type();

    /**
     * Returns what the column holds for a row, in a form for {@link #write}; null for none.
     *
     * @param remainder takes what the type of the column does not hold exactly
     */
    @Nullable
    Object encode(Datapoint row, Remainder remainder);

    /** Writes what {@link #encode} returned. */
    void write(RecordConsumer out, Object encoded);
}
