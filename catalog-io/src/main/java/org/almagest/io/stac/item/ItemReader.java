package org.almagest.io.stac.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.almagest.Dataset;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.exchange.NewProperties;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Turns posted items into rows of a collection, and gives its dataset the fields that they bring. Safe for use by
 * several threads.
 */
public final class ItemReader {
    /** How many fields a dataset can have before further properties are kept beside the fields. */
    static final int FIELDS_MAX = 500;

    private static final int ID_BYTES_MAX = 1_024;
    private static final int ATTEMPTS = 3;
    private static final String COLLECTION = "collection";

    private final Limits limits = Limits.defaults();
    private final NewProperties newProperties;

    /** Reads items; new properties become fields or not. */
    public ItemReader(NewProperties newProperties) {
        this.newProperties = newProperties;
    }

    /**
     * Returns what items become; those that are wrong are told apart.
     *
     * @throws CatalogException if the dataset cannot take their fields
     */
    public ItemRows read(Place place, Dataset dataset, List<JsonObject> items) {
        return read(place, dataset, items, rows -> true);
    }

    /**
     * Returns what items become that are stored together or not at all: a wrong one brings no fields, nor do the others.
     *
     * @throws CatalogException if the dataset cannot take their fields
     */
    public ItemRows readWhole(Place place, Dataset dataset, List<JsonObject> items) {
        return read(place, dataset, items, rows -> rows.rejected().isEmpty());
    }

    private ItemRows read(Place place, Dataset dataset, List<JsonObject> items, Predicate<ItemRows> grows) {
        Optional<ItemRows> grown =
                newProperties == NewProperties.FIELDS ? growing(place, dataset, items, grows) : Optional.empty();
        return grown.orElseGet(() -> read(place, StacRows.keepingAside(dataset.schema(), limits), items));
    }

    /** Gives the dataset the fields that the items bring; empty where it takes no more. */
    private Optional<ItemRows> growing(
            Place place, Dataset dataset, List<JsonObject> items, Predicate<ItemRows> grows) {
        for (int attempt = 1; ; attempt++) {
            StacRows rows = StacRows.growing(dataset.schema(), limits);
            ItemRows read = read(place, rows, items);
            if (rows.added().isEmpty() || !grows.test(read)) {
                return Optional.of(read);
            }
            if (rows.schema().fields().size() > FIELDS_MAX) {
                return Optional.empty();
            }
            try {
                add(dataset, rows.added());
                return Optional.of(read);
            } catch (LimitExceededException e) {
                return Optional.empty(); // the store allows fewer fields than that
            } catch (ConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ItemRows read(Place place, StacRows rows, List<JsonObject> items) {
        ItemRows.Builder read = new ItemRows.Builder();
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.get(i);
            String id = item.member("id") instanceof JsonString text ? text.value() : "";
            try {
                read.row(id, rows.row(placed(place, item), i + 1L), rows.antimeridian());
            } catch (InvalidRequestException e) {
                read.rejected(id, i, e);
            } catch (LimitExceededException e) {
                read.rejected(id, i, e);
            }
        }
        return read.build();
    }

    /** Adds the fields that are missing; one of the same name that came meanwhile must be the same. */
    private static void add(Dataset dataset, List<Field> added) {
        dataset.alter(schema -> {
            DatasetSchema.Builder builder = schema.toBuilder();
            for (Field field : added) {
                Optional<Field> there = schema.field(field.name());
                if (there.isEmpty()) {
                    builder.field(field.numbered(Field.UNNUMBERED));
                } else if (there.get().typeCode() != field.typeCode()
                        || !there.get().sourcePointer().equals(field.sourcePointer())) {
                    throw new ConflictException(
                            "field " + Quoted.text(field.name()) + ": added with another type meanwhile");
                }
            }
            return builder.build();
        });
    }

    /** Returns the item with the collection it goes to, checked by the rules that hold for posted items alone. */
    private static JsonObject placed(Place place, JsonObject item) {
        checkId(item.member("id"));
        JsonValue named = item.member(COLLECTION);
        if (named != null && !(named instanceof JsonNull)) {
            checkPlace(place, named);
        }
        if (item.member("properties") instanceof JsonObject properties) {
            checkTime(properties);
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(item.members());
        members.put(COLLECTION, new JsonString(place.stacId()));
        return new JsonObject(members);
    }

    private static void checkPlace(Place place, JsonValue named) {
        String found = named instanceof JsonString text ? text.value() : "";
        if (!place.isNamed(found)) {
            String given = named instanceof JsonString ? Quoted.text(found) : named.kindName();
            throw new InvalidRequestException(
                    "field \"collection\"", given + " (expected " + Quoted.text(place.stacId()) + ")");
        }
    }

    private static void checkId(@Nullable JsonValue id) {
        if (id instanceof JsonString text) {
            boolean control = text.value().chars().anyMatch(Character::isISOControl);
            if (control) {
                throw new InvalidRequestException("field \"id\"", "control character in " + Quoted.text(text.value()));
            }
            Limits.check(
                    "field \"id\": bytes",
                    "itemIdBytesMax",
                    text.value().getBytes(StandardCharsets.UTF_8).length,
                    ID_BYTES_MAX);
        }
    }

    private static void checkTime(JsonObject properties) {
        JsonValue datetime = properties.member("datetime");
        if (datetime != null && !(datetime instanceof JsonNull)) {
            return;
        }
        for (String end : List.of("start_datetime", "end_datetime")) {
            if (!(properties.member(end) instanceof JsonString)) {
                throw new InvalidRequestException(
                        "field \"datetime\"", "null without " + end + " (expected both ends, or a time)");
            }
        }
    }

    /** Returns the items of an array of features. */
    public static List<JsonObject> items(List<JsonValue> features) {
        List<JsonObject> items = new ArrayList<>(features.size());
        for (JsonValue feature : features) {
            if (!(feature instanceof JsonObject item)) {
                throw new InvalidRequestException(
                        "features: element " + items.size(), feature.kindName() + " (expected an object)");
            }
            items.add(item);
        }
        return items;
    }
}
