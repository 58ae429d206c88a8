package org.almagest.io.parquet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldNames;
import org.almagest.io.FieldTargets;
import org.almagest.io.FieldText;
import org.almagest.io.NewFields;
import org.almagest.io.SourceOptions;
import org.almagest.io.schema.SchemaFile;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Turns the rows of any Parquet file into datapoints, a column into a field. One thread. */
final class FieldMapping implements RowMapping {
    private static final List<String> TIME_COLUMNS = List.of("datetime", "timestamp", "date");

    private final FileFacts facts;
    private final SourceOptions options;
    private final DatasetSchema schema;
    private final String timeColumn;
    private final List<@Nullable Putting> columns = new ArrayList<>();

    private interface Putting {
        void put(Datapoint.Builder row, Object raw);
    }

    FieldMapping(FileFacts facts, @Nullable DatasetSchema given, SourceOptions options) {
        this.facts = facts;
        this.options = options;
        this.timeColumn = timeColumn(given);
        this.schema = schema(given);
        FieldTargets targets = new FieldTargets(schema, options);
        for (Type type : facts.schema().getFields()) {
            columns.add(putting(type, targets));
        }
    }

    /** A column of another name is the time only where nothing else can be meant by it. */
    private String timeColumn(@Nullable DatasetSchema given) {
        String usual = options.timeField().orElse(DatasetSchema.TIME);
        if (options.timeField().isPresent()
                || facts.schema().containsField(usual)
                || options.fixedTime().isPresent()) {
            return usual;
        }
        for (String name : TIME_COLUMNS) {
            boolean taken = given != null && given.field(name).isPresent()
                    || options.dropped().contains(name);
            if (!taken && facts.schema().containsField(name) && isTimestamp(name)) {
                return name;
            }
        }
        return usual;
    }

    private boolean isTimestamp(String column) {
        return FieldCell.field("any", facts.schema().getType(column), false).kind() == TypeKind.TIMESTAMP;
    }

    private DatasetSchema schema(@Nullable DatasetSchema given) {
        if (given != null && !options.addsFields(NewFields.REFUSE)) {
            return given;
        }
        String written = facts.metadata().get(FileFacts.SCHEMA);
        if (given == null && written != null && facts.isOurs(FileFacts.DATAPOINTS)) {
            return SchemaFile.parse(written).schema();
        }
        DatasetSchema.Builder schema = given != null ? given.toBuilder() : begin();
        FieldTargets known = given == null ? null : new FieldTargets(given, options);
        Map<String, String> sources = new LinkedHashMap<>();
        for (Type type : facts.schema().getFields()) {
            if (isFieldOfItsOwn(type.getName()) && (known == null || !known.knows(type.getName()))) {
                Field field = newField(type);
                String other = sources.putIfAbsent(field.name(), type.getName());
                if (other != null) {
                    throw new InvalidRequestException(
                            "column " + Quoted.text(type.getName()),
                            "becomes field " + Quoted.text(field.name()) + " as " + Quoted.text(other)
                                    + " does (drop one)");
                }
                schema.field(field);
            }
        }
        return schema.build();
    }

    private DatasetSchema.Builder begin() {
        return facts.geo().primary().isPresent()
                ? DatasetSchema.spatioTemporal()
                        .geometryKinds(EnumSet.allOf(GeometryKind.class))
                        .geometryOptional()
                : DatasetSchema.temporal();
    }

    private boolean isFieldOfItsOwn(String column) {
        return !column.equals(timeColumn)
                && !isLeftOut(column)
                && !facts.geo().primary().filter(column::equals).isPresent()
                && !Set.of(DatasetSchema.ID, DatasetSchema.INGESTION_TIME).contains(column);
    }

    private boolean isLeftOut(String column) {
        return options.dropped().contains(column) || facts.isDerived(column) || isExactValues(column);
    }

    private boolean isExactValues(String column) {
        return facts.isOurs(FileFacts.DATAPOINTS) && column.equals(FileFacts.EXACT_VALUES);
    }

