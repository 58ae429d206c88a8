package org.almagest.io.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.io.JsonSources;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.csv.CsvFiles;
import org.almagest.io.geojson.GeoJsonFiles;
import org.almagest.io.ndjson.NdjsonFiles;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.io.stac.StacFiles;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens files of datapoints, whatever their format. */
public final class SourceFiles {
    private static final String EXPECTED = "expected stac, geojson, ndjson, csv or parquet";
    private static final Set<String> ROW_ENDINGS = Set.of(".ndjson", ".jsonl");
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
    private static final int HEAD_BYTES = 4_096;

    private SourceFiles() {}

    /**
     * Opens a file in the format of the options, or in the one that {@link #detect} finds.
     *
     * @param schema the schema of the dataset, or null to make one of what the file holds
     * @throws InvalidRequestException if the file cannot be read or its first lines are not of the format
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        SourceFormat format = options.format().orElseGet(() -> detect(path, options.limits()));
        return switch (format) {
            case STAC -> StacFiles.open(path, schema, options);
            case GEOJSON -> GeoJsonFiles.open(path, schema, options);
            case NDJSON -> NdjsonFiles.open(path, schema, options);
            case CSV -> CsvFiles.open(path, schema, options);
            case PARQUET -> GeoParquetFiles.open(path, schema, options);
        };
    }

    /**
     * Returns the format of a file by its content, and by its name where the content does not tell; reads no more than
     * the first row.
     *
     * @throws InvalidRequestException if it is none that is known; says what is expected
     */
    public static SourceFormat detect(Path path, Limits limits) {
        String name = path.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".csv")) {
            return SourceFormat.CSV;
        }
        byte[] head = new byte[HEAD_BYTES];
        int length = 0;
        try (SourceBytes bytes = SourceBytes.open(path)) {
            int read = bytes.read(head, 0, head.length);
            while (read > 0 && length + read < head.length) {
                length += read;
                read = bytes.read(head, length, head.length - length);
            }
            length += Math.max(0, read);
        }
        if (length >= PARQUET.length && Arrays.equals(head, 0, PARQUET.length, PARQUET, 0, PARQUET.length)) {
            return SourceFormat.PARQUET;
        }
        int first = firstCharacter(head, length);
        if (first == '{' || first == '[') {
            return ofFirstText(path, limits);
        }
        if (first == 0 && ROW_ENDINGS.stream().anyMatch(name::endsWith)) {
            return SourceFormat.NDJSON;
        }
        throw new InvalidRequestException(
                path.toString(), first == 0 ? "empty (" + EXPECTED + ")" : "format not recognised (" + EXPECTED + ")");
    }

    /** Returns the first character that counts, 0 where there is none. */
    private static int firstCharacter(byte[] head, int length) {
        for (int i = 0; i < length; i++) {
            if (head[i] != 0x1e && !Character.isWhitespace(head[i])) {
                return head[i] & 0xFF;
            }
        }
        return 0;
    }

    private static SourceFormat ofFirstText(Path path, Limits limits) {
        try (SourceBytes bytes = SourceBytes.open(path)) {
            JsonTexts texts = JsonSources.texts(bytes, limits);
            if (!texts.advance()) {
                return SourceFormat.GEOJSON; // a collection without features
            }
            JsonObject first = object(bytes, texts, limits);
            String type = first.member("type") instanceof JsonString text ? text.value() : "";
            if (type.equals("Collection") && first.member("stac_version") != null) {
                throw new InvalidRequestException(bytes.file(), "a STAC Collection (expected items)");
            }
            if (!type.equals("Feature")) {
                return SourceFormat.NDJSON;
            }
            return first.member("stac_version") != null ? SourceFormat.STAC : SourceFormat.GEOJSON;
        } catch (InvalidRequestException e) {
            throw e.subject().startsWith(path.toString()) ? e : e.within(path.toString());
        }
    }

    private static JsonObject object(SourceBytes bytes, JsonTexts texts, Limits limits) {
        try {
            return JsonTrees.object(texts, limits);
        } catch (InvalidRequestException e) {
            throw e.within(SourceRow.place(bytes.file(), texts.line()));
        }
    }
}
