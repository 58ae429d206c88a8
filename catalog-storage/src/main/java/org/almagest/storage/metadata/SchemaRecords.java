package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.EnumValue;
import org.almagest.schema.DatasetKind;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.FieldNotes;
import org.almagest.schema.FieldType;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.SimpleType;
import org.almagest.schema.TimeExtent;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Schemas as messages of {@code metadata.proto}, and back with every rule checked. */
final class SchemaRecords {
    private static final String SUBJECT = "schema";

    /** Codes of kinds on disk; they never change. */
    private static final int TEMPORAL_CODE = 1;

    private static final int SPATIOTEMPORAL_CODE = 2;

    private SchemaRecords() {}

    static void write(DatasetSchema schema, WireWriter out) {
        assert isNumbered(schema) : schema;
        out.unsigned(
                MetadataProto.Schema.KIND_FIELD_NUMBER,
                schema.kind() == DatasetKind.TEMPORAL ? TEMPORAL_CODE : SPATIOTEMPORAL_CODE);
        WireWriter inner = new WireWriter();
        for (Field field : schema.fields()) {
            write(field, inner.clear());
            out.message(MetadataProto.Schema.FIELDS_FIELD_NUMBER, inner);
        }
        presentText(MetadataProto.Schema.KEY_FIELD_NUMBER, nameOf(schema.key()), out);
        presentText(MetadataProto.Schema.VERSION_FIELD_NUMBER, nameOf(schema.version()), out);
        TimeExtent extent = schema.extent().orElse(null);
        if (extent != null) {
            out.presentText(MetadataProto.Schema.EXTENT_START_FIELD_NUMBER, extent.startField());
            out.presentText(MetadataProto.Schema.EXTENT_END_FIELD_NUMBER, extent.endField());
        }
        inner.clear();
        for (GeometryKind kind : EnumSet.copyOf(schema.geometryKinds())) {
            inner.varint(kind.code());
        }
        if (inner.size() > 0) {
            out.message(MetadataProto.Schema.GEOMETRY_KINDS_FIELD_NUMBER, inner);
        }
        out.flag(MetadataProto.Schema.GEOMETRY_REQUIRED_FIELD_NUMBER, schema.isGeometryRequired());
        out.unsigned(MetadataProto.Schema.NEXT_FIELD_NUMBER_FIELD_NUMBER, schema.nextFieldNumber());
    }

    private static @Nullable String nameOf(Optional<Field> field) {
        return field.isEmpty() ? null : field.orElseThrow().name();
    }

    private static void presentText(int field, @Nullable String text, WireWriter out) {
        if (text != null) {
            out.presentText(field, text);
        }
    }

    private static void write(Field field, WireWriter out) {
        FieldNotes notes = field.notes();
        out.unsigned(MetadataProto.Field.NUMBER_FIELD_NUMBER, field.number());
        out.text(MetadataProto.Field.NAME_FIELD_NUMBER, field.name());
        out.unsigned(MetadataProto.Field.TYPE_CODE_FIELD_NUMBER, field.typeCode());
        if (field.type() instanceof EnumType declared) {
            WireWriter inner = new WireWriter();
            for (EnumValue value : declared.values()) {
                inner.clear();
                inner.unsigned(MetadataProto.EnumValue.NUMBER_FIELD_NUMBER, value.number());
                inner.text(MetadataProto.EnumValue.NAME_FIELD_NUMBER, value.name());
                out.message(MetadataProto.Field.ENUM_VALUES_FIELD_NUMBER, inner);
            }
        }
        out.flag(MetadataProto.Field.QUERYABLE_FIELD_NUMBER, field.isQueryable());
        out.text(MetadataProto.Field.DESCRIPTION_FIELD_NUMBER, notes.description());
        out.text(MetadataProto.Field.EXAMPLE_VALUE_FIELD_NUMBER, notes.exampleValue());
        presentText(
                MetadataProto.Field.SOURCE_POINTER_FIELD_NUMBER,
                notes.sourcePointer().orElse(null),
                out);
        presentText(
                MetadataProto.Field.SCHEMA_REFERENCE_FIELD_NUMBER,
                notes.schemaReference().orElse(null),
                out);
    }

    /** What a message says, before anything of it is checked. */
    private static final class Parts {
        private int kind;
        private final List<Field> fields = new ArrayList<>();
        private @Nullable String key;
        private @Nullable String version;
        private @Nullable String extentStart;
        private @Nullable String extentEnd;
        private final Set<GeometryKind> geometryKinds = EnumSet.noneOf(GeometryKind.class);
        private boolean geometryRequired;
        private int nextFieldNumber;

        void read(WireReader in) throws CorruptSectionException {
            switch (in.field()) {
                case MetadataProto.Schema.KIND_FIELD_NUMBER -> kind = in.count();
                case MetadataProto.Schema.FIELDS_FIELD_NUMBER -> fields.add(field(in));
                case MetadataProto.Schema.KEY_FIELD_NUMBER -> key = in.text();
                case MetadataProto.Schema.VERSION_FIELD_NUMBER -> version = in.text();
                case MetadataProto.Schema.EXTENT_START_FIELD_NUMBER -> extentStart = in.text();
                case MetadataProto.Schema.EXTENT_END_FIELD_NUMBER -> extentEnd = in.text();
                case MetadataProto.Schema.GEOMETRY_KINDS_FIELD_NUMBER -> readGeometryKinds(in);
                case MetadataProto.Schema.GEOMETRY_REQUIRED_FIELD_NUMBER -> geometryRequired = in.flag();
                case MetadataProto.Schema.NEXT_FIELD_NUMBER_FIELD_NUMBER -> nextFieldNumber = in.count();
                default -> throw in.unknown("Schema");
            }
        }

