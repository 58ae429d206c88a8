package org.almagest.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.almagest.error.LimitExceededException;

/** A stream that keeps what was read from it since a mark, so that a part can be taken out as it stands. */
final class RecordedStream extends InputStream {
    /** How far a parser may read ahead of the part that counts. */
    private static final int READ_AHEAD = 1 << 16;

    private final SourceBytes source;
    private final long bytesMax;
    private byte[] kept = new byte[READ_AHEAD];
    private long keptFrom;
    private int count;

    RecordedStream(SourceBytes source, long bytesMax) {
        this.source = source;
        this.bytesMax = Math.min(bytesMax, Integer.MAX_VALUE / 4);
    }

    /** Forgets what lies before an offset, counted from the start of the stream. */
    void keepFrom(long offset) {
        int forgotten = (int) (offset - keptFrom);
        if (forgotten > READ_AHEAD / 2 || forgotten == count) {
            System.arraycopy(kept, forgotten, kept, 0, count - forgotten);
            count -= forgotten;
            keptFrom = offset;
        }
    }

    /** Returns a copy of what lies between two offsets. */
    byte[] slice(long from, long to) {
        return Arrays.copyOfRange(kept, (int) (from - keptFrom), (int) (to - keptFrom));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read = source.read(buffer, offset, Math.min(length, READ_AHEAD / 2));
        if (read > 0) {
            if (count > bytesMax + READ_AHEAD) {
                throw new LimitExceededException("bytes", "jsonLineBytesMax", count, bytesMax);
            }
            if (count + read > kept.length) {
                kept = Arrays.copyOf(kept, Math.max(2 * kept.length, count + read));
            }
            System.arraycopy(buffer, offset, kept, count, read);
            count += read;
        }
        return read;
    }
}
