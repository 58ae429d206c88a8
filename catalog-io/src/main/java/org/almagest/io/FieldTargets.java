package org.almagest.io;

import java.util.HashMap;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** Where the members or columns of a file go: fixed fields, fields of the schema, nowhere. One thread. */
public final class FieldTargets {
    private static final String WKT = "wkt";

    private final DatasetSchema schema;
    private final SourceOptions options;
    private final Map<String, Field> bySource = new HashMap<>();
    private final Map<String, Target> known = new HashMap<>();

    /** What a value is for. */
    public enum Role {
        /** The instant of the row. */
        TIME,
        /** The geometry of the row. */
        GEOMETRY,
        /** A field of the schema. */
        FIELD,
        /** Nothing: dropped, or generated anew by ingest. */
        IGNORED
    }

    /**
     * Where one member or column goes.
     *
     * @param role what the value is for
     * @param field the field of the schema; null in other roles
     * @param subject how messages name it: {@code field "cloud_cover"}
     * @param ordinal counts the targets from 0, so that a row can note which ones it met
     */
    public record Target(Role role, @Nullable Field field, String subject, int ordinal) {}

    /** Sends members to the fields of a schema, by name or by source pointer. */
    public FieldTargets(DatasetSchema schema, SourceOptions options) {
        this.schema = schema;
        this.options = options;
        for (Field field : schema.fields()) {
            field.sourcePointer().ifPresent(pointer -> bySource.putIfAbsent(pointer, field));
        }
    }

    /**
     * Returns where a member or column goes.
     *
     * @throws InvalidRequestException if the schema has no such field and it is not dropped
     */
    public Target target(String name) {
        Target target = known.get(name);
        if (target == null) {
            target = find(name);
            if (target == null) {
                throw new InvalidRequestException(
                        "field " + Quoted.text(name), "no such field in the dataset (drop it, or let fields be added)");
            }
            known.put(name, target);
        }
        return target;
    }

    /** Tells whether a member or column goes anywhere, or is dropped. */
    public boolean knows(String name) {
        return known.containsKey(name) || find(name) != null;
    }

    private @Nullable Target find(String name) {
        String subject = "field " + Quoted.text(name);
        if (options.dropped().contains(name)) {
            return new Target(Role.IGNORED, null, subject, known.size());
        }
        if (name.equals(options.timeField().orElse(DatasetSchema.TIME))) {
            return new Target(Role.TIME, null, subject, known.size());
        }
        if (schema.isSpatial() && name.equals(DatasetSchema.GEOMETRY)) {
            return new Target(Role.GEOMETRY, null, subject, known.size());
        }
        Field field = schema.field(name).orElseGet(() -> bySource.get(FieldNames.pointer("", name)));
        if (field != null) {
            boolean dropped = options.dropped().contains(field.name());
            return new Target(dropped ? Role.IGNORED : Role.FIELD, field, subject, known.size());
        }
        if (schema.isSpatial() && name.equals(WKT)) {
            return new Target(Role.GEOMETRY, null, subject, known.size());
        }
        if (DatasetSchema.FIXED_FIELD_NAMES.contains(name) && !name.equals(DatasetSchema.GEOMETRY)) {
            return new Target(Role.IGNORED, null, subject, known.size());
        }
        return null;
    }
}
