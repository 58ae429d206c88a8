package org.almagest.storage.segment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almagest.model.DatapointId;
import org.almagest.storage.segment.Segments.Row;
import org.jspecify.annotations.Nullable;

/** The rows of {@code golden/segment/v0.4/three-segments.seg}: keys and extents, one row, one id three times. */
final class GoldenSegments {
    private static final String LONG_TEXT = "the same words again and again, ".repeat(6);

    static final List<Row> KEYED = List.of(
            row(-86_400_000, Box.NONE, 12, "a day before 1970", 900L),
            row(0, new Box(-1.5f, -2.5f, 3.5f, 4.5f), 11, "", -900L),
            row(1, new Box(170, -10, -170, 10), 11, "across the antimeridian", 0L),
            row(1_700_000_000_000L, new Box(179.5f, 0, 180, 1), 12, LONG_TEXT, 900L),
            row(1_700_000_000_001L, new Box(-180, -90, 180, -60), 12, "around a pole", Long.MIN_VALUE));

    static final List<Row> PLAIN = List.of(row(5, Box.NONE, 13, "alone", null));

    static final List<Row> REPEATED = List.of(
            row(5, Box.NONE, 13, "first", null),
            row(5, new Box(1, 2, 3, 4), 14, "second", null),
            row(5, Box.NONE, 16, "third", null));

    private GoldenSegments() {}

    private static Row row(long millis, Box box, long sequence, String body, @Nullable Long keyHash) {
        DatapointId lowest = DatapointId.lowest(millis);
        DatapointId id = new DatapointId(lowest.high() | 0x7abc, 0x8123456789abcdefL);
        Segments.Extent extent = keyHash == null ? null : new Segments.Extent(millis, millis + sequence * 1_000);
        return new Row(id, box, sequence, body.getBytes(StandardCharsets.UTF_8), keyHash, extent);
    }
}
