package org.almagest.server.cli.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.almagest.error.Quoted;
import org.almagest.io.SourceRow;
import org.almagest.model.RejectedRow;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line for each row that was set aside, in a file; without a file the reasons of the first ones are
 * said instead. Safe for use by several threads.
 */
public final class RejectLog implements AutoCloseable {
    private static final int SAID_MAX = 10;

    private final Console console;
    private final @Nullable OutputStream out;
    private int said;

    private RejectLog(Console console, @Nullable OutputStream out) {
        this.console = console;
        this.out = out;
    }

    /** Opens a file for appending; null for none. */
    public static RejectLog open(@Nullable Path file, Console console) {
        return new RejectLog(console, file == null ? null : new BufferedOutputStream(AckLog.appending(file)));
    }

    /** Writes a row that ingest refused. */
    synchronized void append(SourceRow row, RejectedRow rejected) throws IOException {
        if (out == null) {
            String field = rejected.field()
                    .map(name -> "field " + Quoted.text(name) + ": ")
                    .orElse("");
            say(row.file() + ": line " + row.line() + ": " + field + rejected.reason());
            return;
        }
        write(
                out,
                new JsonObjectText()
                        .put("file", row.file())
                        .put("line", row.line())
                        .put("key", rejected.key().orElse(null))
                        .put("field", rejected.field().orElse(null))
                        .put("reason", rejected.reason()));
    }

    /** Writes a row that could not be read; the reason names the line. */
    public synchronized void append(String file, String reason) throws IOException {
        if (out == null) {
            say(reason);
            return;
        }
        write(out, new JsonObjectText().put("file", file).put("reason", reason));
    }

    private void say(String what) {
        said++;
        if (said <= SAID_MAX) {
            console.say("set aside: " + what);
        } else if (said == SAID_MAX + 1) {
            console.say("further rows are set aside; --rejects FILE writes all of them with their reasons");
        }
    }

    private static void write(OutputStream out, JsonObjectText json) throws IOException {
        out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
