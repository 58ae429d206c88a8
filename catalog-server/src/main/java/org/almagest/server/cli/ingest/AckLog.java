package org.almagest.server.cli.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.IngestResult;
import org.jspecify.annotations.Nullable;

/** One line for each batch that is durable, so that whoever kills the process knows what must be there. */
final class AckLog implements AutoCloseable {
    private final OutputStream out;

    private AckLog(OutputStream out) {
        this.out = out;
    }

    /** Opens a file for appending; without a file, lines go nowhere. */
    static AckLog open(@Nullable Path file) {
        return new AckLog(file == null ? OutputStream.nullOutputStream() : appending(file));
    }

    static OutputStream appending(Path file) {
        try {
            return Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new InvalidRequestException(file.toString(), "cannot be written: " + e, e);
        }
    }

    /** Writes the line of a batch; to be called after ingest returned, which is when the batch is durable. */
    void append(long number, long rows, IngestResult result) throws IOException {
        String line = number + " " + rows + " " + result.created() + " " + result.existing() + "\n";
        // One write call for the whole line: a kill leaves no half of it behind.
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
