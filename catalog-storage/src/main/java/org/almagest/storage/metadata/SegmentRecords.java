package org.almagest.storage.metadata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * Segments as messages {@code Segment} of {@code metadata.proto}, and back with every rule checked; for one manifest and
 * one thread. Written and read field by field: a store of ten thousand collections has that many times a few of them, and
 * every opening reads all.
 */
final class SegmentRecords {
    private static final int BOX_SIDES = 4;
    private static final int BOX_BYTES = BOX_SIDES * Double.BYTES;
    private static final int FIELDS = MetadataProto.Segment.CELLS_FIELD_NUMBER + 1;
    private static final Bytes NONE = Bytes.of();

    private final long[] numbers = new long[FIELDS];
    private final Bytes[] bytes = new Bytes[FIELDS];
    private final double[] box = new double[BOX_SIDES];
    private final Map<Long, PartitionWindow> windows = new HashMap<>();
    private int present;
    private int last;

    /** Writes the fields of a segment. */
    static void write(SegmentEntry segment, WireWriter out) {
        SegmentEntry.Location place = segment.location();
        SegmentEntry.Bounds bounds = segment.bounds();
        out.unsigned(MetadataProto.Segment.COLLECTION_FIELD_NUMBER, segment.collection());
        out.unsigned(MetadataProto.Segment.SEQUENCE_FIELD_NUMBER, segment.sequence());
        out.unsigned(MetadataProto.Segment.FILE_NUMBER_FIELD_NUMBER, place.fileNumber());
        out.unsigned(MetadataProto.Segment.OFFSET_FIELD_NUMBER, place.offset());
        out.unsigned(MetadataProto.Segment.LENGTH_FIELD_NUMBER, place.length());
        out.presentContent(
                MetadataProto.Segment.SHA256_FIELD_NUMBER, place.sha256().toArray());
        out.unsigned(
                MetadataProto.Segment.WINDOW_KIND_FIELD_NUMBER,
                segment.window().kind().code());
        out.signed(
                MetadataProto.Segment.WINDOW_START_MILLIS_FIELD_NUMBER,
                segment.window().startMillis());
        out.unsigned(MetadataProto.Segment.ROW_COUNT_FIELD_NUMBER, bounds.rowCount());
        out.fixed(MetadataProto.Segment.ID_MIN_HIGH_FIELD_NUMBER, bounds.idMin().high());
        out.fixed(MetadataProto.Segment.ID_MIN_LOW_FIELD_NUMBER, bounds.idMin().low());
        out.fixed(MetadataProto.Segment.ID_MAX_HIGH_FIELD_NUMBER, bounds.idMax().high());
        out.fixed(MetadataProto.Segment.ID_MAX_LOW_FIELD_NUMBER, bounds.idMax().low());
        writeBox(bounds.box(), out);
        out.unsigned(MetadataProto.Segment.SEQUENCE_MIN_FIELD_NUMBER, bounds.sequenceMin());
        out.unsigned(MetadataProto.Segment.SEQUENCE_MAX_FIELD_NUMBER, bounds.sequenceMax());
        out.signed(MetadataProto.Segment.INGESTION_MICROS_MIN_FIELD_NUMBER, bounds.ingestionMicrosMin());
        out.signed(MetadataProto.Segment.INGESTION_MICROS_MAX_FIELD_NUMBER, bounds.ingestionMicrosMax());
        writeOptional(segment, out);
    }

    private static void writeBox(@Nullable BoundingBox sides, WireWriter out) {
        if (sides != null) {
            out.head(MetadataProto.Segment.BOX_FIELD_NUMBER, BOX_BYTES);
            out.rawFixed(Double.doubleToLongBits(sides.west()));
            out.rawFixed(Double.doubleToLongBits(sides.south()));
            out.rawFixed(Double.doubleToLongBits(sides.east()));
            out.rawFixed(Double.doubleToLongBits(sides.north()));
        }
    }