        private void readGeometryKinds(WireReader in) throws CorruptSectionException {
            int outer = in.enter();
            while (in.position() < in.limit()) {
                long code = in.varint();
                if (code < 1 || code > GeometryKind.values().length) {
                    throw new UnsupportedFormatException(
                            SUBJECT, "with geometry type " + code, "types 1 to 7", in.where());
                }
                geometryKinds.add(GeometryKind.values()[(int) code - 1]);
            }
            in.leave(outer);
        }

        DatasetSchema schema(String where) {
            DatasetSchema.Builder builder = builder(kind, where);
            for (Field field : fields) {
                builder.field(field);
            }
            if (key != null) {
                builder.key(key);
            }
            if (version != null) {
                builder.version(version);
            }
            if (extentStart != null || extentEnd != null) {
                builder.extent(extentStart == null ? "" : extentStart, extentEnd == null ? "" : extentEnd);
            }
            builder.geometryKinds(geometryKinds);
            if (!geometryRequired) {
                builder.geometryOptional();
            }
            return builder.nextFieldNumber(nextFieldNumber).build();
        }
    }

    static DatasetSchema schema(WireReader in) throws CorruptSectionException {
        Parts parts = new Parts();
        int outer = in.enter();
        int from = in.position();
        try {
            while (in.next()) {
                parts.read(in);
            }
            DatasetSchema schema = parts.schema(in.where());
            if (!isNumbered(schema)) {
                throw new IllegalArgumentException("schema: field without a number");
            }
            // Whatever else was not as we write it: another order of geometry types, a place in a temporal schema.
            WireWriter canonical = new WireWriter();
            write(schema, canonical);
            if (!Arrays.equals(canonical.toBytes(), in.since(from))) {
                throw new IllegalArgumentException("schema: not in canonical form");
            }
            in.leave(outer);
            return schema;
        } catch (CatalogException | IllegalArgumentException e) {
            throw Records.refused(e, in.where());
        }
    }

    private static DatasetSchema.Builder builder(int kind, String where) {
        return switch (kind) {
            case TEMPORAL_CODE -> DatasetSchema.temporal();
            case SPATIOTEMPORAL_CODE -> DatasetSchema.spatioTemporal();
            default -> throw new UnsupportedFormatException(SUBJECT, "with kind " + kind, "kinds 1 and 2", where);
        };
    }

    private static Field field(WireReader in) throws CorruptSectionException {
        int number = 0;
        String name = "";
        int code = 0;
        List<EnumValue> values = new ArrayList<>();
        boolean queryable = false;
        String description = "";
        String exampleValue = "";
        String pointer = null;
        String reference = null;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.Field.NUMBER_FIELD_NUMBER -> number = in.count();
                case MetadataProto.Field.NAME_FIELD_NUMBER -> name = in.text();
                case MetadataProto.Field.TYPE_CODE_FIELD_NUMBER -> code = in.count();
                case MetadataProto.Field.ENUM_VALUES_FIELD_NUMBER -> values.add(enumValue(in));
                case MetadataProto.Field.QUERYABLE_FIELD_NUMBER -> queryable = in.flag();
                case MetadataProto.Field.DESCRIPTION_FIELD_NUMBER -> description = in.text();
                case MetadataProto.Field.EXAMPLE_VALUE_FIELD_NUMBER -> exampleValue = in.text();
                case MetadataProto.Field.SOURCE_POINTER_FIELD_NUMBER -> pointer = in.text();
                case MetadataProto.Field.SCHEMA_REFERENCE_FIELD_NUMBER -> reference = in.text();
                default -> throw in.unknown("Field");
            }
        }
        in.leave(outer);
        Field field = Field.of(name, type(code, values, in.where()))
                .numbered(number)
                .noted(new FieldNotes(description, exampleValue, pointer, reference));
        Field sized = code >= TypeKind.ARRAY_CODE ? field.array() : field;
        return queryable ? sized.queryable() : sized;
    }

    private static EnumValue enumValue(WireReader in) throws CorruptSectionException {
        int number = 0;
        String name = "";
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.EnumValue.NUMBER_FIELD_NUMBER -> number = in.count();
                case MetadataProto.EnumValue.NAME_FIELD_NUMBER -> name = in.text();
                default -> throw in.unknown("EnumValue");
            }
        }
        in.leave(outer);
        return new EnumValue(number, name);
    }

    private static FieldType type(int code, List<EnumValue> values, String where) {
        Optional<TypeKind> kind = TypeKind.ofCode(code >= TypeKind.ARRAY_CODE ? code - TypeKind.ARRAY_CODE : code);
        if (kind.isEmpty()) {
            throw new UnsupportedFormatException(
                    SUBJECT, "with type code " + code, "type codes 1 to 14 and 65 to 78", where);
        }
        return kind.orElseThrow() == TypeKind.ENUM ? new EnumType(values) : new SimpleType(kind.orElseThrow());
    }

    /** Tells whether every field has a number; that numbers differ and are in range, the schema itself sees to. */
    private static boolean isNumbered(DatasetSchema schema) {
        for (Field field : schema.fields()) {
            if (field.number() == Field.UNNUMBERED) {
                return false;
            }
        }
        return true;
    }
}
