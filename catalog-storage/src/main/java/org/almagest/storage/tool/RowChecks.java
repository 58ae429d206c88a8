package org.almagest.storage.tool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.index.spatial.CellCover;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataCodec;
import org.almagest.storage.segment.Box;
import org.almagest.storage.segment.BoxColumn;
import org.almagest.storage.segment.Finding;
import org.almagest.storage.segment.PageCursor;
import org.almagest.storage.segment.SegmentDescription;
import org.almagest.storage.wal.CommitPayload;
import org.almagest.storage.wal.CommitSection;
import org.almagest.storage.wal.Frame;
import org.almagest.storage.wal.FrameKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Checks what rows mean: that ids, boxes, keys and extents follow from the content, and that no id is there twice. */
final class RowChecks {
    private final AntimeridianCut cutter;
    private final Consumer<Finding> findings;
    private CatalogMetadata metadata;

    RowChecks(CatalogMetadata metadata, Limits limits, Consumer<Finding> findings) {
        this.metadata = metadata;
        this.cutter = AntimeridianCut.of(limits);
        this.findings = findings;
    }

    /** Checks a frame of the log, and applies it to the metadata; returns how many rows it has. */
    long checkFrame(Frame frame, String where) {
        try {
            if (frame.kind() == FrameKind.METADATA) {
                metadata = metadata.apply(MetadataCodec.decode(frame.payload(), where), where);
                return 0;
            }
            CommitPayload payload = CommitPayload.decode(frame.payload(), where);
            long rows = 0;
            for (CommitSection section : payload.sections()) {
                checkSection(payload.bytes(), section, where);
                rows += section.rowCount();
            }
            return rows;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private void checkSection(byte[] bytes, CommitSection section, String where) throws CorruptSectionException {
        DatasetEntry dataset = dataset(section.collection());
        CollectionEntry collection =
                metadata.anyCollection(section.collection()).orElse(null);
        if (dataset == null || collection == null) {
            findings.accept(new Finding(where, 0, "commit: collection " + section.collection() + " does not exist"));
            return;
        }
        RowReader reader = new RowReader(dataset.schema());
        for (int row = 0; row < section.rowCount(); row++) {
            DatapointId id = new DatapointId(section.idHigh(row), section.idLow(row));
            reader.reset(bytes, section.bodyOffset(row), section.bodyLength(row));
            checkId(reader, collection, id, new Finding(where, 0, ""));
        }
    }

    private @Nullable DatasetEntry dataset(long collection) {
        return metadata.anyCollection(collection)
                .flatMap(entry -> metadata.anyDataset(entry.dataset()))
                .orElse(null);
    }

    private void checkId(RowReader reader, CollectionEntry collection, DatapointId id, Finding where) {
        DatapointId made = reader.contentId(collection.id(), id.timeMillis());
        if (!made.equals(id)) {
            report(where, "id " + id + " (its content has " + made + ")");
        }
    }

    /** Checks that no id of a collection lives twice, in one pass over the ids of its segments. */
    void checkUnique(List<SegmentFileRun> segments) {
        Map<Long, PriorityQueue<Head>> byCollection = new HashMap<>();
        for (SegmentFileRun segment : segments) {
            checkDescription(segment);
            Head head = new Head(segment);
            if (head.isPresent()) {
                byCollection
                        .computeIfAbsent(segment.entry().collection(), collection -> new PriorityQueue<>())
                        .add(head);
            }
        }
        byCollection.values().forEach(this::checkUnique);
    }

    private void checkUnique(PriorityQueue<Head> heads) {
        DatapointId last = null;
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            DatapointId id = head.id();
            if (id.equals(last)) {
                report(head.where(), "id " + id + " lives twice");
            }
            last = id;
            head.advance();
            if (head.isPresent()) {
                heads.add(head);
            }
        }
    }

    /** The next living row of a segment. */
    private static final class Head implements Comparable<Head> {
        private final SegmentFileRun segment;
        private int row;

        Head(SegmentFileRun segment) {
            this.segment = segment;
            this.row = segment.livingFrom(0);
        }

        boolean isPresent() {
            return row < segment.reader().rowCount();
        }

        DatapointId id() {
            return new DatapointId(
                    segment.reader().idHigh(row), segment.reader().idLow(row));
        }

        void advance() {
            row = segment.livingFrom(row + 1);
        }

        Finding where() {
            return at(segment);
        }

        @Override
        public int compareTo(Head other) {
            return id().compareTo(other.id());
        }
    }

    private void checkDescription(SegmentFileRun segment) {
        SegmentDescription description = segment.reader().description();
        boolean agrees = description.rowCount() == segment.entry().bounds().rowCount()
                && description.minId().equals(segment.entry().bounds().idMin())
                && description.maxId().equals(segment.entry().bounds().idMax());
        if (!agrees) {
            report(at(segment), "rows or bounds are not those that the manifest names");
        }
        if (!cells(segment).equals(segment.entry().cells())) {
            report(at(segment), "cells are not those that the manifest names");
        }
    }

    private static Bytes cells(SegmentFileRun segment) {
        BoxColumn boxes = segment.reader().boxes();
        if (!segment.reader().description().bounds().isPresent()) {
            return Bytes.of();
        }
        CellCover.Builder cells = new CellCover.Builder();
        for (int row = 0; row < boxes.count(); row++) {
            cells.add(boxes.west(row), boxes.south(row), boxes.east(row), boxes.north(row));
        }
        CellCover cover = cells.build();
        ByteBuffer bytes = ByteBuffer.allocate(cover.bodyBytes());
        cover.write(bytes);
        return Bytes.of(bytes.array());
    }

    /** Checks every row of a segment by its content. */
    void checkRows(SegmentFileRun segment) {
        DatasetEntry dataset = dataset(segment.entry().collection());
        CollectionEntry collection =
                metadata.anyCollection(segment.entry().collection()).orElse(null);
        if (dataset == null || collection == null) {
            return; // the log purges what the manifest still has
        }
        RowReader reader = new RowReader(dataset.schema());
        ExtentChecks extents = ExtentChecks.of(dataset.schema(), segment.reader());
        ColumnChecks columns = ColumnChecks.of(dataset.schema(), segment.reader());
        PageCursor cursor = segment.reader().cursor();
        for (int row = 0; row < segment.reader().rowCount(); row++) {
            try {
                cursor.seek(row);
                reader.reset(cursor.bytes(), cursor.bodyOffset(), cursor.bodyLength());
                checkRow(segment, collection, reader, row);
                extents.add(reader, row);
                columns.add(cursor.bytes(), cursor.bodyOffset(), cursor.bodyLength());
            } catch (CorruptSectionException | CatalogException e) {
                report(at(segment), "row " + row + ": " + e.getMessage());
            }
        }
        extents.findProblems().forEach(problem -> report(at(segment), problem));
        columns.findProblems().forEach(problem -> report(at(segment), problem));
    }

    private void checkRow(SegmentFileRun segment, CollectionEntry collection, RowReader reader, int row)
            throws CorruptSectionException {
        DatapointId id =
                new DatapointId(segment.reader().idHigh(row), segment.reader().idLow(row));
        checkId(reader, collection, id, at(segment));
        if (!segment.entry().window().contains(id.timeMillis())) {
            report(at(segment), "row " + row + ": time outside the segment's partition");
        }
        Box expected = box(reader);
        Box actual = segment.reader().boxes().box(row);
        if (!expected.equals(actual)) {
            report(at(segment), "row " + row + ": box " + actual + " (its geometry has " + expected + ")");
        }
        byte[] key = reader.keyBytes();
        if (segment.reader().isKeyed() && (key == null || !indexes(segment, key, row))) {
            report(at(segment), "row " + row + ": key is not in the key index");
        }
        reader.datapoint(id, 0, null); // every value can be decoded
    }

    private static boolean indexes(SegmentFileRun segment, byte[] key, int row) {
        int[] candidates = segment.reader().keyCandidates(KeyHash.of(key));
        return Arrays.stream(candidates).anyMatch(candidate -> candidate == row);
    }

    private Box box(RowReader reader) throws CorruptSectionException {
        Geometry geometry = reader.geometry();
        if (geometry == null) {
            return Box.NONE;
        }
        Footprint footprint = cutter.restore(geometry, reader.geometryFlags());
        BoundingBox box = footprint.indexBox();
        return new Box((float) box.west(), (float) box.south(), (float) box.east(), (float) box.north());
    }

    private static Finding at(SegmentFileRun segment) {
        return new Finding(segment.file(), segment.entry().location().offset(), "");
    }

    private void report(Finding where, String problem) {
        findings.accept(new Finding(where.file(), where.offset(), "segment: " + problem));
    }
}
