package org.almagest.query;

import org.almagest.schema.DatasetSchema;

/**
 * The value of a field in a row.
 *
 * <p>A custom field by name, {@code time}, {@code id}, {@code ingestion_time}, {@link #KEY} or {@link #COLLECTION}.
 *
 * @param name the field's name, or its name in the source document, such as {@code eo:cloud_cover}
 */
public record Property(String name) implements Expression {
    /**
     * The key of a row, whatever the name of its field; unset in datasets without a key.
     *
     * <p>In filters and, by its name, in sort keys. No field can have this name.
     */
    public static final Property KEY = new Property(DatasetSchema.KEY);

    /**
     * The id of the collection that a row is in, a UUID; in filters and sort keys. No field can have this name.
     *
     * <p>Cost: where a condition on it alone must hold, collections are left out by it before their rows are looked at.
     */
    public static final Property COLLECTION = new Property(DatasetSchema.COLLECTION);

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.property(this);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
