package org.almagest.io;

import java.util.Map;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;

/** Writes a datapoint as one JSON object: the names of the schema, unset fields left out. */
public final class RowJson {
    private RowJson() {}

    /** Appends the object, without line breaks; {@code geometry} must have been parsed. */
    public static void append(StringBuilder out, Datapoint datapoint) {
        out.append('{');
        if (datapoint.hasTime()) {
            append(out, DatasetSchema.TIME, datapoint.time());
        }
        datapoint.id().ifPresent(id -> append(out, DatasetSchema.ID, id.toUuid()));
        datapoint.ingestionTime().ifPresent(time -> append(out, DatasetSchema.INGESTION_TIME, time));
        datapoint.geometry().ifPresent(geometry -> append(out, DatasetSchema.GEOMETRY, geometry));
        for (Map.Entry<String, Object> value : datapoint.values().entrySet()) {
            append(out, value.getKey(), value.getValue());
        }
        out.append('}');
    }

    private static void append(StringBuilder out, String name, Object value) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        JsonText.appendQuoted(out, name);
        out.append(':');
        JsonText.append(out, value);
    }
}
