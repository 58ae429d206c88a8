package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
import org.almagest.schema.TypeKind;

/** Schemas as protobuf messages, and back with every rule checked. */
final class SchemaRecords {
    private static final String SUBJECT = "schema";

    /** Codes of kinds on disk; they never change. */
    private static final int TEMPORAL_CODE = 1;

    private static final int SPATIOTEMPORAL_CODE = 2;

    private SchemaRecords() {}

    static MetadataProto.Schema message(DatasetSchema schema) {
        assert isNumbered(schema) : schema;
        MetadataProto.Schema.Builder message = MetadataProto.Schema.newBuilder()
                .setKind(schema.kind() == DatasetKind.TEMPORAL ? TEMPORAL_CODE : SPATIOTEMPORAL_CODE)
                .setGeometryRequired(schema.isGeometryRequired())
                .setNextFieldNumber(schema.nextFieldNumber());
        schema.fields().forEach(field -> message.addFields(message(field)));
        schema.key().ifPresent(field -> message.setKey(field.name()));
        schema.version().ifPresent(field -> message.setVersion(field.name()));
        schema.extent()
                .ifPresent(extent -> message.setExtentStart(extent.startField()).setExtentEnd(extent.endField()));
        for (GeometryKind kind : EnumSet.copyOf(schema.geometryKinds())) {
            message.addGeometryKinds(kind.code());
        }
        return message.build();
    }

    private static MetadataProto.Field message(Field field) {
        FieldNotes notes = field.notes();
        MetadataProto.Field.Builder message = MetadataProto.Field.newBuilder()
                .setNumber(field.number())
                .setName(field.name())
                .setTypeCode(field.typeCode())
                .setQueryable(field.isQueryable())
                .setDescription(notes.description())
                .setExampleValue(notes.exampleValue());
        notes.sourcePointer().ifPresent(message::setSourcePointer);
        notes.schemaReference().ifPresent(message::setSchemaReference);
        if (field.type() instanceof EnumType declared) {
            declared.values()
                    .forEach(value -> message.addEnumValues(MetadataProto.EnumValue.newBuilder()
                            .setNumber(value.number())
                            .setName(value.name())));
        }
        return message.build();
    }

    static DatasetSchema schema(MetadataProto.Schema message, String where) throws CorruptSectionException {
        return Records.convert(where, () -> {
            DatasetSchema.Builder builder = builder(message.getKind(), where);
            for (MetadataProto.Field field : message.getFieldsList()) {
                builder.field(field(field, where));
            }
            if (message.hasKey()) {
                builder.key(message.getKey());
            }
            if (message.hasVersion()) {
                builder.version(message.getVersion());
            }
            if (message.hasExtentStart() || message.hasExtentEnd()) {
                builder.extent(message.getExtentStart(), message.getExtentEnd());
            }
            builder.geometryKinds(geometryKinds(message.getGeometryKindsList(), where));
            if (!message.getGeometryRequired()) {
                builder.geometryOptional();
            }
            return checked(builder.nextFieldNumber(message.getNextFieldNumber()).build(), message);
        });
    }

    private static DatasetSchema checked(DatasetSchema schema, MetadataProto.Schema message) {
        if (!isNumbered(schema)) {
            throw new IllegalArgumentException("schema: field without a number");
        }
        // Whatever else was not as we write it: another order of geometry types, a place in a temporal schema.
        if (!message(schema).equals(message)) {
            throw new IllegalArgumentException("schema: not in canonical form");
        }
        return schema;
    }

    private static DatasetSchema.Builder builder(int kind, String where) {
        return switch (kind) {
            case TEMPORAL_CODE -> DatasetSchema.temporal();
            case SPATIOTEMPORAL_CODE -> DatasetSchema.spatioTemporal();
            default -> throw new UnsupportedFormatException(SUBJECT, "with kind " + kind, "kinds 1 and 2", where);
        };
    }

    private static Set<GeometryKind> geometryKinds(List<Integer> codes, String where) {
        Set<GeometryKind> kinds = EnumSet.noneOf(GeometryKind.class);
        for (int code : codes) {
            if (code < 1 || code > GeometryKind.values().length) {
                throw new UnsupportedFormatException(SUBJECT, "with geometry type " + code, "types 1 to 7", where);
            }
            kinds.add(GeometryKind.values()[code - 1]);
        }
        assert kinds.stream().allMatch(kind -> codes.contains(kind.code())) : kinds;
        return kinds;
    }

    private static Field field(MetadataProto.Field message, String where) {
        Field field = Field.of(message.getName(), type(message, where))
                .numbered(message.getNumber())
                .noted(new FieldNotes(
                        message.getDescription(),
                        message.getExampleValue(),
                        message.hasSourcePointer() ? message.getSourcePointer() : null,
                        message.hasSchemaReference() ? message.getSchemaReference() : null));
        Field sized = message.getTypeCode() >= TypeKind.ARRAY_CODE ? field.array() : field;
        return message.getQueryable() ? sized.queryable() : sized;
    }

    private static FieldType type(MetadataProto.Field message, String where) {
        int code = message.getTypeCode();
        TypeKind kind = TypeKind.ofCode(code >= TypeKind.ARRAY_CODE ? code - TypeKind.ARRAY_CODE : code)
                .orElseThrow(() -> new UnsupportedFormatException(
                        SUBJECT, "with type code " + code, "type codes 1 to 14 and 65 to 78", where));
        if (kind != TypeKind.ENUM) {
            return new SimpleType(kind);
        }
        List<EnumValue> values = new ArrayList<>();
        message.getEnumValuesList().forEach(value -> values.add(new EnumValue(value.getNumber(), value.getName())));
        return new EnumType(values);
    }

    /** Tells whether every field has a number; that numbers differ and are in range, the schema itself sees to. */
    private static boolean isNumbered(DatasetSchema schema) {
        return schema.fields().stream().allMatch(field -> field.number() != Field.UNNUMBERED);
    }
}
