package org.almagest.query;

/**
 * The value of a field in a row: a custom field by name, or {@code time}, {@code id}, {@code ingestion_time}.
 *
 * @param name the field's name, or its name in the source document, such as {@code eo:cloud_cover}
 */
public record Property(String name) implements Expression {
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
