package org.almagest.storage.metadata;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes fields of messages of {@code metadata.proto}, in ascending order of their numbers; one thread.
 *
 * <p>Field by field and not as generated messages, because every opening of a store writes a manifest, and the classes
 * that these need take longer to load than all the rest of an opening. Methods whose names do not begin with "present"
 * leave out a value that is the default, as generated code does.
 */
final class WireWriter {
    private static final int BUFFER_BYTES = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);

    /** Forgets what was written. */
    WireWriter clear() {
        written().reset();
        return this;
    }

    int size() {
        return written().size();
    }

    byte[] toBytes() {
        return written().toByteArray();
    }

    void writeTo(OutputStream target) throws IOException {
        written().writeTo(target);
    }

    void unsigned(int field, long value) {
        if (value != 0) {
            presentUnsigned(field, value);
        }
    }

    void presentUnsigned(int field, long value) {
        try {
            out.writeUInt64(field, value);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    void signed(int field, long value) {
        if (value != 0) {
            presentSigned(field, value);
        }
    }

    void presentSigned(int field, long value) {
        presentUnsigned(field, CodedOutputStream.encodeZigZag64(value));
    }

    void flag(int field, boolean value) {
        unsigned(field, value ? 1 : 0);
    }

    void fixed(int field, long value) {
        if (value != 0) {
            try {
                out.writeFixed64(field, value);
            } catch (IOException e) {
                throw impossible(e);
            }
        }
    }

    void text(int field, String value) {
        if (!value.isEmpty()) {
            presentText(field, value);
        }
    }

    void presentText(int field, String value) {
        presentContent(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void content(int field, byte[] value) {
        if (value.length > 0) {
            presentContent(field, value);
        }
    }

    void presentContent(int field, byte[] value) {
        try {
            out.writeByteArray(field, value);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    /** Writes a message within this one. */
    void message(int field, WireWriter inner) {
        presentContent(field, inner.toBytes());
    }

    /** Writes the tag of a field of this many bytes, which the caller writes next. */
    void head(int field, int length) {
        try {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    void rawFixed(long value) {
        try {
            out.writeFixed64NoTag(value);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    void varint(long value) {
        try {
            out.writeUInt64NoTag(value);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    private ByteArrayOutputStream written() {
        try {
            out.flush();
            return bytes;
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    private static UncheckedIOException impossible(IOException cause) {
        return new UncheckedIOException("an array in memory refused bytes", cause);
    }
}
