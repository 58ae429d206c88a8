package org.almagest.io.parquet;

import java.util.List;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a file into datapoints; failures name the field and leave file and row to the reader. */
interface RowMapping {
    /** Returns the datapoint of a row, the {@code line}th of the file. */
    Datapoint map(@Nullable Object[] row, long line);

    /** Returns how wide edges of the last row's geometry are meant. */
    AntimeridianRule antimeridian();

    /** Returns the schema that all rows returned so far fit. */
    DatasetSchema schema();

    /** Returns what a person should know about the rows so far. */
    List<String> notices();
}
