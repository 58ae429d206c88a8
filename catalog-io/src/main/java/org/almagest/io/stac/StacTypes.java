package org.almagest.io.stac;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.io.FieldNames;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;

/**
 * The fields that every STAC dataset has, and the properties whose type is known beforehand; version 1 of the mapping.
 *
 * <p>Types enter ids. A property in this table gets its type whatever the first item says, so that its part of the id
 * is a function of the item alone; {@code docs/format/stac-mapping.md} publishes it, and an entry never changes.
 */
final class StacTypes {
    static final String ITEM_ID = "item_id";
    static final String COLLECTION = "collection";
    static final String STAC_VERSION = "stac_version";
    static final String STAC_EXTENSIONS = "stac_extensions";
    static final String START = "start_datetime";
    static final String END = "end_datetime";
    static final String DATETIME = "datetime";
    static final String BBOX = "bbox";
    static final String ASSETS = "assets";
    static final String LINKS = "links";
    static final String OTHER = "other_properties";

    static final String PROPERTIES = "/properties";

    /** Fields in the place of members of the item, in the order in which a new dataset has them. */
    static final List<Field> ITEM_FIELDS = List.of(
            Field.string(ITEM_ID).from("/id").describedAs("Id of the item"),
            Field.string(COLLECTION).queryable().from("/collection"),
            Field.string(STAC_VERSION).from("/stac_version"),
            Field.string(STAC_EXTENSIONS).array().from("/stac_extensions"),
            Field.timestamp(START).queryable().from(PROPERTIES + "/start_datetime"),
            Field.timestamp(END).queryable().from(PROPERTIES + "/end_datetime"),
            Field.timestamp(DATETIME)
                    .from(PROPERTIES + "/datetime")
                    .describedAs("Set where it is finer than a millisecond"),
            Field.float64(BBOX).array().from("/bbox").describedAs("Set where it is not the box of the geometry"),
            Field.json(ASSETS).from("/assets"),
            Field.json(LINKS).from("/links").describedAs("Without root, self, parent, collection and items"),
            Field.json(OTHER).describedAs("What fits no field, by JSON pointer"));

    private static final Map<String, Field> BY_PROPERTY = new LinkedHashMap<>();
    private static final Map<String, Field> BY_POINTER = new LinkedHashMap<>();
    private static final Map<String, String> POINTER_BY_NAME = new LinkedHashMap<>();

    static {
        add(TypeKind.TIMESTAMP, "created", "updated", "published", "unpublished", "expires", START, END);
        add(
                TypeKind.INT64,
                "proj:epsg",
                "sat:absolute_orbit",
                "sat:relative_orbit",
                "sar:looks_range",
                "sar:looks_azimuth",
                "mgrs:utm_zone",
                "table:row_count");
        add(
                TypeKind.FLOAT64,
                "gsd",
                "eo:cloud_cover",
                "eo:snow_cover",
                "view:off_nadir",
                "view:incidence_angle",
                "view:azimuth",
                "view:sun_azimuth",
                "view:sun_elevation");
        add(
                TypeKind.STRING,
                "title",
                "description",
                "license",
                "platform",
                "constellation",
                "mission",
                "version",
                "processing:level",
                "sat:orbit_state",
                "sar:instrument_mode",
                "sar:product_type",
                "grid:code",
                "proj:code",
                "naip:year",
                "naip:state",
                "s2:processing_baseline",
                "landsat:wrs_path",
                "landsat:wrs_row",
                "landsat:collection_number");
        addArray(TypeKind.INT64, "proj:shape");
        addArray(TypeKind.FLOAT64, "proj:bbox", "proj:transform");
        addArray(TypeKind.STRING, "instruments", "sar:polarizations");
        for (Field field : ITEM_FIELDS) {
            POINTER_BY_NAME.put(field.name(), field.sourcePointer().orElse(""));
            field.sourcePointer().ifPresent(pointer -> BY_POINTER.put(pointer, field));
        }
    }

    private StacTypes() {}

    private static void add(TypeKind kind, String... properties) {
        for (String property : properties) {
            Field field = Field.of(FieldNames.snakeCase(property).orElseThrow(), kind);
            register(property, kind == TypeKind.STRING && isFreeText(property) ? field : field.queryable());
        }
    }

    private static void addArray(TypeKind kind, String... properties) {
        for (String property : properties) {
            register(
                    property,
                    Field.of(FieldNames.snakeCase(property).orElseThrow(), kind).array());
        }
    }

    private static boolean isFreeText(String property) {
        return Set.of("title", "description").contains(property);
    }

    private static void register(String property, Field field) {
        String pointer = FieldNames.pointer(PROPERTIES, property);
        BY_PROPERTY.put(property, field.from(pointer));
        BY_POINTER.put(pointer, field.from(pointer));
        POINTER_BY_NAME.put(field.name(), pointer);
    }

    /** Returns the field of a member whose type is known beforehand. */
    static Optional<Field> ofPointer(String pointer) {
        return Optional.ofNullable(BY_POINTER.get(pointer));
    }

    /** Returns the properties whose type is known beforehand, with their fields. */
    static Map<String, Field> table() {
        return Map.copyOf(BY_PROPERTY);
    }

    /** Returns the pointer that a field name is kept for; empty text where no member may have it. */
    static Optional<String> reservedFor(String fieldName) {
        if (DatasetSchema.FIXED_FIELD_NAMES.contains(fieldName)) {
            return Optional.of("");
        }
        return Optional.ofNullable(POINTER_BY_NAME.get(fieldName));
    }

    /** Returns the schema of a new dataset before its first item. */
    static DatasetSchema begin() {
        return DatasetSchema.spatioTemporal()
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .fields(ITEM_FIELDS)
                .key(ITEM_ID)
                .extent(START, END)
                .build();
    }

    /** Returns where the values of a field stand in an item. */
    static String pointer(Field field) {
        return field.sourcePointer()
                .or(() -> Optional.ofNullable(POINTER_BY_NAME.get(field.name())))
                .orElseGet(() -> FieldNames.pointer(PROPERTIES, field.name()));
    }
}
