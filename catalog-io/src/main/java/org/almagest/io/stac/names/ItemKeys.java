package org.almagest.io.stac.names;

import java.util.Optional;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * What the id of an item means in a dataset: its key, or the id of the datapoint where the dataset has no key. Immutable.
 *
 * <p>A text that is not how the API writes an id means nothing, so that one item has one address.
 */
public final class ItemKeys {
    private final @Nullable Field key;

    private ItemKeys(@Nullable Field key) {
        this.key = key;
    }

    /** Returns the ids of items of datasets with this schema. */
    public static ItemKeys of(DatasetSchema schema) {
        return new ItemKeys(schema.key().orElse(null));
    }

    /** Returns the field whose value is the id; empty where the id of the datapoint is. */
    public Optional<Field> field() {
        return Optional.ofNullable(key);
    }

    /** Returns the id of an item that was read from the catalog. */
    public String text(Datapoint row) {
        Optional<String> value =
                key == null ? Optional.empty() : row.value(key.name()).map(Object::toString);
        return value.or(() -> row.id().map(DatapointId::toString)).orElse("");
    }

    /** Returns the key value that an id of an item means; empty where it means none, and in datasets without key. */
    public Optional<Object> key(String itemId) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(value(key.type().kind(), itemId))
                    .filter(value -> value.toString().equals(itemId));
        } catch (InvalidRequestException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the id of the datapoint that an id of an item means; empty in datasets with a key. */
    public Optional<DatapointId> datapointId(String itemId) {
        if (key != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DatapointId.parse(itemId))
                    .filter(id -> id.toString().equals(itemId));
        } catch (InvalidRequestException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Object value(TypeKind kind, String text) {
        return switch (kind) {
            case INT64 -> Long.valueOf(text);
            case UINT64 -> Uint64.parse(text);
            case UUID -> UUID.fromString(text);
            default -> text;
        };
    }
}
