package org.almagest.storage.metadata;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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
    private static final int ENTRY_BYTES_MAX = 1 << 10;
    private static final Bytes NONE = Bytes.of();

    private final long[] numbers = new long[FIELDS];
    private final Bytes[] bytes = new Bytes[FIELDS];
    private final double[] box = new double[BOX_SIDES];
    private final Map<Long, PartitionWindow> windows = new HashMap<>();
    private int present;
    private int last;

    /** Appends a segment as a field of a manifest. */
    static void write(SegmentEntry segment, CodedOutputStream out, byte[] scratch) throws IOException {
        CodedOutputStream fields = CodedOutputStream.newInstance(scratch);
        writeFields(segment, fields);
        int length = scratch.length - fields.spaceLeft();
        out.writeTag(MetadataProto.Manifest.SEGMENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
        out.writeRawBytes(scratch, 0, length);
    }

    /** Returns room for any segment, for {@link #write}. */
    static byte[] scratch() {
        return new byte[ENTRY_BYTES_MAX];
    }

    private static void writeFields(SegmentEntry segment, CodedOutputStream out) throws IOException {
        SegmentEntry.Location place = segment.location();
        SegmentEntry.Bounds bounds = segment.bounds();
        unsigned(MetadataProto.Segment.COLLECTION_FIELD_NUMBER, segment.collection(), out);
        unsigned(MetadataProto.Segment.SEQUENCE_FIELD_NUMBER, segment.sequence(), out);
        unsigned(MetadataProto.Segment.FILE_NUMBER_FIELD_NUMBER, place.fileNumber(), out);
        unsigned(MetadataProto.Segment.OFFSET_FIELD_NUMBER, place.offset(), out);
        unsigned(MetadataProto.Segment.LENGTH_FIELD_NUMBER, place.length(), out);
        out.writeByteArray(
                MetadataProto.Segment.SHA256_FIELD_NUMBER, place.sha256().toArray());
        unsigned(
                MetadataProto.Segment.WINDOW_KIND_FIELD_NUMBER,
                segment.window().kind().code(),
                out);
        signed(
                MetadataProto.Segment.WINDOW_START_MILLIS_FIELD_NUMBER,
                segment.window().startMillis(),
                out);
        unsigned(MetadataProto.Segment.ROW_COUNT_FIELD_NUMBER, bounds.rowCount(), out);
        fixed(MetadataProto.Segment.ID_MIN_HIGH_FIELD_NUMBER, bounds.idMin().high(), out);
        fixed(MetadataProto.Segment.ID_MIN_LOW_FIELD_NUMBER, bounds.idMin().low(), out);
        fixed(MetadataProto.Segment.ID_MAX_HIGH_FIELD_NUMBER, bounds.idMax().high(), out);
        fixed(MetadataProto.Segment.ID_MAX_LOW_FIELD_NUMBER, bounds.idMax().low(), out);
        writeBox(bounds.box(), out);
        unsigned(MetadataProto.Segment.SEQUENCE_MIN_FIELD_NUMBER, bounds.sequenceMin(), out);
        unsigned(MetadataProto.Segment.SEQUENCE_MAX_FIELD_NUMBER, bounds.sequenceMax(), out);
        signed(MetadataProto.Segment.INGESTION_MICROS_MIN_FIELD_NUMBER, bounds.ingestionMicrosMin(), out);
        signed(MetadataProto.Segment.INGESTION_MICROS_MAX_FIELD_NUMBER, bounds.ingestionMicrosMax(), out);
        writeOptional(segment, out);
    }

    private static void writeBox(@Nullable BoundingBox sides, CodedOutputStream out) throws IOException {
        if (sides != null) {
            out.writeTag(MetadataProto.Segment.BOX_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(BOX_BYTES);
            out.writeDoubleNoTag(sides.west());
            out.writeDoubleNoTag(sides.south());
            out.writeDoubleNoTag(sides.east());
            out.writeDoubleNoTag(sides.north());
        }
    }

    private static void writeOptional(SegmentEntry segment, CodedOutputStream out) throws IOException {
        TombstoneRef tombstones = segment.tombstones();
        if (tombstones != null) {
            out.writeUInt64(MetadataProto.Segment.TOMBSTONE_FILE_NUMBER_FIELD_NUMBER, tombstones.fileNumber());
            out.writeUInt64(MetadataProto.Segment.TOMBSTONE_OFFSET_FIELD_NUMBER, tombstones.offset());
            out.writeUInt64(MetadataProto.Segment.TOMBSTONE_LENGTH_FIELD_NUMBER, tombstones.length());
            out.writeByteArray(
                    MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER,
                    tombstones.sha256().toArray());
            out.writeUInt32(MetadataProto.Segment.DEAD_COUNT_FIELD_NUMBER, tombstones.deadCount());
        }
        SegmentEntry.Extent extent = segment.extent();
        if (extent != null) {
            out.writeSInt64(MetadataProto.Segment.EXTENT_MIN_MILLIS_FIELD_NUMBER, extent.minMillis());
            out.writeSInt64(MetadataProto.Segment.EXTENT_MAX_MILLIS_FIELD_NUMBER, extent.maxMillis());
        }
        if (segment.cells().length() > 0) {
            out.writeByteArray(
                    MetadataProto.Segment.CELLS_FIELD_NUMBER, segment.cells().toArray());
        }
    }

    // As generated code does, these leave out a field that has its default value.

    private static void unsigned(int field, long value, CodedOutputStream out) throws IOException {
        if (value != 0) {
            out.writeUInt64(field, value);
        }
    }

    private static void signed(int field, long value, CodedOutputStream out) throws IOException {
        if (value != 0) {
            out.writeSInt64(field, value);
        }
    }

    private static void fixed(int field, long value, CodedOutputStream out) throws IOException {
        if (value != 0) {
            out.writeFixed64(field, value);
        }
    }

    /** Reads the segment that fills the next {@code length} bytes. */
    SegmentEntry read(CodedInputStream in, int length, String where) throws IOException, CorruptSectionException {
        present = 0;
        last = 0;
        int limit = in.pushLimit(length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            readField(tag, in, where);
        }
        in.popLimit(limit);
        return Records.convert(where, () -> entry(where));
    }

    private void readField(int tag, CodedInputStream in, String where) throws IOException, CorruptSectionException {
        int field = WireFormat.getTagFieldNumber(tag);
        if (field >= FIELDS) {
            throw new UnsupportedFormatException(
                    "metadata", "with field " + field + " of Segment", "known fields only", where);
        }
        if (field <= last) {
            throw new CorruptSectionException("segment: field " + field + " after " + last, where);
        }
        last = field;
        present |= 1 << field;
        int type;
        switch (field) {
            case MetadataProto.Segment.SHA256_FIELD_NUMBER,
                    MetadataProto.Segment.TOMBSTONE_SHA256_FIELD_NUMBER,
                    MetadataProto.Segment.CELLS_FIELD_NUMBER -> {
                type = WireFormat.WIRETYPE_LENGTH_DELIMITED;
                bytes[field] = type == WireFormat.getTagWireType(tag) ? Bytes.of(in.readByteArray()) : NONE;
            }
            case MetadataProto.Segment.BOX_FIELD_NUMBER -> {
                type = WireFormat.WIRETYPE_LENGTH_DELIMITED;
                readBox(in, where);
            }
            case MetadataProto.Segment.ID_MIN_HIGH_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MIN_LOW_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MAX_HIGH_FIELD_NUMBER,
                    MetadataProto.Segment.ID_MAX_LOW_FIELD_NUMBER -> {
                type = WireFormat.WIRETYPE_FIXED64;
                numbers[field] = in.readFixed64();
            }
            default -> {
                type = WireFormat.WIRETYPE_VARINT;
                numbers[field] = in.readUInt64();
            }
        }
        if (WireFormat.getTagWireType(tag) != type) {
            throw new CorruptSectionException("segment: field " + field + " of another type", where);
        }
    }

    private void readBox(CodedInputStream in, String where) throws IOException, CorruptSectionException {
        int length = in.readRawVarint32();
        if (length != BOX_BYTES) {
            throw new CorruptSectionException("segment: box: " + length + " bytes (expected " + BOX_BYTES + ")", where);
        }
        for (int i = 0; i < BOX_SIDES; i++) {
            box[i] = in.readDouble();
        }
    }

    private boolean has(int field) {
        return (present >>> field & 1) != 0;
    }

    private long number(int field) {
        return has(field) ? numbers[field] : 0;
    }

    private long signed(int field) {
        return CodedInputStream.decodeZigZag64(number(field));
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
        PartitionWindow.Kind kind = PartitionWindow.Kind.ofCode(code)
                .orElseThrow(() ->
                        new UnsupportedFormatException("manifest", "with window " + code, "windows 1 to 4", where));
        PartitionWindow window = new PartitionWindow(kind, start);
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