    private Field newField(Type type) {
        String name = FieldNames.customName(type.getName())
                .orElseThrow(() -> new InvalidRequestException(
                        "column " + Quoted.text(type.getName()),
                        "no field name can be made of it (expected letters a to z and digits; drop it)"));
        Field field = FieldCell.field(name, type, facts.geo().geometries().contains(type.getName()));
        return name.equals(type.getName()) ? field : field.from(FieldNames.pointer("", type.getName()));
    }

    private @Nullable Putting putting(Type type, FieldTargets targets) {
        String name = type.getName();
        boolean geometry = facts.geo().geometries().contains(name);
        if (isExactValues(name)) {
            FileFacts.requireBytes(type, "JSON");
            return (row, raw) -> putExact(row, ScalarType.text((byte[]) raw));
        }
        if (isLeftOut(name)) {
            return null;
        }
        if (name.equals(timeColumn)) {
            FieldCell cell = FieldCell.ofTime(type, options.limits());
            return (row, raw) -> row.time((Instant) cell.read(raw));
        }
        boolean primary = facts.geo().primary().filter(name::equals).isPresent();
        if (primary && schema.isSpatial()) {
            FieldCell cell = FieldCell.of(Field.geometry(DatasetSchema.GEOMETRY), type, true, options.limits());
            return (row, raw) -> row.geometry((Geometry) cell.read(raw));
        }
        FieldTargets.Target target = targets.target(name);
        return switch (target.role()) {
            case TIME, IGNORED -> null;
            case GEOMETRY -> {
                FieldCell cell = FieldCell.of(Field.geometry(DatasetSchema.GEOMETRY), type, geometry, options.limits());
                yield (row, raw) -> row.geometry((Geometry) cell.read(raw));
            }
            case FIELD -> {
                Field field = Objects.requireNonNull(target.field());
                FieldCell cell = FieldCell.of(field, type, geometry, options.limits());
                yield (row, raw) -> row.set(field.name(), cell.read(raw));
            }
        };
    }

    /** Puts back the values that their columns do not hold exactly. */
    private void putExact(Datapoint.Builder row, String json) {
        FieldText texts = new FieldText(options.limits());
        if (!(JsonColumn.parse(json, options.limits()) instanceof JsonObject object)) {
            return;
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Field field = schema.field(member.getKey()).orElse(null);
            if (field != null && !options.dropped().contains(field.name())) {
                row.set(field.name(), exact(texts, field, member.getValue()));
            }
        }
    }

    private static Object exact(FieldText texts, Field field, JsonValue value) {
        String subject = "field " + Quoted.text(field.name());
        if (value instanceof JsonString text) {
            return texts.parse(subject, text.value(), field.type());
        }
        List<Object> elements = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                elements.add(exact(texts, field, element));
            }
            return elements;
        }
        throw new InvalidRequestException(
                subject, value.kindName() + " in " + FileFacts.EXACT_VALUES + " (expected text)");
    }

    @Override
    public Datapoint map(@Nullable Object[] row, long line) {
        Datapoint.Builder datapoint = Datapoint.builder();
        options.fixedTime().ifPresent(datapoint::time);
        for (int i = 0; i < row.length; i++) {
            Putting putting = columns.get(i);
            Object raw = row[i];
            if (putting != null && raw != null) {
                try {
                    putting.put(datapoint, raw);
                } catch (InvalidRequestException e) {
                    String name = facts.schema().getFieldName(i);
                    throw e.subject().startsWith("field ") ? e : e.within("field " + Quoted.text(name));
                }
            }
        }
        Datapoint made = datapoint.build();
        if (!made.hasTime()) {
            throw new InvalidRequestException(
                    "field " + Quoted.text(options.timeField().orElse(DatasetSchema.TIME)),
                    "unset (expected timestamp)");
        }
        return made;
    }

    @Override
    public AntimeridianRule antimeridian() {
        return AntimeridianRule.SHORT_WAY;
    }

    @Override
    public DatasetSchema schema() {
        return schema;
    }

    @Override
    public List<String> notices() {
        return facts.geo().notices();
    }
}
