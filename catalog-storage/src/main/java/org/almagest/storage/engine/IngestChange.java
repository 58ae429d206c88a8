package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.almagest.error.ConflictException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.NotFoundException;
import org.almagest.internal.row.KeyHash;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestResult;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.commit.Boxes;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Decision;
import org.almagest.storage.engine.IngestBatch.BatchRow;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.MemoryRunBuilder;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.run.StoredRow;
import org.almagest.storage.segment.Box;
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

    IngestChange(Target target, String collectionName, IngestBatch batch, IngestMode mode) {
        this.target = target;
        this.collectionName = collectionName;
        this.batch = batch;
        this.mode = mode;
    }

    @Override
    public long encodedBytes() {
        return FRAME_OVERHEAD_BYTES + batch.encodedBytes();
    }

    @Override
    public Decision<IngestResult> decide(Snapshot before, Stamp stamp) {
        DatasetSchema schema = currentSchema(before);
        LiveRows live = new LiveRows(before.runs(target.incarnation()).all());
        BitSet existing = live.existing(batch.rows());
        if (mode == IngestMode.REFUSE_EXISTING && !existing.isEmpty()) {
            throw new ExistingDatapointsException(EXISTING);
        }
        List<BatchRow> created = new ArrayList<>();
        for (int i = existing.nextClearBit(0); i < batch.rows().length; i = existing.nextClearBit(i + 1)) {
            created.add(batch.rows()[i]);
        }
        schema.key().ifPresent(key -> checkKeys(live, schema, key, created));
        if (created.isEmpty()) {
            return Decision.nothing(result(0, before.version()), before);
        }
        Snapshot after = before.withRows(
                stamp.sequence(), stamp.ingestionMicros(), target.incarnation(), run(created, schema, stamp));
        return new Decision<>(
                result(created.size(), stamp.sequence()), after, FrameKind.COMMIT, payload(created, stamp));
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

    private void checkKeys(LiveRows live, DatasetSchema schema, Field key, List<BatchRow> created) {
        for (BatchRow row : created) {
            LiveRows.Place place = live.findKey(schema, row.bound());
            if (place != null) {
                throw new ConflictException("row " + row.position() + ": key \"" + key.name() + "\": "
                        + KeyText.of(schema, row.bound()) + " is live under id " + place.id()
                        + " (expected a new key, or the same content)");
            }
        }
    }

    private IngestResult result(int created, long version) {
        return new IngestResult(
                batch.ids(),
                IngestCounts.of(
                        created,
                        (long) batch.ids().size() - created,
                        batch.rejected().size()),
                batch.rejected(),
                batch.geometries(),
                version);
    }

    private static MemoryRun run(List<BatchRow> rows, DatasetSchema schema, Stamp stamp) {
        boolean keyed = schema.key().isPresent();
        int bodyBytes = rows.stream().mapToInt(row -> row.bound().body().length).sum();
        MemoryRunBuilder run = new MemoryRunBuilder(
                keyed ? MemoryRunBuilder.Keys.KEYED : MemoryRunBuilder.Keys.UNKEYED, rows.size(), bodyBytes);
        for (BatchRow row : rows) {
            byte[] body = row.bound().body();
            byte[] key = row.bound().key();
            Box box = Boxes.of(row.bound().footprint());
            long hash = key == null ? 0 : KeyHash.of(key);
            run.add(
                    row.id().high(),
                    row.id().low(),
                    new StoredRow(body, 0, body.length, box, hash, stamp.sequence(), stamp.ingestionMicros()));
        }
        return run.build();
    }

    private byte[] payload(List<BatchRow> rows, Stamp stamp) {
        CommitEncoder encoder = new CommitEncoder((int) encodedBytes());
        encoder.section(target.incarnation(), target.schemaVersion());
        for (BatchRow row : rows) {
            encoder.insert(row.id(), row.bound().body());
        }
        return encoder.finish(stamp.ingestionMicros());
    }
}
