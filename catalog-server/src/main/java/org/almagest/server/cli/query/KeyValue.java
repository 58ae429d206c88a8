package org.almagest.server.cli.query;

import java.util.UUID;
import org.almagest.Dataset;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.DatapointId;
import org.almagest.model.Uint64;
import org.almagest.schema.Field;

/** Makes keys of what a user typed. */
final class KeyValue {
    private KeyValue() {}

    /**
     * Returns the key field of a dataset.
     *
     * @throws InvalidRequestException if it has none
     */
    static Field field(Dataset dataset) {
        return dataset.schema()
                .key()
                .orElseThrow(() -> new InvalidRequestException("dataset " + Quoted.text(dataset.slug()), "has no key"));
    }

    /**
     * Returns the value that a text stands for.
     *
     * @throws InvalidRequestException if it stands for none of the field's type
     */
    static Object parse(Field field, String text) {
        try {
            return switch (field.kind()) {
                case INT64 -> Long.parseLong(text);
                case UINT64 -> Uint64.parse(text);
                case UUID -> uuid(text);
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("key", Quoted.text(text) + " (expected " + field.typeText() + ")", e);
        }
    }

    private static UUID uuid(String text) {
        try {
            return DatapointId.parse(text).toUuid();
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException("key", e.problem(), e);
        }
    }
}
