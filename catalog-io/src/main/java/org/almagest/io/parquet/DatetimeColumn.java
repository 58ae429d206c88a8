package org.almagest.io.parquet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.Rfc3339;
import org.almagest.model.Datapoint;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The datetime of an item: null where the item says null, to the microsecond, and whole beside it where it is finer. */
final class DatetimeColumn implements RowColumn {
    private static final String NAME = "datetime";
    private static final String POINTER = "/properties/datetime";

    @Override
    public Type type() {
        return ValueEncoding.type(TypeKind.TIMESTAMP, Type.Repetition.OPTIONAL, NAME);
    }

    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        JsonValue stated = remainder.get(POINTER);
        if (stated == JsonNull.NULL || !row.hasTime()) {
            return null;
        }
        Object exact = row.value(NAME).orElse(null);
        Instant datetime = exact instanceof Instant instant ? instant : row.time();
        Object encoded = ValueEncoding.encode(datetime);
        if (encoded == null) {
            remainder.put(POINTER, new JsonString(Rfc3339.format(datetime)));
            encoded = ValueEncoding.encode(datetime.truncatedTo(ChronoUnit.MICROS));
        }
        return encoded;
    }

    @Override
    public void write(RecordConsumer out, Object encoded) {
        out.addLong((Long) encoded);
    }
}
