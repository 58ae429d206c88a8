package org.almagest.internal.row;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** Schemas and rows that the tests of this package share. */
final class Rows {
    static final UUID COLLECTION = UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc");
    static final Instant TIME = Instant.parse("2025-03-28T11:44:23Z");
    static final Limits LIMITS = Limits.defaults();
    static final EnumValue[] MODES = {new EnumValue(0, "NONE"), new EnumValue(7, "SOME")};

    private Rows() {}

    /** Returns a schema with one field called x. */
    static DatasetSchema schemaOf(Field field) {
        return DatasetSchema.temporal().field(field).build().numbered();
    }

    /** Returns a field called x, an enum with {@link #MODES}. */
    static Field field(TypeKind kind) {
        return kind == TypeKind.ENUM ? Field.enumeration("x", MODES) : Field.of("x", kind);
    }

    /** Returns a schema with a scalar and an array of every type, and an optional place. */
    static DatasetSchema everything() {
        DatasetSchema.Builder schema = DatasetSchema.spatioTemporal().geometryOptional();
        for (TypeKind kind : TypeKind.values()) {
            Field field =
                    kind == TypeKind.ENUM ? Field.enumeration("a_enum", MODES) : Field.of("a_" + kind.text(), kind);
            schema.field(field);
            schema.field(
                    kind == TypeKind.ENUM
                            ? Field.enumeration("s_enum", MODES).array()
                            : Field.of("s_" + kind.text(), kind).array());
        }
        return schema.build().numbered();
    }

    static RowBinder binder(DatasetSchema schema) {
        return new RowBinder(schema, COLLECTION, LIMITS, IngestOptions.DEFAULT);
    }

    static BoundRow bind(DatasetSchema schema, Datapoint row) {
        return binder(schema).bind(0, row);
    }

    /** Returns a row with one field called x. */
    static Datapoint rowOf(Object value) {
        return Datapoint.at(TIME).set("x", value).build();
    }

    static RowReader reader(DatasetSchema schema, byte[] body) throws CorruptSectionException {
        RowReader reader = new RowReader(schema);
        reader.reset(body, 0, body.length);
        return reader;
    }

    static Datapoint read(DatasetSchema schema, BoundRow row) throws CorruptSectionException {
        return reader(schema, row.body()).datapoint(row.id(), 0, null);
    }

    /** Returns what is read back of a value given for a field called x; nothing where it is unset. */
    static List<Object> stored(Field field, Object given) throws CorruptSectionException {
        DatasetSchema schema = schemaOf(field);
        return read(schema, bind(schema, rowOf(given))).value("x").stream().toList();
    }
}
