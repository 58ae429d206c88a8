package org.almagest.io;

import java.util.Arrays;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;

/** The lines of a file that are not blank; a record separator (RFC 8142) before a line is skipped. */
public final class JsonLines implements JsonTexts {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final byte RECORD_SEPARATOR = 0x1e;

    private final SourceBytes bytes;
    private final long lineBytesMax;
    private byte[] buffer;
    private int end;
    private int next;
    private boolean ended;
    private int offset;
    private int length;
    private long line;

    /** Reads the lines of {@code bytes}, each at most {@code jsonLineBytesMax} long. */
    public JsonLines(SourceBytes bytes, Limits limits) {
        this.bytes = bytes;
        this.lineBytesMax = Math.min(limits.jsonLineBytesMax(), Integer.MAX_VALUE / 4);
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, lineBytesMax + 2)];
    }

    @Override
    public boolean advance() {
        while (true) {
            int newline = findNewline();
            int from = next;
            int to = newline < 0 ? end : newline;
            if (newline < 0 && from == to) {
                return false;
            }
            next = newline < 0 ? end : newline + 1;
            line++;
            while (from < to && isBlank(buffer[from])) {
                from++;
            }
            while (from < to && isBlank(buffer[to - 1])) {
                to--;
            }
            if (to - from > lineBytesMax) {
                throw tooLong(to - from);
            }
            if (from < to) {
                offset = from;
                length = to - from;
                return true;
            }
        }
    }

    /** Returns where the newline of the current line stands, -1 where the last line has none. */
    private int findNewline() {
        int from = next;
        while (true) {
            for (int i = from; i < end; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            if (end - next > lineBytesMax + 1) { // a carriage return may follow
                int lineLength = end - next;
                line++;
                skipLine();
                throw tooLong(lineLength);
            }
            int searched = end - next;
            if (ended || !fill()) {
                return -1;
            }
            from = next + searched;
        }
    }

    private LimitExceededException tooLong(int lineLength) {
        return new LimitExceededException(
                SourceRow.place(bytes.file(), line) + ": bytes", "jsonLineBytesMax", lineLength, lineBytesMax);
    }

    private void skipLine() {
        while (true) {
            for (; next < end; next++) {
                if (buffer[next] == '\n') {
                    next++;
                    return;
                }
            }
            if (!fill()) {
                return;
            }
        }
    }

    /** Moves what is left to the front and reads more behind it; returns false at the end of the file. */
    private boolean fill() {
        System.arraycopy(buffer, next, buffer, 0, end - next);
        end -= next;
        next = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, lineBytesMax + 2));
        }
        int read = bytes.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(0, read);
        return !ended;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == RECORD_SEPARATOR;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long line() {
        return line;
    }
}
