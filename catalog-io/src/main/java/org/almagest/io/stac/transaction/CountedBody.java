package org.almagest.io.stac.transaction;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that knows how much of it was read: one item may be shorter than many. One thread. */
final class CountedBody extends FilterInputStream {
    private long bytes;

    CountedBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        bytes += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        int read = super.read(into, from, count);
        bytes += Math.max(0, read);
        return read;
    }

    long bytes() {
        return bytes;
    }
}
