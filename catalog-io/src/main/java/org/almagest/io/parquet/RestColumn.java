package org.almagest.io.parquet;

import org.almagest.model.Datapoint;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The last column: what the others do not hold, as one JSON object. */
record RestColumn(String name) implements RowColumn {
    @Override
    public Type type() {
        return ValueEncoding.type(TypeKind.JSON, Type.Repetition.OPTIONAL, name);
    }

    @Override
    public @Nullable Object encode(Datapoint row, Remainder remainder) {
        String text = remainder.text();
        return text == null ? null : Binary.fromString(text);
    }

    @Override
    public void write(RecordConsumer out, Object encoded) {
        out.addBinary((Binary) encoded);
    }
}
