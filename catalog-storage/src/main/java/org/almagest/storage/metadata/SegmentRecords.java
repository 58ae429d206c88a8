package org.almagest.storage.metadata;

import com.google.protobuf.ByteString;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/** Segments as protobuf messages, and back with every rule checked. */
final class SegmentRecords {
    private static final int BOX_SIDES = 4;

    private SegmentRecords() {}

    static MetadataProto.Segment message(SegmentEntry segment) {
        SegmentEntry.Location place = segment.location();
        SegmentEntry.Bounds bounds = segment.bounds();
        MetadataProto.Segment.Builder message = MetadataProto.Segment.newBuilder()
                .setCollection(segment.collection())
                .setSequence(segment.sequence())
                .setFileNumber(place.fileNumber())
                .setOffset(place.offset())
                .setLength(place.length())
                .setSha256(ByteString.copyFrom(place.sha256().toArray()))
                .setWindowKind(segment.window().kind().code())
                .setWindowStartMillis(segment.window().startMillis())
                .setRowCount(bounds.rowCount())
                .setIdMinHigh(bounds.idMin().high())
                .setIdMinLow(bounds.idMin().low())
                .setIdMaxHigh(bounds.idMax().high())
                .setIdMaxLow(bounds.idMax().low())
                .setSequenceMin(bounds.sequenceMin())
                .setSequenceMax(bounds.sequenceMax())
                .setIngestionMicrosMin(bounds.ingestionMicrosMin())
                .setIngestionMicrosMax(bounds.ingestionMicrosMax());
        BoundingBox box = bounds.box();
        if (box != null) {
            message.addBox(box.west()).addBox(box.south()).addBox(box.east()).addBox(box.north());
        }
        setTombstones(segment.tombstones(), message);
        SegmentEntry.Extent extent = segment.extent();
        if (extent != null) {
            message.setExtentMinMillis(extent.minMillis()).setExtentMaxMillis(extent.maxMillis());
        }
        return message.build();
    }

    private static void setTombstones(@Nullable TombstoneRef tombstones, MetadataProto.Segment.Builder message) {
        if (tombstones != null) {
            message.setTombstoneFileNumber(tombstones.fileNumber())
                    .setTombstoneOffset(tombstones.offset())
                    .setTombstoneLength(tombstones.length())
                    .setTombstoneSha256(ByteString.copyFrom(tombstones.sha256().toArray()))
                    .setDeadCount(tombstones.deadCount());
        }
    }

    static SegmentEntry segment(MetadataProto.Segment message, String where) throws CorruptSectionException {
        return Records.convert(
                where,
                () -> new SegmentEntry(
                        message.getCollection(),
                        message.getSequence(),
                        new SegmentEntry.Location(
                                message.getFileNumber(),
                                message.getOffset(),
                                message.getLength(),
                                Bytes.of(message.getSha256().toByteArray())),
                        window(message, where),
                        bounds(message),
                        tombstones(message),
                        extent(message)));
    }

    private static PartitionWindow window(MetadataProto.Segment message, String where) {
        PartitionWindow.Kind kind = PartitionWindow.Kind.ofCode(message.getWindowKind())
                .orElseThrow(() -> new UnsupportedFormatException(
                        "manifest", "with window " + message.getWindowKind(), "windows 1 to 4", where));
        return new PartitionWindow(kind, message.getWindowStartMillis());
    }

    private static SegmentEntry.Bounds bounds(MetadataProto.Segment message) {
        return new SegmentEntry.Bounds(
                message.getRowCount(),
                new DatapointId(message.getIdMinHigh(), message.getIdMinLow()),
                new DatapointId(message.getIdMaxHigh(), message.getIdMaxLow()),
                box(message.getBoxList()),
                message.getSequenceMin(),
                message.getSequenceMax(),
                message.getIngestionMicrosMin(),
                message.getIngestionMicrosMax());
    }

    private static @Nullable BoundingBox box(List<Double> sides) {
        if (sides.isEmpty()) {
            return null;
        }
        if (sides.size() != BOX_SIDES) {
            throw new IllegalArgumentException("box: " + sides.size() + " sides (expected " + BOX_SIDES + ")");
        }
        return new BoundingBox(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }

    private static @Nullable TombstoneRef tombstones(MetadataProto.Segment message) {
        boolean present = message.hasTombstoneFileNumber();
        requireTogether(
                present == message.hasTombstoneOffset()
                        && present == message.hasTombstoneLength()
                        && present == message.hasTombstoneSha256()
                        && present == message.hasDeadCount(),
                "tombstones");
        if (!present) {
            return null;
        }
        return new TombstoneRef(
                message.getTombstoneFileNumber(),
                message.getTombstoneOffset(),
                message.getTombstoneLength(),
                Bytes.of(message.getTombstoneSha256().toByteArray()),
                message.getDeadCount());
    }

    private static SegmentEntry.@Nullable Extent extent(MetadataProto.Segment message) {
        requireTogether(message.hasExtentMinMillis() == message.hasExtentMaxMillis(), "extent");
        return message.hasExtentMinMillis()
                ? new SegmentEntry.Extent(message.getExtentMinMillis(), message.getExtentMaxMillis())
                : null;
    }

    private static void requireTogether(boolean holds, String fact) {
        if (!holds) {
            throw new IllegalArgumentException("segment: " + fact + ": some of its fields only");
        }
    }
}
