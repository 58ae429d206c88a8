package org.almagest.io.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.geo.Wkt;
import org.almagest.io.JsonText;
import org.almagest.io.RowWriter;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Geometry;

/** Writes a header and one record a row; {@code docs/format/csv.md} says how. */
public final class CsvWriter implements RowWriter {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private final Writer out;
    private final List<String> columns;
    private final StringBuilder record = new StringBuilder(1_024);
    private final StringBuilder cell = new StringBuilder(256);

    /** Writes the header to a stream, which closing closes; in UTF-8, with the columns in this order. */
    public CsvWriter(OutputStream out, List<String> columns) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARACTERS);
        this.columns = List.copyOf(columns);
        this.out.append(String.join(",", columns)).append("\r\n");
    }

    /** Returns the columns that hold all a caller gives: time, geometry and the fields of a schema. */
    public static List<String> inputColumns(DatasetSchema schema) {
        List<String> columns = new ArrayList<>();
        columns.add(DatasetSchema.TIME);
        if (schema.isSpatial()) {
            columns.add(DatasetSchema.GEOMETRY);
        }
        schema.fields().stream().map(Field::name).forEach(columns::add);
        return columns;
    }

    @Override
    public void write(Datapoint datapoint) throws IOException {
        record.setLength(0);
        for (String column : columns) {
            if (record.length() > 0 || !column.equals(columns.get(0))) {
                record.append(',');
            }
            cell.setLength(0);
            value(datapoint, column).ifPresent(value -> appendValue(cell, value));
            appendCell();
        }
        out.append(record.append("\r\n"));
    }

    private static Optional<? extends Object> value(Datapoint datapoint, String column) {
        return switch (column) {
            case DatasetSchema.TIME -> datapoint.hasTime() ? Optional.of(datapoint.time()) : Optional.empty();
            case DatasetSchema.ID -> datapoint.id();
            case DatasetSchema.INGESTION_TIME -> datapoint.ingestionTime();
            case DatasetSchema.GEOMETRY -> {
                Optional<Geometry> fixed = datapoint.geometry();
                yield fixed.isPresent() ? fixed : datapoint.value(column);
            }
            default -> datapoint.value(column);
        };
    }

    private static void appendValue(StringBuilder out, Object value) {
        if (value instanceof Geometry geometry) {
            out.append(Wkt.write(geometry));
        } else if (value instanceof List<?> elements && !elements.isEmpty() && elements.get(0) instanceof Geometry) {
            JsonText.append(
                    out,
                    elements.stream()
                            .map(element -> Wkt.write((Geometry) element))
                            .toList());
        } else if (value instanceof List<?> || value instanceof org.almagest.model.Json) {
            JsonText.append(out, value);
        } else if (value instanceof org.almagest.model.Bytes) {
            int start = out.length();
            JsonText.append(out, value);
            out.deleteCharAt(out.length() - 1).deleteCharAt(start);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            JsonText.append(out, value);
        } else {
            out.append(value);
        }
    }

    private void appendCell() {
        boolean quoted = cell.length() > 0
                && (Character.isWhitespace(cell.charAt(0)) || Character.isWhitespace(cell.charAt(cell.length() - 1)));
        for (int i = 0; i < cell.length() && !quoted; i++) {
            char c = cell.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (!quoted) {
            record.append(cell);
            return;
        }
        record.append('"');
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            record.append(c == '"' ? "\"\"" : String.valueOf(c));
        }
        record.append('"');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
