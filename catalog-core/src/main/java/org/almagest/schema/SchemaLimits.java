package org.almagest.schema;

import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.model.Limits;

/** Which sizes a schema may have; checked when a dataset is created and when its schema changes. */
public final class SchemaLimits {
    private SchemaLimits() {}

    /**
     * Checks the number of fields, the length of names and notes, and the number of enum values.
     *
     * @throws LimitExceededException if a bound is passed; names the field
     */
    public static void check(DatasetSchema schema, Limits limits) {
        Limits.check("dataset: fields", "fieldsMax", schema.fields().size(), limits.fieldsMax());
        for (Field field : schema.fields()) {
            check(field, "field " + Quoted.text(field.name()), limits);
        }
    }

    private static void check(Field field, String subject, Limits limits) {
        Limits.check(
                subject + ": name length", "fieldNameLengthMax", field.name().length(), limits.fieldNameLengthMax());
        checkText(subject + ": description length", field.notes().description(), limits);
        checkText(subject + ": example value length", field.notes().exampleValue(), limits);
        if (field.type() instanceof EnumType) {
            int values = ((EnumType) field.type()).values().size();
            Limits.check(subject + ": values", "enumValuesMax", values, limits.enumValuesMax());
        }
    }

    /**
     * Checks the length of a description, in code points.
     *
     * @param subject what it describes, for the message
     * @throws LimitExceededException if it is longer than {@code descriptionLengthMax}
     */
    public static void checkText(String subject, String text, Limits limits) {
        Limits.check(
                subject, "descriptionLengthMax", text.codePointCount(0, text.length()), limits.descriptionLengthMax());
    }
}
