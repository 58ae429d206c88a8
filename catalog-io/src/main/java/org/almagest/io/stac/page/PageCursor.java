package org.almagest.io.stac.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Where a page begins, as a token holds it.
 *
 * @param direction whether the page after the position is meant or the one before
 * @param version the version of the catalog that the page before showed
 * @param matched how many items match in all at that version, where that is known
 * @param seen which collections that counts, as a digest: not for somebody who may see others
 * @param position the position, as text
 */
public record PageCursor(Direction direction, long version, OptionalLong matched, long seen, String position) {
    private static final int HEAD = 1 + 3 * Long.BYTES;
    private static final long UNKNOWN = -1;

    /** Which page is meant. */
    public enum Direction {
        /** The page that begins after the position. */
        NEXT,
        /** The page that ends with the position. */
        PREVIOUS
    }

    /** Returns the cursor as bytes. */
    public byte[] toBytes() {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + text.length)
                .put((byte) direction.ordinal())
                .putLong(version)
                .putLong(matched.orElse(UNKNOWN))
                .putLong(seen)
                .put(text)
                .array();
    }

    /** Reads what {@link #toBytes} wrote; only for bytes that were sealed. */
    public static PageCursor of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Direction direction = Direction.values()[in.get()];
        long version = in.getLong();
        long matched = in.getLong();
        long seen = in.getLong();
        OptionalLong known = matched == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(matched);
        return new PageCursor(
                direction,
                version,
                known,
                seen,
                StandardCharsets.UTF_8.decode(in).toString());
    }
}
