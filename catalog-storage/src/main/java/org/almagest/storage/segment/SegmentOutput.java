package org.almagest.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.almagest.model.Bytes;
import org.almagest.storage.fs.AppendFile;

/** Appends to a data file in large writes, and hashes what it appends. One thread. */
final class SegmentOutput {
    /** Large enough that the cost of a write call vanishes beside that of hashing its bytes. */
    private static final int BUFFER_BYTES = 1 << 17;

    private static final byte[] ZEROS = new byte[SegmentFormat.ALIGNMENT];

    private final AppendFile file;
    private final long start;
    private final MessageDigest digest = Hashes.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    SegmentOutput(AppendFile file) {
        this.file = file;
        this.start = file.length();
    }

    /** Returns where the segment begins in the file. */
    long start() {
        return start;
    }

    /** Returns how many bytes of the segment were appended, those still buffered included. */
    long position() {
        return file.length() - start + buffer.position();
    }

    void append(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() <= buffer.remaining()) {
            buffer.put(bytes);
            return;
        }
        flush();
        if (bytes.remaining() <= buffer.remaining()) {
            buffer.put(bytes);
        } else {
            write(bytes);
        }
    }

    /** Appends zeros up to the next multiple of {@link SegmentFormat#ALIGNMENT}. */
    void align() throws IOException {
        append(ByteBuffer.wrap(ZEROS, 0, SegmentFormat.padding(position())));
    }

    void flush() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        digest.update(bytes.duplicate());
        file.append(bytes);
    }

    /** Returns the SHA-256 of everything flushed, once. */
    Bytes sha256() {
        return Bytes.of(digest.digest());
    }
}
