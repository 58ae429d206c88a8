package org.almagest.server.cli.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.RowJson;
import org.almagest.io.RowWriter;
import org.almagest.io.csv.CsvWriter;
import org.almagest.io.geojson.GeoJsonWriter;
import org.almagest.io.ndjson.NdjsonWriter;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.output.Terminal;

/** The forms in which datapoints are printed. */
public enum RowFormat {
    TABLE,
    NDJSON,
    GEOJSON,
    CSV,
    JSON,
    PARQUET;

    private static final int FLUSH_ROWS = 1_000;

    /**
     * Prints datapoints as they are read and returns how many there were.
     *
     * @param fields the fields that they can have
     */
    public long print(Console console, Map<String, Field> fields, Iterable<Datapoint> rows) throws IOException {
        if (this == TABLE) {
            return printTable(console, fields, rows);
        }
        if (this == PARQUET && console.terminal().shows(Terminal.Stream.RESULTS)) {
            throw new InvalidRequestException("format", "parquet on a terminal (send it to a file with >)");
        }
        long count = 0;
        try (RowWriter writer = writer(console.results(), fields)) {
            for (Datapoint row : rows) {
                writer.write(row);
                if (++count % FLUSH_ROWS == 0) {
                    writer.flush();
                }
            }
        }
        return count;
    }

    /** Returns the writer of a form other than a table. */
    public RowWriter writer(OutputStream out, Map<String, Field> fields) throws IOException {
        return switch (this) {
            case NDJSON -> new NdjsonWriter(out);
            case CSV -> new CsvWriter(out, csvColumns(fields));
            case GEOJSON -> new GeoJsonWriter(out);
            case JSON -> new JsonArrayWriter(out);
            case PARQUET -> GeoParquetFiles.writer(out, fields);
            case TABLE -> throw new IllegalStateException("a table is no stream of rows");
        };
    }

    private static List<String> csvColumns(Map<String, Field> fields) {
        List<String> columns =
                new ArrayList<>(List.of(DatasetSchema.TIME, DatasetSchema.ID, DatasetSchema.INGESTION_TIME));
        columns.addAll(fields.keySet());
        return columns;
    }

    private static long printTable(Console console, Map<String, Field> fields, Iterable<Datapoint> rows) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text(DatasetSchema.TIME));
        columns.add(Column.text(DatasetSchema.ID));
        // Where the terminal is narrow the last columns go, and a footprint is what a table can do best without.
        List<Field> shown = new ArrayList<>(fields.values());
        Field geometry = fields.get(DatasetSchema.GEOMETRY);
        if (geometry != null && shown.remove(geometry)) {
            shown.add(geometry);
        }
        shown.forEach(field -> columns.add(
                field.kind().isNumeric() && !field.isArray()
                        ? Column.number(field.name())
                        : Column.text(field.name())));
        long count = 0;
        try (TablePrinter table = new TablePrinter(console, columns)) {
            for (Datapoint row : rows) {
                Map<String, String> cells = RowText.cells(row);
                table.row(columns.stream()
                        .map(column -> cells.getOrDefault(column.header(), ""))
                        .toList());
                count++;
            }
        }
        return count;
    }

    /** Writes one JSON array. */
    private static final class JsonArrayWriter implements RowWriter {
        private final OutputStream out;
        private final StringBuilder text = new StringBuilder("[");
        private boolean begun;

        private JsonArrayWriter(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(Datapoint row) throws IOException {
            text.append(begun ? ",\n" : "");
            begun = true;
            RowJson.append(text, row);
            if (text.length() > 1 << 16) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }

        @Override
        public void close() throws IOException {
            text.append("]\n");
            flush();
            out.close();
        }
    }
}
