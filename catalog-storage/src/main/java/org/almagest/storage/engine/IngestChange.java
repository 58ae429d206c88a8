package org.almagest.storage.engine;

import java.util.BitSet;
import java.util.List;
import org.almagest.error.ConflictException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.NotFoundException;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestResult;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Decision;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.run.DoomedRows;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.RowArrays;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.CommitEncoder;
import org.almagest.storage.wal.FrameKind;

/** One call of ingest, decided in its turn. */
final class IngestChange implements Change<IngestResult> {
    private static final int FRAME_OVERHEAD_BYTES = 128;
    private static final String EXISTING =
            "found existing datapoints with same id, refusing to ingest with \"allow_existing=false\"";

    private final Target target;
    private final String collectionName;
    private final IngestBatch batch;
    private final IngestMode mode;
    private long storedBytes;

    IngestChange(Target target, String collectionName, IngestBatch batch, IngestMode mode) {
        this.target = target;
        this.collectionName = collectionName;
        this.batch = batch;
        this.mode = mode;
    }

    @Override
    public long encodedBytes() {
        long deletes = mode == IngestMode.REPLACE ? (long) batch.count() * DatapointId.BYTES : 0;
        return FRAME_OVERHEAD_BYTES + batch.encodedBytes() + deletes;
    }

    /** Returns the bytes of the rows that the call stored, each its id and its encoded body, after it has been decided. */
    long storedBytes() {
        return storedBytes;
    }

    @Override
    public Decision<IngestResult> decide(Snapshot before, Snapshot.Stamp stamp) {
        DatasetSchema schema = currentSchema(before);
        List<LiveRun<?>> runs = before.runs(target.incarnation()).all();
        BitSet existing = batch.existing(runs);
        return mode == IngestMode.REPLACE
                ? replace(before, stamp, Replacement.of(batch, existing, schema, new LiveRows(runs)))
                : create(before, stamp, created(existing, schema, new LiveRows(runs)));
    }

    private RowArrays created(BitSet existing, DatasetSchema schema, LiveRows live) {
        if (mode == IngestMode.REFUSE_EXISTING && !existing.isEmpty()) {
            throw new ExistingDatapointsException(EXISTING);
        }
        schema.key().ifPresent(key -> checkKeys(live, schema, key, existing));
        return existing.cardinality() == batch.count()
                ? RowArrays.of(0, 0, MemoryRunBuilder.Keys.UNKEYED)
                : batch.rows().without(existing);
    }

    private Decision<IngestResult> create(Snapshot before, Snapshot.Stamp stamp, RowArrays created) {
        IngestCounts counts = IngestCounts.of(
                created.count(),
                (long) batch.givenCount() - created.count(),
                batch.rejected().size());
        return store(before, stamp, new Outcome(created, new DoomedRows(), counts));
    }

    private Decision<IngestResult> replace(Snapshot before, Snapshot.Stamp stamp, Replacement replacement) {
        IngestCounts counts = new IngestCounts(
                replacement.created().cardinality() - replacement.replaced(),
                replacement.existing(),
                replacement.replaced(),
                replacement.superseded(),
                replacement.stale(),
                batch.rejected().size());
        return store(
                before, stamp, new Outcome(batch.rows().only(replacement.created()), replacement.doomed(), counts));
    }

    /** What a call does: rows to store, rows that go, and how its rows fared. */
    private record Outcome(RowArrays created, DoomedRows doomed, IngestCounts counts) {}

    private Decision<IngestResult> store(Snapshot before, Snapshot.Stamp stamp, Outcome outcome) {
        RowArrays created = outcome.created();
        storedBytes = created.bytes();
        if (created.count() == 0) {
            return Decision.nothing(result(outcome.counts(), before.version()), before);
        }
        List<DatapointId> deleted = outcome.doomed().ids();
        MemoryRun run = MemoryRun.of(created, stamp.sequence(), stamp.ingestionMicros());
        Snapshot after = before.withoutRows(stamp, target.incarnation(), outcome.doomed())
                .withRows(stamp, target.incarnation(), run);
        return new Decision<>(
                result(outcome.counts(), stamp.sequence()),
                after,
                FrameKind.COMMIT,
                () -> payload(deleted, created, stamp));
    }

    /** Returns the schema as it is now; the rows were bound to one that may be older. */
    private DatasetSchema currentSchema(Snapshot before) {
        DatasetEntry dataset = before.metadata()
                .collection(target.incarnation())
                .flatMap(collection -> before.metadata().dataset(collection.dataset()))
                .orElseThrow(() -> new NotFoundException("No such collection " + collectionName));
        if (dataset.schemaVersion() != target.schemaVersion() && !onlyGrew(target.schema(), dataset.schema())) {
            throw new ConflictException("collection \"" + collectionName
                    + "\": schema changed while the rows were on their way (ingest them again)");
        }
        return dataset.schema();
    }

    private static boolean onlyGrew(DatasetSchema bound, DatasetSchema current) {
        for (Field field : bound.fields()) {
            boolean same = current.field(field.name())
                    .filter(now -> now.number() == field.number() && now.typeCode() == field.typeCode())
                    .isPresent();
            if (!same) {
                return false;
            }
        }
        return bound.key().map(Field::name).equals(current.key().map(Field::name))
                && bound.isGeometryRequired() == current.isGeometryRequired()
                && current.geometryKinds().containsAll(bound.geometryKinds());
    }

    private void checkKeys(LiveRows live, DatasetSchema schema, Field key, BitSet existing) {
        LiveRows.Held held = live.firstHeld(schema, new LiveRows.Keys(batch.keyHashes(), existing, batch::key));
        if (held != null) {
            throw new ConflictException("row " + batch.positionOf(held.number()) + ": key \"" + key.name() + "\": "
                    + batch.keyText(held.number()) + " is live under id "
                    + held.place().id() + " (expected a new key, or the same content)");
        }
    }

    private IngestResult result(IngestCounts counts, long version) {
        return new IngestResult(batch.ids(), counts, batch.rejected(), batch.geometries(), version);
    }

    private byte[] payload(List<DatapointId> deleted, RowArrays rows, Snapshot.Stamp stamp) {
        int[] offsets = rows.offsets();
        long bytes = CommitEncoder.overheadBytes(1) + (long) deleted.size() * DatapointId.BYTES;
        for (int row = 0; row < rows.count(); row++) {
            bytes += CommitEncoder.rowBytes(offsets[row + 1] - offsets[row]);
        }
        CommitEncoder encoder = new CommitEncoder(Math.toIntExact(bytes));
        encoder.section(target.incarnation(), target.schemaVersion());
        deleted.forEach(encoder::delete);
        for (int row = 0; row < rows.count(); row++) {
            int length = offsets[row + 1] - offsets[row];
            encoder.insert(rows.highs()[row], rows.lows()[row], rows.bodies(), offsets[row], length);
        }
        return encoder.finish(stamp.ingestionMicros());
    }
}
