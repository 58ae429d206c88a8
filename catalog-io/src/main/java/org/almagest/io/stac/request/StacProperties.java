package org.almagest.io.stac.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.query.Property;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/**
 * What the names that a client uses mean to the engine, in the datasets of one search. Immutable.
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
    private final boolean hasFineTimes;
    private final Keying keying;

    /** Which of the datasets have a key; an item of another has the id of its datapoint. */
    enum Keying {
        ALL,
        SOME,
        NONE
    }

    /** Returns the names of datasets with these schemas. */
    public StacProperties(List<DatasetSchema> schemas) {
        this.schemas = List.copyOf(schemas);
        boolean fine = false;
        boolean foreign = false;
        for (DatasetSchema schema : schemas) {
            Optional<Field> field = schema.field(DATETIME);
            if (field.isPresent()) {
                boolean own = field.get().kind() == TypeKind.TIMESTAMP
                        && !field.get().isArray()
                        && field.get()
                                .sourcePointer()
                                .filter(DATETIME_POINTER::equals)
                                .isPresent();
                fine |= own;
                foreign |= !own;
            }
        }
        this.hasFineTimes = fine && !foreign;
        long keyed = schemas.stream().filter(schema -> schema.key().isPresent()).count();
        this.keying = keyed == 0 ? Keying.NONE : keyed == schemas.size() ? Keying.ALL : Keying.SOME;
    }

    /** Returns a name as the fixed names are written: without {@code properties.} before {@code datetime}. */
    public static String plain(String name) {
        return name.equals(PROPERTIES + DATETIME) ? DATETIME : name;
    }

    /** Tells whether the field {@code datetime} holds what of a time is finer than a millisecond, and only that. */
    public boolean hasFineTimes() {
        return hasFineTimes;
    }

    /** Returns which of the datasets have a key. */
    Keying keying() {
        return keying;
    }

    /** Returns the fields that declare the extent in time of an item, of all datasets. */
    public Set<String> extentFields() {
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
        boolean found = false;
        boolean plainFits = !DatasetSchema.FIXED_FIELD_NAMES.contains(plain);
        for (DatasetSchema schema : schemas) {
            Optional<Field> meant = PropertyNames.find(schema, name);
            found |= meant.isPresent();
            Optional<Field> engine = schema.field(plain);
            plainFits &= engine.isEmpty() || engine.equals(meant);
        }
        if (!found) {
            throw new InvalidRequestException(
                    "property " + Quoted.text(name), "no collection of the search has it, or it is not queryable");
        }
        return plainFits ? plain : PROPERTIES + plain;
    }

    /** Returns the schemas. */
    public List<DatasetSchema> schemas() {
        return schemas;
    }
}
