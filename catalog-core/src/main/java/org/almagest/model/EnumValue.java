package org.almagest.model;

/**
 * One declared value of an enum field.
 *
 * @param number the number that is stored, 0 to 2^31 - 1; 0 is an ordinary value
 * @param name the name that users see
 */
public record EnumValue(int number, String name) {
    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
