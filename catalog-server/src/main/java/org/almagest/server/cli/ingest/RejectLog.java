package org.almagest.server.cli.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.almagest.io.SourceRow;
import org.almagest.model.RejectedRow;
import org.almagest.server.cli.output.JsonObjectText;
import org.jspecify.annotations.Nullable;

/** One JSON object a line for each row that was set aside. Safe for use by several threads. */
final class RejectLog implements AutoCloseable {
    private final OutputStream out;

    private RejectLog(OutputStream out) {
        this.out = out;
    }

    /** Opens a file for appending; without a file, lines go nowhere. */
    static RejectLog open(@Nullable Path file) {
        return new RejectLog(
                file == null ? OutputStream.nullOutputStream() : new BufferedOutputStream(AckLog.appending(file)));
    }

    /** Writes a row that ingest refused. */
    synchronized void append(SourceRow row, RejectedRow rejected) throws IOException {
        write(new JsonObjectText()
                .put("file", row.file())
                .put("line", row.line())
                .put("key", rejected.key().orElse(null))
                .put("field", rejected.field().orElse(null))
                .put("reason", rejected.reason()));
    }

    /** Writes a row that could not be read; the reason names the line. */
    synchronized void append(String file, String reason) throws IOException {
        write(new JsonObjectText().put("file", file).put("reason", reason));
    }

    private void write(JsonObjectText json) throws IOException {
        out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
