package org.almagest.server.cli.stac;

import java.nio.file.Path;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.tree.TreeImport;
import org.almagest.io.stac.tree.TreeItem;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Hands the items of stac-geoparquet to an import, each to the collection that it names. */
final class ParquetItems {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private ParquetItems() {}

    static void read(Path file, TreeImport into) {
        Limits limits = Limits.defaults();
        try (SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT)) {
            requireItems(reader);
            for (JsonObject document : GeoParquetFiles.collections(file, limits)) {
                into.collection(StacCollection.of(document, limits));
            }
            StacItems texts = new StacItems(reader.schema());
            DatasetSchema schema = reader.schema();
            SourceRow row = next(reader, into);
            while (row != null) {
                if (!reader.schema().equals(schema)) {
                    schema = reader.schema();
                    texts = new StacItems(schema);
                }
                StringBuilder text = new StringBuilder(2_048);
                texts.append(text, row.datapoint());
                JsonObject item = (JsonObject) JsonReader.read(text.toString(), STORED);
                into.item(new TreeItem(item, null, row.place(), text.length(), row.antimeridian()));
                row = next(reader, into);
            }
        } catch (InvalidRequestException | LimitExceededException e) {
            into.rejected(file.toString(), e.getMessage());
        }
    }

    private static void requireItems(SourceReader reader) {
        if (!StacRows.takes(reader.schema())) {
            throw new InvalidRequestException(
                    reader.file(), "no stac-geoparquet (expected columns id, stac_version, assets and geometry)");
        }
    }

    /** Returns the next row that can be read, or null. */
    private static @Nullable SourceRow next(SourceReader reader, TreeImport into) {
        while (true) {
            try {
                return reader.hasNext() ? reader.next() : null;
            } catch (InvalidRequestException | LimitExceededException e) {
                into.rejected(reader.file(), e.getMessage());
            }
        }
    }
}
