package org.almagest.server.http.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;

/**
 * Unpacks a request body while counting what comes out: a megabyte of gzip can become a gigabyte.
 *
 * <p>{@code gzip} and {@code deflate} are understood, one of them, once.
 */
public final class Inflation {
    /** What a body may become whatever its ratio. */
    private static final long RATIO_FROM = 1 << 20;

    private static final int ROOM_MIN = 8 << 10;

    private Inflation() {}

    private static String name(String encoding) {
        return encoding.strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the bytes of a body without its encoding. */
    public static byte[] inflate(String encoding, byte[] body, long bytesMax, long ratioMax, BodyBudget.Lease lease) {
        String name = name(encoding);
        if (name.isEmpty() || name.equals("identity") || body.length == 0) {
            return body;
        }
        ByteArrayInputStream source = new ByteArrayInputStream(body);
        try (Unpacked stream = name.equals("deflate") ? new Deflated(source) : new Gzip(source)) {
            byte[] whole = read(stream.stream(), body.length, bytesMax, ratioMax, lease);
            if (stream.trailing(source)) {
                throw invalid("bytes after its end");
            }
            return whole;
        } catch (IOException e) {
            throw invalid("no " + name + ", or not all of it");
        }
    }

    private static byte[] read(InputStream stream, int packed, long bytesMax, long ratioMax, BodyBudget.Lease lease)
            throws IOException {
        byte[] bytes = new byte[0];
        int count = 0;
        while (true) {
            if (count == bytes.length) {
                // One byte past the bound is room enough to see that it is passed.
                int room = (int) Math.min(Math.max(2L * count, ROOM_MIN), bytesMax + 1);
                if (!lease.grow(room - bytes.length)) {
                    throw new ProblemException(BodyBudget.noRoom());
                }
                bytes = Arrays.copyOf(bytes, room);
            }
            int more = stream.read(bytes, count, bytes.length - count);
            if (more < 0) {
                return Arrays.copyOf(bytes, count);
            }
            count += more;
            if (count > bytesMax) {
                throw tooLarge("more than " + bytesMax + " bytes");
            }
            if (count > RATIO_FROM && count > packed * ratioMax) {
                throw tooLarge("more than " + ratioMax + " times its size");
            }
        }
    }

    private static ProblemException tooLarge(String what) {
        return new ProblemException(Problem.of(413, "LIMIT_EXCEEDED", "body: unpacked: " + what));
    }

    private static ProblemException invalid(String what) {
        return ProblemException.invalid("", "body: " + what);
    }

    /** A stream that can say whether something follows it. */
    private interface Unpacked extends AutoCloseable {
        InputStream stream();

        boolean trailing(ByteArrayInputStream source);

        @Override
        void close() throws IOException;
    }

    /** Further members are read as RFC 1952 has it; the JDK passes over other bytes that follow, silently. */
    private static final class Gzip extends GZIPInputStream implements Unpacked {
        private static final int TRAILER_BYTES = 8;

        Gzip(InputStream source) throws IOException {
            super(source, ROOM_MIN);
        }

        @Override
        public InputStream stream() {
            return this;
        }

        @Override
        public boolean trailing(ByteArrayInputStream source) {
            return source.available() > 0 || inf.getRemaining() > TRAILER_BYTES;
        }
    }

    private static final class Deflated extends InflaterInputStream implements Unpacked {
        Deflated(InputStream source) {
            super(source);
        }

        @Override
        public InputStream stream() {
            return this;
        }

        @Override
        public boolean trailing(ByteArrayInputStream source) {
            return source.available() > 0 || inf.getRemaining() > 0;
        }
    }
}
