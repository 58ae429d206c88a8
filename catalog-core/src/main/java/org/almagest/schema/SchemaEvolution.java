package org.almagest.schema;

import java.util.HashMap;
import java.util.Map;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.EnumValue;

/** Which changes of a schema are allowed while datapoints exist. */
public final class SchemaEvolution {
    private SchemaEvolution() {}

    /** Whether a dataset has datapoints. */
    public enum Content {
        /** Every collection is empty, or there is none. */
        EMPTY,
        /** At least one live datapoint. */
        HAS_DATAPOINTS
    }

    /**
     * Returns {@code proposed} with field numbers: those of {@code current} where name and type stay, new ones else.
     *
     * <p>Adding fields and enum values, and changing notes and queryable flags, is always allowed. Removing or
     * retyping a field, removing or changing an enum value, or changing a declared extent needs an empty dataset. The
     * kind never changes.
     *
     * <p>Declaring a key on existing datapoints is checked by the engine, which knows them.
     *
     * @throws InvalidRequestException if the kind differs
     * @throws ConflictException if the change needs an empty dataset and it has datapoints; names the field
     */
    public static DatasetSchema evolve(DatasetSchema current, DatasetSchema proposed, Content content) {
        if (current.kind() != proposed.kind()) {
            throw new InvalidRequestException(
                    "schema: kind", proposed.kind() + " (expected " + current.kind() + ", which never changes)");
        }
        Map<String, Field> kept = new HashMap<>();
        for (Field field : current.fields()) {
            Field successor = proposed.field(field.name()).orElse(null);
            if (successor != null && keepsType(field, successor)) {
                kept.put(field.name(), successor.numbered(field.number()));
            } else if (content == Content.HAS_DATAPOINTS) {
                throw new ConflictException("field " + Quoted.text(field.name()) + ": "
                        + (successor == null
                                ? "removed"
                                : "changed from " + field.typeText() + " to " + successor.typeText())
                        + " while datapoints exist (expected an empty dataset)");
            }
        }
        if (content == Content.HAS_DATAPOINTS) {
            checkGeometry(current, proposed);
            checkExtent(current, proposed);
        }
        DatasetSchema.Builder builder = proposed.toBuilder().nextFieldNumber(current.nextFieldNumber());
        for (Field field : proposed.fields()) {
            builder.replaceField(kept.getOrDefault(field.name(), field.numbered(Field.UNNUMBERED)));
        }
        return builder.build().numbered();
    }

    /**
     * Refuses a schema made from an earlier one that would take a field that was added since.
     *
     * <p>A schema made from an earlier one is known by the number that the next field had then: fields added later have
     * that or higher ones. One that was made without the schema of a dataset is never refused. The number does not tell
     * which dataset a schema was read from: one that was made from the schema of another is judged as if it were of this
     * one. To give a dataset the fields of another, begin a schema and add each field as
     * {@code field.numbered(Field.UNNUMBERED)}.
     *
     * @throws ConflictException if a field would be lost or get another type; names it
     */
    public static void checkNotOvertaken(DatasetSchema current, DatasetSchema proposed) {
        if (!proposed.isRead()) {
            return;
        }
        for (Field field : current.fields()) {
            if (field.number() >= proposed.nextFieldNumber()
                    && proposed.field(field.name())
                            .filter(successor -> keepsType(field, successor))
                            .isEmpty()) {
                throw new ConflictException("field " + Quoted.text(field.name())
                        + ": added after the proposed schema was read, or that is of another dataset"
                        + " (expected a change of the schema as it is now, or one made without reading)");
            }
        }
    }

    private static void checkGeometry(DatasetSchema current, DatasetSchema proposed) {
        if (!proposed.geometryKinds().containsAll(current.geometryKinds())
                || (proposed.isGeometryRequired() && !current.isGeometryRequired())) {
            throw new ConflictException(
                    "schema: geometry: narrowed while datapoints exist (expected an empty dataset)");
        }
    }

    /** What is stored of extents beside the rows was made from the fields that were declared then. */
    private static void checkExtent(DatasetSchema current, DatasetSchema proposed) {
        if (current.extent().isPresent() && !current.extent().equals(proposed.extent())) {
            throw new ConflictException("schema: extent: changed while datapoints exist (expected an empty dataset)");
        }
    }

    private static boolean keepsType(Field before, Field after) {
        if (before.typeCode() != after.typeCode()) {
            return false;
        }
        if (!(before.type() instanceof EnumType)) {
            return true;
        }
        EnumType declared = (EnumType) after.type();
        for (EnumValue value : ((EnumType) before.type()).values()) {
            if (!declared.named(value.name()).filter(value::equals).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
