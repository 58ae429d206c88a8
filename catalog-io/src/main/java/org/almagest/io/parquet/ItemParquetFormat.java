package org.almagest.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.search.ItemFormat;
import org.almagest.io.stac.search.ItemPageWriter;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * Pages of items as stac-geoparquet, for clients that ask for {@code application/vnd.apache.parquet}; without counts and
 * links, for which the format has no place. Safe for use by several threads.
 *
 * <p>A page holds one row group of at most 16 MiB in memory. A property that has two types in the datasets of a page has
 * a column of the first, and the values of others stand in the last column; datapoints of datasets that hold no items
 * come with the columns of datapoints.
 */
public final class ItemParquetFormat implements ItemFormat {
    private static final long ROW_GROUP_BYTES = 16L << 20;
    private static final String COLLECTION = "collection";

    /** Creates it. */
    public ItemParquetFormat() {}

    @Override
    public String mediaType() {
        return MediaType.PARQUET;
    }

    @Override
    public boolean saysHowManyMatch() {
        return false;
    }

    @Override
    public ItemPageWriter open(PageHead head, ByteSink sink) {
        try {
            return new Page(fields(head.schemas(), head.selection()), sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the fields of all datasets; without those of items where one of them holds something else. */
    private static Map<String, Field> fields(List<DatasetSchema> schemas, Optional<Set<String>> selection) {
        Map<String, Field> fields = new LinkedHashMap<>();
        boolean items = schemas.stream().allMatch(ItemParquetFormat::holdsItems);
        for (DatasetSchema schema : schemas) {
            if (schema.isSpatial()) {
                fields.putIfAbsent(DatasetSchema.GEOMETRY, Field.geometry(DatasetSchema.GEOMETRY));
            }
            schema.fields().forEach(field -> fields.putIfAbsent(field.name(), field));
        }
        if (!items) {
            selection.ifPresent(fields.keySet()::retainAll);
        }
        return fields;
    }

    private static boolean holdsItems(DatasetSchema schema) {
        Map<String, Field> fields = new LinkedHashMap<>();
        schema.fields().forEach(field -> fields.put(field.name(), field));
        return schema.isSpatial() && RowLayout.areOfItems(fields);
    }

    private static final class Page implements ItemPageWriter {
        private final GeoParquetWriter writer;
        private final boolean namesCollection;

        private Page(Map<String, Field> fields, ByteSink sink) throws IOException {
            this.namesCollection = RowLayout.areOfItems(fields);
            this.writer = new GeoParquetWriter(new SinkStream(sink), RowLayout.of(fields), Map.of(), ROW_GROUP_BYTES);
        }

        @Override
        public void item(Datapoint row, Place where) throws IOException {
            boolean named = !namesCollection
                    || row.value(COLLECTION).filter(where.stacId()::equals).isPresent();
            writer.write(
                    named
                            ? row
                            : row.toBuilder().set(COLLECTION, where.stacId()).build());
        }

        @Override
        public void end(PageEnd end) throws IOException {
            writer.close();
        }

        @Override
        public void close() {
            // What was not ended is not sent: nothing but memory is held.
        }
    }

    /** Appends to the sink of a page. */
    private static final class SinkStream extends OutputStream {
        private final ByteSink sink;

        private SinkStream(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            sink.put(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sink.put(bytes, offset, length);
        }
    }
}
