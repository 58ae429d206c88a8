package org.almagest.io.stac.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body that is known whole. */
final class BytesBody implements StacBody {
    private static final int PIECE = 1 << 16;

    private final byte[] bytes;
    private int position;

    BytesBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public boolean next(OutputStream sink) throws IOException {
        int count = Math.min(PIECE, bytes.length - position);
        if (count > 0) {
            sink.write(bytes, position, count);
            position += count;
        }
        return position < bytes.length;
    }

    @Override
    public void close() {
        if (bytes.length > 0) {
            position = bytes.length; // EMPTY is shared and never changes
        }
    }
}
