package org.almagest.storage.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.CatalogException;
import org.almagest.model.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Turns the error of one row into the record of a row that was set aside. */
final class Rejections {
    private static final Pattern FIELD = Pattern.compile("field \"([a-z][a-z0-9_]*)\"");

    private Rejections() {}

    static RejectedRow of(int position, @Nullable Object key, String subject, CatalogException error) {
        Matcher field = FIELD.matcher(subject);
        return new RejectedRow(
                position, null, field.find() ? field.group(1) : null, String.valueOf(error.getMessage()));
    }
}
