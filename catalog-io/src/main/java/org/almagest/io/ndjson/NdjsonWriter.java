package org.almagest.io.ndjson;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.almagest.io.RowJson;
import org.almagest.io.RowWriter;
import org.almagest.model.Datapoint;

/** Writes one JSON object a line; {@code docs/format/ndjson.md} says how. */
public final class NdjsonWriter implements RowWriter {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private final Writer out;
    private final StringBuilder line = new StringBuilder(1_024);

    /** Writes UTF-8 to a stream, which closing closes. */
    public NdjsonWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARACTERS);
    }

    @Override
    public void write(Datapoint datapoint) throws IOException {
        line.setLength(0);
        RowJson.append(line, datapoint);
        out.append(line.append('\n'));
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