    private static void writeOptional(SegmentEntry segment, WireWriter out) {
        TombstoneRef tombstones = segment.tombstones();
        if (tombstones != null) {
            out.presentUnsigned(MetadataProto.Segment.TOMBSTONE_FILE_NUMBER_FIELD_NUMBER, tombstones.fileNumber());
            out.presentUnsigned(MetadataProto.Segment.TOMBSTONE_OFFSET_FIELD_NUMBER, tombstones.offset());
            out.presentUnsigned(MetadataProto.Segment.TOMBSTONE_LENGTH_FIELD_NUMBER, tombstones.length());
            out.presentContent(
                    MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER,
                    tombstones.sha256().toArray());
            out.presentUnsigned(MetadataProto.Segment.DEAD_COUNT_FIELD_NUMBER, tombstones.deadCount());
        }
        SegmentEntry.Extent extent = segment.extent();
        if (extent != null) {
            out.presentSigned(MetadataProto.Segment.EXTENT_MIN_MILLIS_FIELD_NUMBER, extent.minMillis());
            out.presentSigned(MetadataProto.Segment.EXTENT_MAX_MILLIS_FIELD_NUMBER, extent.maxMillis());
        }
        if (segment.cells().length() > 0) {
            out.presentContent(
                    MetadataProto.Segment.CELLS_FIELD_NUMBER, segment.cells().toArray());
        }
    }

    /** Reads the segment that the field of a reader holds. */
    SegmentEntry read(WireReader in) throws CorruptSectionException {
        present = 0;
        last = 0;
        int outer = in.enter();
        while (in.next()) {
            readField(in);
        }
        in.leave(outer);
        try {
            return entry(in.where());
        } catch (CatalogException | IllegalArgumentException e) {
            throw Records.refused(e, in.where());
        }
    }

    private void readField(WireReader in) throws CorruptSectionException {
        int field = in.field();
        if (field >= FIELDS) {
            throw in.unknown("Segment");
        }
        if (field <= last) {
            throw new CorruptSectionException("segment: field " + field + " after " + last, in.where());
        }
        last = field;
        present |= 1 << field;
        switch (field) {
            case MetadataProto.Segment.SHA256_FIELD_NUMBER,
                    MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER,
                    MetadataProto.Segment.CELLS_FIELD_NUMBER -> bytes[field] = Bytes.of(in.content());
            case MetadataProto.Segment.BOX_FIELD_NUMBER -> readBox(in);
            case MetadataProto.Segment.ID_MIN_HIGH_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MIN_LOW_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MAX_HIGH_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MAX_LOW_FIELD_NUMBER -> numbers[field] = in.fixed();
            default -> numbers[field] = in.unsigned();
        }
    }

    private void readBox(WireReader in) throws CorruptSectionException {
        int outer = in.enter();
        int length = in.limit() - in.position();
        if (length != BOX_BYTES) {
            throw new CorruptSectionException(
                    "segment: box: " + length + " bytes (expected " + BOX_BYTES + ")", in.where());
        }
        for (int i = 0; i < BOX_SIDES; i++) {
            box[i] = Double.longBitsToDouble(in.rawFixed());
        }
        in.leave(outer);
    }

    private boolean has(int field) {
        return (present >>> field & 1) != 0;
    }

    private long number(int field) {
        return has(field) ? numbers[field] : 0;
    }

    private long signed(int field) {
        long value = number(field);
        return value >>> 1 ^ -(value & 1);
    }

    private int count(int field) {
        return (int) number(field);
    }

    private Bytes content(int field) {
        return has(field) ? bytes[field] : NONE;
    }

    private SegmentEntry entry(String where) {
        return new SegmentEntry(
                number(MetadataProto.Segment.COLLECTION_FIELD_NUMBER),
                number(MetadataProto.Segment.SEQUENCE_FIELD_NUMBER),
                new SegmentEntry.Location(
                        number(MetadataProto.Segment.FILE_NUMBER_FIELD_NUMBER),
                        number(MetadataProto.Segment.OFFSET_FIELD_NUMBER),
                        number(MetadataProto.Segment.LENGTH_FIELD_NUMBER),
                        content(MetadataProto.Segment.SHA256_FIELD_NUMBER)),
                window(where),
                bounds(),
                tombstones(),
                extent(),
                content(MetadataProto.Segment.CELLS_FIELD_NUMBER));
    }

