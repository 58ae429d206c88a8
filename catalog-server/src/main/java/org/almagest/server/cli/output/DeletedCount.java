package org.almagest.server.cli.output;

import java.util.Locale;

/** Tells how many datapoints a command has deleted. */
public final class DeletedCount {
    private DeletedCount() {}

    /** Returns such as {@code 1,234 datapoints deleted}. */
    public static String text(long count) {
        return String.format(Locale.ROOT, "%,d datapoint%s deleted", count, count == 1 ? "" : "s");
    }

    /** Returns such as {@code {"deleted":1234}}. */
    public static String json(long count) {
        return new JsonObjectText().put("deleted", count).toString();
    }
}
