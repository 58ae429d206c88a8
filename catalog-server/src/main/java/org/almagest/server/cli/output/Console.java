package org.almagest.server.cli.output;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.almagest.server.cli.output.Terminal.Stream;

/** The two streams of a command: results on one, messages and progress on the other. UTF-8; one thread. */
public final class Console {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream results;
    private final OutputStream messages;
    private final Terminal terminal;

    /** Writes results and messages to these streams, which stay open. */
    public Console(OutputStream results, OutputStream messages, Terminal terminal) {
        this.results = new BufferedOutputStream(new Guarded(results), BUFFER_BYTES);
        this.messages = messages;
        this.terminal = terminal;
    }

    /** Thrown when results cannot be written, such as when their reader has gone. */
    public static final class ResultsFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        private ResultsFailedException(IOException cause) {
            super("standard output: cannot be written: " + cause.getMessage(), cause);
        }

        /** Tells whether the reader has gone, as {@code head} does when it has seen enough. */
        public boolean readerHasGone() {
            return String.valueOf(getMessage()).contains("Broken pipe");
        }
    }

    /** Says once that writing fails; what comes after goes nowhere. */
    private static final class Guarded extends FilterOutputStream {
        private boolean failed;

        private Guarded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (failed) {
                return;
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw new ResultsFailedException(e);
            }
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Returns where the streams lead. */
    public Terminal terminal() {
        return terminal;
    }

    /** Returns the stream of results; closing it only flushes. */
    public OutputStream results() {
        return new FilterOutputStream(results) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** Returns the stream of messages, which stays open. */
    public OutputStream messages() {
        return messages;
    }

    /** Prints one line of the result. */
    public void print(String line) {
        try {
            results.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints one message; what was printed before comes first on a terminal. */
    public void say(String message) {
        flush();
        sayRaw(message + "\n");
    }

    /** Writes text to the stream of messages as it is; a failure there is nobody's concern. */
    void sayRaw(String text) {
        try {
            messages.write(text.getBytes(StandardCharsets.UTF_8));
            messages.flush();
        } catch (IOException e) {
            // Nobody reads messages: the command goes on.
        }
    }

    /** Tells whether messages are seen on a terminal. */
    public boolean showsProgress() {
        return terminal.shows(Stream.MESSAGES);
    }

    /** Hands on what was printed so far. */
    public void flush() {
        try {
            results.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