    /** Returns the window, one object for all segments that lie in it. */
    private PartitionWindow window(String where) {
        int code = count(MetadataProto.Segment.WINDOW_KIND_FIELD_NUMBER);
        long start = signed(MetadataProto.Segment.WINDOW_START_MILLIS_FIELD_NUMBER);
        PartitionWindow known = windows.get(start);
        if (known != null && known.kind().code() == code) {
            return known;
        }
        Optional<PartitionWindow.Kind> kind = PartitionWindow.Kind.ofCode(code);
        if (kind.isEmpty()) {
            throw new UnsupportedFormatException("manifest", "with window " + code, "windows 1 to 4", where);
        }
        PartitionWindow window = new PartitionWindow(kind.orElseThrow(), start);
        windows.put(start, window);
        return window;
    }

    private SegmentEntry.Bounds bounds() {
        return new SegmentEntry.Bounds(
                count(MetadataProto.Segment.ROW_COUNT_FIELD_NUMBER),
                new DatapointId(
                        number(MetadataProto.Segment.ID_MIN_HIGH_FIELD_NUMBER),
                        number(MetadataProto.Segment.ID_MIN_LOW_FIELD_NUMBER)),
                new DatapointId(
                        number(MetadataProto.Segment.ID_MAX_HIGH_FIELD_NUMBER),
                        number(MetadataProto.Segment.ID_MAX_LOW_FIELD_NUMBER)),
                has(MetadataProto.Segment.BOX_FIELD_NUMBER) ? new BoundingBox(box[0], box[1], box[2], box[3]) : null,
                number(MetadataProto.Segment.SEQUENCE_MIN_FIELD_NUMBER),
                number(MetadataProto.Segment.SEQUENCE_MAX_FIELD_NUMBER),
                signed(MetadataProto.Segment.INGESTION_MICROS_MIN_FIELD_NUMBER),
                signed(MetadataProto.Segment.INGESTION_MICROS_MAX_FIELD_NUMBER));
    }

    private @Nullable TombstoneRef tombstones() {
        boolean any = has(MetadataProto.Segment.TOMBSTONE_FILE_NUMBER_FIELD_NUMBER);
        requireTogether(
                any == has(MetadataProto.Segment.TOMBSTONE_OFFSET_FIELD_NUMBER)
                        && any == has(MetadataProto.Segment.TOMBSTONE_LENGTH_FIELD_NUMBER)
                        && any == has(MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER)
                        && any == has(MetadataProto.Segment.DEAD_COUNT_FIELD_NUMBER),
                "tombstones");
        if (!any) {
            return null;
        }
        return new TombstoneRef(
                number(MetadataProto.Segment.TOMBSTONE_FILE_NUMBER_FIELD_NUMBER),
                number(MetadataProto.Segment.TOMBSTONE_OFFSET_FIELD_NUMBER),
                number(MetadataProto.Segment.TOMBSTONE_LENGTH_FIELD_NUMBER),
                content(MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER),
                count(MetadataProto.Segment.DEAD_COUNT_FIELD_NUMBER));
    }

    private SegmentEntry.@Nullable Extent extent() {
        boolean any = has(MetadataProto.Segment.EXTENT_MIN_MILLIS_FIELD_NUMBER);
        requireTogether(any == has(MetadataProto.Segment.EXTENT_MAX_MILLIS_FIELD_NUMBER), "extent");
        return any
                ? new SegmentEntry.Extent(
                        signed(MetadataProto.Segment.EXTENT_MIN_MILLIS_FIELD_NUMBER),
                        signed(MetadataProto.Segment.EXTENT_MAX_MILLIS_FIELD_NUMBER))
                : null;
    }

    private static void requireTogether(boolean holds, String fact) {
        if (!holds) {
            throw new IllegalArgumentException("segment: " + fact + ": some of its fields only");
        }
    }
}
