package org.almagest.io;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.almagest.error.InvalidRequestException;

/** The bytes of a file, unpacked where it is gzip, without a byte-order mark. One thread. */
public final class SourceBytes implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final String file;
    private final CountedStream counted;
    private final InputStream unpacked;

    private SourceBytes(String file, CountedStream counted, InputStream unpacked) {
        this.file = file;
        this.counted = counted;
        this.unpacked = unpacked;
    }

    /**
     * Opens a file.
     *
     * @throws InvalidRequestException if it is absent or cannot be read
     */
    public static SourceBytes open(Path path) {
        String file = path.toString();
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidRequestException(file, "is a folder (expected a file)");
            }
            return of(file, Files.newInputStream(path));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads a stream under a name. */
    public static SourceBytes of(String file, InputStream stream) throws IOException {
        CountedStream counted = new CountedStream(stream);
        BufferedInputStream packed = new BufferedInputStream(counted, BUFFER_BYTES);
        packed.mark(2);
        boolean gzip = packed.read() == GZIP_FIRST && packed.read() == GZIP_SECOND;
        packed.reset();
        BufferedInputStream content =
                gzip ? new BufferedInputStream(new GZIPInputStream(packed, BUFFER_BYTES), BUFFER_BYTES) : packed;
        content.mark(3);
        if (content.read() != 0xEF || content.read() != 0xBB || content.read() != 0xBF) {
            content.reset();
        }
        return new SourceBytes(file, counted, content);
    }

    /** Returns the file as the caller named it. */
    public String file() {
        return file;
    }

    /** Returns how many bytes were taken from the file, packed ones where it is gzip. */
    public long bytesRead() {
        return counted.count;
    }

    /** Reads at most {@code length} bytes; -1 at the end. */
    public int read(byte[] buffer, int offset, int length) {
        try {
            return unpacked.read(buffer, offset, length);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the bytes as a stream; closing it does nothing. */
    public InputStream stream() {
        return new FilterInputStream(unpacked) {
            @Override
            public void close() {
                // The owner of the bytes closes the file.
            }
        };
    }

    /** Returns the failure of reading a file in the words of the project. */
    public static InvalidRequestException unreadable(String file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new InvalidRequestException(file, "no such file", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new InvalidRequestException(file, "access denied", cause);
        }
        return new InvalidRequestException(file, "cannot be read: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        try {
            unpacked.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static final class CountedStream extends FilterInputStream {
        private long count;

        private CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
