package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.almagest.io.PropertyFields;
import org.almagest.io.stac.StacRows;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file: those of stac-geoparquet for datasets of items, else one for each field. One thread.
 *
 * @param columns all, in order; the last takes what the others do not hold
 * @param box the column of boxes; empty where rows have no geometry
 * @param mapping how the file is to be read again
 * @param beginning puts what no column is for into the remainder of a row
 */
record RowLayout(
        List<RowColumn> columns, Optional<BoxColumn> box, String mapping, BiConsumer<Datapoint, Remainder> beginning) {
    private static final String PROPERTIES = "/properties/";
    private static final String ASSETS = "assets";
    private static final List<String> SIMPLE_MEMBERS =
            List.of("/stac_version", "/stac_extensions", "/id", "/collection");
    private static final Set<String> WITH_COLUMN = Set.of(
            "/stac_version", "/stac_extensions", "/id", "/collection", "/assets", "/links", "/properties/datetime");
    private static final Set<String> ITEM_COLUMNS = itemColumns();

    private static Set<String> itemColumns() {
        Set<String> names = new HashSet<>(ItemMapping.MEMBERS);
        names.add("datetime");
        names.add(PropertyFields.OTHER);
        return names;
    }

    /** Returns the columns for these fields; {@code geometry} among them is the geometry of the row. */
    static RowLayout of(Map<String, Field> fields) {
        return of(fields, new Assets());
    }

    /** As the other one, with the assets of items as structs where those hold what was seen. */
    static RowLayout of(Map<String, Field> fields, Assets assets) {
        boolean items = fields.containsKey(DatasetSchema.GEOMETRY) && areOfItems(fields);
        return items ? ofItems(fields.values(), assets) : ofFields(fields);
    }

    /** Tells whether these are the fields of a dataset of items: id, assets, links, and what fits no field. */
    static boolean areOfItems(Map<String, Field> fields) {
        return isAt(fields.get("item_id"), TypeKind.STRING, "/id")
                && isAt(fields.get(ASSETS), TypeKind.JSON, "/assets")
                && isAt(fields.get(LinkColumn.NAME), TypeKind.JSON, "/links")
                && fields.containsKey(PropertyFields.OTHER);
    }

    private static boolean isAt(@Nullable Field field, TypeKind kind, String pointer) {
        return field != null && field.kind() == kind && StacRows.pointer(field).equals(pointer);
    }

    private static RowLayout ofFields(Map<String, Field> fields) {
        List<RowColumn> columns = new ArrayList<>();
        columns.add(FieldColumn.of(DatasetSchema.TIME, TypeKind.TIMESTAMP, row -> row.hasTime() ? row.time() : null));
        columns.add(FieldColumn.of(
                DatasetSchema.ID,
                TypeKind.STRING,
                row -> row.id().map(Object::toString).orElse(null)));
        columns.add(FieldColumn.of(
                DatasetSchema.INGESTION_TIME,
                TypeKind.TIMESTAMP,
                row -> row.ingestionTime().orElse(null)));
        Optional<BoxColumn> box = Optional.empty();
        if (fields.containsKey(DatasetSchema.GEOMETRY)) {
            columns.add(geometry());
            box = Optional.of(new BoxColumn(fields.containsKey(BoxColumn.NAME) ? "geometry_bbox" : BoxColumn.NAME));
            columns.add(box.get());
        }
        for (Field field : fields.values()) {
            if (!field.name().equals(DatasetSchema.GEOMETRY)) {
                columns.add(column(field.name(), field));
            }
        }
        columns.add(new RestColumn(FileFacts.EXACT_VALUES));
        return new RowLayout(columns, box, FileFacts.DATAPOINTS, (row, rest) -> {});
    }

    private static FieldColumn geometry() {
        return FieldColumn.of(
                DatasetSchema.GEOMETRY, TypeKind.GEOMETRY, row -> row.geometry().orElse(null));
    }

    private static FieldColumn column(String name, Field field) {
        return field.isArray()
                ? FieldColumn.ofLists(
                        name, field.kind(), row -> row.value(field.name()).orElse(null))
                : FieldColumn.of(
                        name, field.kind(), row -> row.value(field.name()).orElse(null));
    }

    private static RowLayout ofItems(Collection<Field> fields, Assets assets) {
        List<RowColumn> columns = new ArrayList<>();
        columns.add(FieldColumn.of("type", TypeKind.STRING, row -> "Feature"));
        for (Field field : fields) {
            String pointer = StacRows.pointer(field);
            if (SIMPLE_MEMBERS.contains(pointer)) {
                columns.add(column(pointer.substring(1), field).remaindered(pointer));
            }
        }
        columns.add(geometry());
        BoxColumn box = new BoxColumn(BoxColumn.NAME);
        columns.add(box);
        columns.add(new DatetimeColumn());
        Set<String> taken = new HashSet<>(ITEM_COLUMNS);
        List<Field> beside = new ArrayList<>();
        for (Field field : fields) {
            String pointer = StacRows.pointer(field);
            String name =
                    pointer.startsWith(PROPERTIES) ? ItemMapping.unescaped(pointer.substring(PROPERTIES.length())) : "";
            if (!name.isEmpty() && taken.add(name)) {
                columns.add(column(name, field).remaindered(pointer));
            } else if (!WITH_COLUMN.contains(pointer) && !field.name().equals(PropertyFields.OTHER)) {
                beside.add(field);
            }
        }
        columns.add(
                assets.areStructs()
                        ? new AssetColumn(assets.shape())
                        : FieldColumn.of(
                                        ASSETS,
                                        TypeKind.JSON,
                                        row -> row.value(ASSETS).orElse(null))
                                .remaindered("/" + ASSETS));
        columns.add(new LinkColumn(row -> row.value(LinkColumn.NAME).orElse(null)));
        columns.add(new RestColumn(PropertyFields.OTHER));
        return new RowLayout(columns, Optional.of(box), FileFacts.ITEMS, (row, rest) -> keep(row, beside, rest));
    }

    /** Begins what the columns of an item do not hold with what stands beside its fields. */
    private static void keep(Datapoint row, List<Field> beside, Remainder rest) {
        row.value(PropertyFields.OTHER).ifPresent(other -> rest.putAll((Json) other));
        for (Field field : beside) {
            row.value(field.name()).ifPresent(value -> rest.put(StacRows.pointer(field), JsonColumn.any(value)));
        }
    }
}
