package org.almagest.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.storage.fs.ReadFile;

/** Reads a file piece by piece through one buffer; the size is taken once, at the start. */
final class FileWindow {
    /** Wide enough that small frames cost few calls. */
    static final int SEQUENTIAL_BYTES = 1 << 18;

    /** Narrow enough that a jump costs little more than the bytes it is for. */
    static final int JUMPING_BYTES = 1 << 12;

    private final ReadFile file;
    private final long size;
    private final ByteBuffer window;
    private long windowOffset;

    FileWindow(ReadFile file, int windowBytes) throws IOException {
        this.file = file;
        this.size = file.size();
        this.window = ByteBuffer.allocate(windowBytes).order(ByteOrder.LITTLE_ENDIAN);
        window.limit(0);
    }

    long size() {
        return size;
    }

    /** Returns {@code length} bytes from {@code offset} on, valid until the next call; fewer only if the file shrank. */
    ByteBuffer view(long offset, int length) throws IOException {
        assert length <= window.capacity() && offset >= 0 && offset + length <= size : offset + " + " + length;
        if (offset < windowOffset || offset + length > windowOffset + window.limit()) {
            window.clear();
            windowOffset = offset;
            file.read(window, offset);
            window.flip();
        }
        int start = (int) (offset - windowOffset);
        return window.slice(start, Math.min(length, window.limit() - start)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Fills an array from {@code offset} on; returns how many bytes there were. */
    int read(long offset, byte[] to) throws IOException {
        if (to.length <= window.capacity()) {
            ByteBuffer view = view(offset, to.length);
            int length = view.remaining();
            view.get(to, 0, length);
            return length;
        }
        return file.read(ByteBuffer.wrap(to), offset);
    }
}
