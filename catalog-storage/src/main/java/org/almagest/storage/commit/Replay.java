package org.almagest.storage.commit;

import org.almagest.error.CorruptSectionException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.metadata.MetadataCodec;
import org.almagest.storage.run.DoomedRows;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.run.StoredRow;
import org.almagest.storage.segment.Box;
import org.almagest.storage.wal.CommitPayload;
import org.almagest.storage.wal.CommitSection;
import org.almagest.storage.wal.Frame;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Applies frames of the log to a snapshot, as they were decided when they were written. For one thread. */
public final class Replay {
    private final Limits limits;
    private @Nullable AntimeridianCut cutter;
    private Snapshot snapshot;

    public Replay(Snapshot start, Limits limits) {
        this.snapshot = start;
        this.limits = limits;
    }

    /** Returns what the frames applied so far leave. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Applies a frame, whose sequence is above those before. */
    public void accept(Frame frame, String where) {
        try {
            apply(frame, where);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private void apply(Frame frame, String where) throws CorruptSectionException {
        switch (frame.kind()) {
            case COMMIT -> commit(frame, CommitPayload.decode(frame.payload(), where));
            case METADATA -> {
                MetadataChange change = MetadataCodec.decode(frame.payload(), where);
                CatalogMetadata changed = snapshot.metadata().apply(change, where);
                Snapshot.Stamp stamp =
                        new Snapshot.Stamp(frame.sequence(), snapshot.lastIngestionMicros(), snapshot.historyFloor());
                snapshot = snapshot.withMetadata(stamp, change, changed);
            }
            case CLOSE -> {
                // Says only that nothing follows.
            }
        }
    }

    private void commit(Frame frame, CommitPayload payload) throws CorruptSectionException {
        // Whether earlier versions are kept is not decided here but when the store is open.
        Snapshot.Stamp stamp = new Snapshot.Stamp(frame.sequence(), payload.ingestionMicros(), snapshot.historyFloor());
        for (CommitSection section : payload.sections()) {
            DatasetSchema schema = schema(section);
            snapshot = snapshot.withoutRows(stamp, section.collection(), doomed(section));
            if (section.rowCount() > 0) {
                snapshot = snapshot.withRows(stamp, section.collection(), run(payload.bytes(), section, schema, stamp));
            }
        }
    }

    /** Finds the rows that a section deletes; one that is not there was dropped by a compaction since. */
    private DoomedRows doomed(CommitSection section) {
        LiveRows live = new LiveRows(snapshot.runs(section.collection()).all());
        DoomedRows doomed = new DoomedRows();
        for (int i = 0; i < section.deleteCount(); i++) {
            LiveRows.Place place = live.find(section.delete(i));
            if (place != null) {
                doomed.add(place.run(), place.ordinal());
            }
        }
        section.ranges()
                .forEach(range -> live.addSpan(doomed, range.startMillis(), range.endMillis(), range.upToSequence()));
        return doomed;
    }

    private DatasetSchema schema(CommitSection section) throws CorruptSectionException {
        return snapshot.metadata()
                .anyCollection(section.collection())
                .map(CollectionEntry::dataset)
                .flatMap(snapshot.metadata()::anyDataset)
                .map(DatasetEntry::schema)
                .orElseThrow(() -> new CorruptSectionException(
                        "commit: collection " + section.collection() + " does not exist", "log"));
    }

    private MemoryRun run(byte[] bytes, CommitSection section, DatasetSchema schema, Snapshot.Stamp stamp)
            throws CorruptSectionException {
        boolean keyed = schema.key().isPresent();
        RowReader reader = new RowReader(schema);
        MemoryRunBuilder run = new MemoryRunBuilder(
                keyed ? MemoryRunBuilder.Keys.KEYED : MemoryRunBuilder.Keys.UNKEYED, section.rowCount(), 0);
        for (int row = 0; row < section.rowCount(); row++) {
            int offset = section.bodyOffset(row);
            int length = section.bodyLength(row);
            reader.reset(bytes, offset, length);
            byte[] key = reader.keyBytes();
            long hash = key == null ? 0 : KeyHash.of(key);
            StoredRow stored =
                    new StoredRow(bytes, offset, length, box(reader), hash, stamp.sequence(), stamp.ingestionMicros());
            run.add(section.idHigh(row), section.idLow(row), stored);
        }
        return run.build();
    }

    private Box box(RowReader reader) throws CorruptSectionException {
        Geometry geometry = reader.geometry();
        Footprint footprint = geometry == null ? null : cutter().restore(geometry, reader.geometryFlags());
        return Boxes.of(footprint);
    }

    /** Made for the first geometry: after a clean close there is none. */
    private AntimeridianCut cutter() {
        AntimeridianCut known = cutter;
        if (known == null) {
            known = AntimeridianCut.of(limits);
            cutter = known;
        }
        return known;
    }
}
