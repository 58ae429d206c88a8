package org.almagest.io.parquet;

import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.parquet.file.ParquetRows;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * What is known of a file before its rows are read.
 *
 * @param schema its columns
 * @param metadata its key-value metadata
 * @param geo what it says about geometries
 */
record FileFacts(MessageType schema, Map<String, String> metadata, GeoKey geo) {
    /** Metadata key that says by which mapping a file was written here. */
    static final String MAPPING = "almagest:mapping";

    /** Metadata key of the schema, as {@code dataset show --json} prints it. */
    static final String SCHEMA = "almagest:schema";

    /** Metadata key of the name of the column of boxes, which is not declared as a covering where one of them wraps. */
    static final String BOX = "almagest:bbox";

    static final String DATAPOINTS = "datapoints 1";
    static final String ITEMS = "items 1";

    /** Column of the values that their own columns do not hold exactly, by field; no field can have this name. */
    static final String EXACT_VALUES = "almagest:exact";

    static FileFacts of(ParquetRows rows) {
        return new FileFacts(rows.schema(), rows.metadata(), GeoKey.of(rows.schema(), rows.metadata()));
    }

    /** Refuses a column of anything but single values of bytes. */
    static void requireBytes(Type type, String expected) {
        boolean bytes = type.isPrimitive()
                && !type.isRepetition(Type.Repetition.REPEATED)
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        if (!bytes) {
            String actual = type.isPrimitive()
                    ? type.asPrimitiveType().getPrimitiveTypeName().name()
                    : "a group";
            throw new InvalidRequestException(
                    "column " + Quoted.text(type.getName()), actual + " (expected " + expected + " in BINARY)");
        }
    }

    /** Tells whether the file was written here, by a mapping. */
    boolean isOurs(String mapping) {
        return mapping.equals(metadata.get(MAPPING));
    }

    /** Tells whether the file has the columns of STAC items. */
    boolean hasItems() {
        return schema.containsField("id")
                && schema.containsField("stac_version")
                && schema.containsField("assets")
                && schema.containsField("geometry");
    }

    /** Tells whether a column only repeats in another form what another one holds. */
    boolean isDerived(String column) {
        return geo.coverings().contains(column) || column.equals(metadata.get(BOX));
    }
}
