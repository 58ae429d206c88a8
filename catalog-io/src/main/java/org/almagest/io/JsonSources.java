package org.almagest.io;

import java.util.Set;
import org.almagest.model.Limits;

/** Chooses how the JSON texts of a file are found. */
public final class JsonSources {
    private static final Set<String> LINE_ENDINGS =
            Set.of(".ndjson", ".jsonl", ".ndgeojson", ".geojsonl", ".geojsons", ".geojsonseq");

    private JsonSources() {}

    /** Returns the lines where the name of the file says that each is a text; else the features of its documents. */
    public static JsonTexts texts(SourceBytes bytes, Limits limits) {
        String name = bytes.file().endsWith(".gz")
                ? bytes.file().substring(0, bytes.file().length() - 3)
                : bytes.file();
        return LINE_ENDINGS.stream().anyMatch(name::endsWith)
                ? new JsonLines(bytes, limits)
                : new JsonDocument(bytes, limits);
    }
}
