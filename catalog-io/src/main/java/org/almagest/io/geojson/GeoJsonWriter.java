package org.almagest.io.geojson;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.io.JsonText;
import org.almagest.io.RowWriter;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.locationtech.jts.geom.Geometry;

/** Writes a FeatureCollection, one feature a line; {@code docs/format/geojson.md} says how. */
public final class GeoJsonWriter implements RowWriter {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private final Writer out;
    private final StringBuilder feature = new StringBuilder(1_024);
    private boolean empty = true;

    /** Begins a collection on a stream, which closing ends and closes; in UTF-8. */
    public GeoJsonWriter(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARACTERS);
        this.out.append("{\"type\":\"FeatureCollection\",\"features\":[");
    }

    @Override
    public void write(Datapoint datapoint) throws IOException {
        feature.setLength(0);
        feature.append(empty ? "\n" : ",\n").append("{\"type\":\"Feature\"");
        datapoint.id().ifPresent(id -> feature.append(",\"id\":\"").append(id).append('"'));
        Geometry geometry = datapoint.geometry().orElse(null);
        feature.append(",\"geometry\":").append(geometry == null ? "null" : GeoJsonGeometry.write(geometry));
        feature.append(",\"properties\":{");
        JsonText.appendQuoted(feature, DatasetSchema.TIME);
        feature.append(":\"").append(datapoint.time()).append('"');
        datapoint.ingestionTime().ifPresent(time -> append(DatasetSchema.INGESTION_TIME, time));
        for (Map.Entry<String, Object> value : datapoint.values().entrySet()) {
            append(value.getKey(), value.getValue());
        }
        out.append(feature.append("}}"));
        empty = false;
    }

    private void append(String name, Object value) {
        feature.append(',');
        JsonText.appendQuoted(feature, name);
        feature.append(':');
        JsonText.append(feature, value);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.append("\n]}\n");
        }
    }
}
