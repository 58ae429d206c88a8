package org.almagest.server.http.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacResponse;

/**
 * Compresses answers by gzip, in the worker that makes them: a megabyte takes ten to twenty milliseconds, in which an
 * event loop would serve nobody else.
 */
public final class Compression {
    /** Whether answers are compressed at all. */
    public enum Use {
        ON,
        OFF
    }

    /** Below this many bytes, compression costs more than it saves. */
    private static final int BYTES_MIN = 1_024;

    private static final int LEVEL = 3;
    private static final int PIECE = 64 << 10;
    private static final Set<String> TYPES = Set.of(
            MediaType.JSON,
            MediaType.GEOJSON,
            MediaType.SCHEMA,
            MediaType.NDJSON,
            MediaType.bare(MediaType.OPENAPI),
            MediaType.bare(MediaType.HTML),
            "text/plain");

    private Compression() {}

    /** Tells whether a request takes gzip, by its field Accept-Encoding. */
    public static boolean accepted(StacHeaders request) {
        return quality(request.joined("accept-encoding").orElse(""), "gzip") > 0;
    }

    /** Tells whether a request takes nothing that we can send: neither gzip nor the bytes as they are. */
    public static boolean takesNothing(StacHeaders request) {
        Optional<String> field = request.joined("accept-encoding");
        if (field.isEmpty() || quality(field.get(), "gzip") > 0) {
            return false;
        }
        String text = field.get();
        boolean named = text.toLowerCase(Locale.ROOT).contains("identity");
        boolean others = text.contains("*");
        return (named || others) && quality(text, "identity") <= 0;
    }

    /** An encoding that is not named has the quality of {@code *}; the most specific part decides. */
    private static double quality(String field, String encoding) {
        double any = -1;
        for (String part : field.split(",", 64)) {
            String name = MediaType.bare(part);
            if (name.equals(encoding)) {
                return number(part);
            }
            if (name.equals("*")) {
                any = number(part);
            }
        }
        return any;
    }

    private static double number(String part) {
        try {
            return Double.parseDouble(MediaType.parameter(part, "q").orElse("1"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Tells whether an answer is worth it. */
    public static boolean worth(StacResponse response, int firstBytes) {
        Optional<String> type = response.headers().first("content-type").map(MediaType::bare);
        return response.status() == 200
                && firstBytes >= BYTES_MIN
                && type.filter(TYPES::contains).isPresent()
                && response.headers().first("content-encoding").isEmpty();
    }

    /** Returns the fields of the compressed answer; a strong tag names bytes, so it becomes another. */
    public static StacHeaders fields(StacHeaders plain) {
        StacHeaders fields = plain.with("content-encoding", "gzip");
        Optional<String> tag = plain.first("etag").filter(text -> text.startsWith("\"") && text.endsWith("\""));
        return tag.isEmpty()
                ? fields
                : fields.with("etag", tag.get().substring(0, tag.get().length() - 1) + ";gzip\"");
    }

    /** Returns the fields of a request with the tags of compressed answers as those of what they were made of. */
    public static StacHeaders plainTags(StacHeaders request) {
        StacHeaders fields = request;
        for (String name : new String[] {"if-match", "if-none-match"}) {
            Optional<String> tags = fields.joined(name);
            if (tags.isPresent() && tags.get().contains(";gzip\"")) {
                fields = fields.with(name, tags.get().replace(";gzip\"", "\""));
            }
        }
        return fields;
    }

    /**
     * Returns a body that is compressed as it is pulled; it begins with bytes that were pulled before.
     *
     * @param over asked before each pull; once it says so, nothing more is pulled and the body never ends
     */
    public static StacBody body(byte[] first, StacBody rest, BooleanSupplier over) {
        return new Compressed(first, rest, over);
    }

    private static final class Compressed implements StacBody {
        private final Target target = new Target();
        private final StacBody rest;
        private final BooleanSupplier over;
        private final Stream stream;
        private byte[] first;
        private boolean ended;

        Compressed(byte[] first, StacBody rest, BooleanSupplier over) {
            this.first = first;
            this.rest = rest;
            this.over = over;
            try {
                this.stream = new Stream(target);
            } catch (IOException e) {
                throw new IllegalStateException(e); // an array takes everything
            }
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public boolean next(OutputStream sink) throws IOException {
            if (first.length > 0) {
                stream.write(first);
                first = new byte[0];
            }
            while (!ended && target.size() < PIECE && !over.getAsBoolean()) {
                if (!rest.next(stream)) {
                    stream.finish();
                    ended = true;
                }
            }
            target.drainTo(sink);
            return !ended;
        }

        @Override
        public void close() {
            try {
                stream.release();
            } finally {
                rest.close();
            }
        }
    }

    private static final class Target extends ByteArrayOutputStream {
        void drainTo(OutputStream sink) throws IOException {
            sink.write(buf, 0, count);
            count = 0;
        }
    }

    private static final class Stream extends GZIPOutputStream {
        Stream(OutputStream target) throws IOException {
            super(target, 8 << 10);
            def.setLevel(LEVEL);
        }

        void release() {
            def.end();
        }
    }
}
