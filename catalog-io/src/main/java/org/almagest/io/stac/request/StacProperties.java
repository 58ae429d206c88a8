package org.almagest.io.stac.request;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.query.Property;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * What the names that a client uses mean to the engine, in the datasets of one search. One thread.
 *
 * <p>The client speaks STAC: {@code id} is the key of the item, {@code datetime} its time, and the fields of the same
 * names that the engine has are reached as {@code almagest:id} and {@code almagest:ingestion_time}.
 */
public final class StacProperties {
    /** The name under which clients speak of the time. */
    public static final String DATETIME = "datetime";

    /** The name under which clients speak of the key. */
    public static final String ID = "id";

    /** The name under which clients speak of the collection. */
    public static final String COLLECTION = "collection";

    private static final String PROPERTIES = "properties.";
    private static final String DATETIME_POINTER = "/properties/datetime";
    private static final String OWN_ID = "almagest:id";
    private static final String OWN_INGESTION_TIME = "almagest:ingestion_time";

    private final List<DatasetSchema> schemas;
    private final Optional<String> fineTime;
    private final Keying keying;
    private @Nullable Fields fields;

    /** Which of the datasets have a key; an item of another has the id of its datapoint. */
    enum Keying {
        ALL,
        SOME,
        NONE
    }

    /** Returns the names of datasets with these schemas. */
    public StacProperties(List<DatasetSchema> schemas) {
        this.schemas = List.copyOf(schemas);
        this.fineTime = fineTime(schemas);
        long keyed = schemas.stream().filter(schema -> schema.key().isPresent()).count();
        this.keying = keyed == 0 ? Keying.NONE : keyed == schemas.size() ? Keying.ALL : Keying.SOME;
    }

    /** Of the two names of the field, that which means no field of a dataset where another is called so. */
    private static Optional<String> fineTime(List<DatasetSchema> schemas) {
        boolean fine = false;
        boolean foreignName = false;
        boolean foreignPointer = false;
        for (DatasetSchema schema : schemas) {
            for (Field field : schema.fields()) {
                boolean named = field.name().equals(DATETIME);
                boolean pointed =
                        field.sourcePointer().filter(DATETIME_POINTER::equals).isPresent()
                                || field.name().equals(PROPERTIES + DATETIME);
                boolean own = named && pointed && field.kind() == TypeKind.TIMESTAMP && !field.isArray();
                fine |= own;
                foreignName |= named && !own;
                foreignPointer |= pointed && !own;
            }
        }
        if (!fine || foreignName && foreignPointer) {
            return Optional.empty();
        }
        return Optional.of(foreignName ? PROPERTIES + DATETIME : DATETIME);
    }

    /** Returns a name as the fixed names are written: without {@code properties.} before {@code datetime}. */
    public static String plain(String name) {
        return name.equals(PROPERTIES + DATETIME) ? DATETIME : name;
    }

    /** Returns the name of the field that holds times finer than a millisecond, where a dataset has it. */
    public Optional<String> fineTime() {
        return fineTime;
    }

    /** Returns which of the datasets have a key. */
    Keying keying() {
        return keying;
    }

    /** Returns the fields that declare the extent in time of an item, of all datasets. */
    Set<String> extentFields() {
        Set<String> names = new LinkedHashSet<>();
        for (DatasetSchema schema : schemas) {
            schema.extent().ifPresent(extent -> {
                names.add(extent.startField());
                names.add(extent.endField());
            });
        }
        return names;
    }

    /**
     * Returns what the engine knows a property as; not for {@code datetime} and {@code collection}.
     *
     * @throws InvalidRequestException if no dataset of the search has it, or its values cannot be compared
     */
    public Property property(String name) {
        switch (name) {
            case ID:
                return keying == Keying.NONE ? new Property(DatasetSchema.ID) : Property.KEY;
            case OWN_ID:
                return new Property(DatasetSchema.ID);
            case OWN_INGESTION_TIME:
                return new Property(DatasetSchema.INGESTION_TIME);
            case DatasetSchema.GEOMETRY:
                return new Property(name);
            default:
                return new Property(fieldName(name));
        }
    }

    private String fieldName(String name) {
        String plain = name.startsWith(PROPERTIES) ? name.substring(PROPERTIES.length()) : name;
        Fields all = fields;
        if (all == null) {
            all = Fields.of(schemas);
            fields = all;
        }
        if (!all.known.contains(plain)) {
            throw new InvalidRequestException(
                    "property " + Quoted.text(name), "no collection of the search has it, or it is not queryable");
        }
        boolean plainFits = !DatasetSchema.FIXED_FIELD_NAMES.contains(plain) && !all.others.contains(plain);
        return plainFits ? plain : PROPERTIES + plain;
    }

    /**
     * What can be named, looked through once however many names a request has.
     *
     * @param known the names that mean a field of some dataset
     * @param others names of fields that a client means something else by, in some dataset
     */
    private record Fields(Set<String> known, Set<String> others) {
        static Fields of(List<DatasetSchema> schemas) {
            Set<String> known = new HashSet<>();
            Set<String> others = new HashSet<>();
            for (DatasetSchema schema : schemas) {
                Map<String, Field> meant = PropertyNames.all(schema);
                known.addAll(meant.keySet());
                for (Field field : schema.fields()) {
                    if (!field.equals(meant.get(field.name()))) {
                        others.add(field.name());
                    }
                }
            }
            return new Fields(known, others);
        }
    }

    /** Returns the schemas. */
    public List<DatasetSchema> schemas() {
        return schemas;
    }
}
