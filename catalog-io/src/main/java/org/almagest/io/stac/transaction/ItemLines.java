package org.almagest.io.stac.transaction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;

/** The lines of a body, one after the other, with a bound on each. One thread. */
final class ItemLines {
    private static final int BUFFER = 1 << 16;

    private final InputStream body;
    private final long bytesMax;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private boolean isEnded;

    ItemLines(InputStream body, long bytesMax) {
        this.body = body;
        this.bytesMax = bytesMax;
    }

    /**
     * Returns the next line, without its end; empty where there is none.
     *
     * @throws LimitExceededException if it is too long; the next call goes on behind it
     * @throws InvalidRequestException if the body breaks off
     */
    Optional<byte[]> next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long bytes = 0;
        boolean begun = false;
        while (at < end || fill()) {
            begun = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            bytes += at - from;
            if (bytes <= bytesMax) {
                line.write(buffer, from, at - from);
            }
            if (at < end) {
                at++;
                break;
            }
        }
        if (bytes > bytesMax) {
            throw new LimitExceededException("line: bytes", "itemBodyBytesMax", bytes, bytesMax);
        }
        return begun ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private boolean fill() {
        if (isEnded) {
            return false;
        }
        try {
            at = 0;
            end = Math.max(0, body.read(buffer));
            isEnded = end == 0;
            return !isEnded;
        } catch (IOException e) {
            isEnded = true;
            end = 0;
            throw new InvalidRequestException("body", "broken off", e);
        }
    }
}
