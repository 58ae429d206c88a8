package org.almagest.server.cli.dataset;

import java.util.List;
import java.util.Locale;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.schema.DatasetKind;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TimeExtent;

/** The parts of a schema as users write and read them. */
final class SchemaParts {
    private SchemaParts() {}

    /** Begins a schema of the kind that a user named. */
    static DatasetSchema.Builder begin(String kind) {
        return switch (kind) {
            case "temporal" -> DatasetSchema.temporal();
            case "spatiotemporal" -> DatasetSchema.spatioTemporal();
            default ->
                throw new InvalidRequestException("kind", Quoted.text(kind) + " (expected temporal or spatiotemporal)");
        };
    }

    static String kindText(DatasetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Numbers, booleans, times and declared values are what people filter by, and they are small. */
    static boolean queryableByDefault(Field field) {
        return !field.isArray()
                && switch (field.kind()) {
                    case BOOL, INT32, INT64, UINT64, FLOAT32, FLOAT64, TIMESTAMP, DURATION, ENUM -> true;
                    default -> false;
                };
    }

    static List<String> names(TimeExtent extent) {
        return List.of(extent.startField(), extent.endField());
    }
}
