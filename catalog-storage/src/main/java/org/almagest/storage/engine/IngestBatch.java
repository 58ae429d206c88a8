package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.Footprint;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.GeometryCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.RejectedRow;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.RowArrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one ingest call, bound to a schema and sorted by id; made outside any lock.
 *
 * <p>Rows that repeat an id of the call are once in {@link #rows} and have each their place in {@link #ids}.
 */
final class IngestBatch {
    /** So many ids are looked for before a call is taken for one whose rows are all there; smaller calls are cheap to copy. */
    static final int PROBES = 32;

    private final DatasetSchema schema;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final SortedBatch sorted;
    private final List<DatapointId> ids;
    private final @Nullable DatapointId @Nullable [] expectedIds;
    private long encodedBytes;
    private GeometryCounts geometries = GeometryCounts.NONE;

    private IngestBatch(DatasetSchema schema, List<BindChunk> chunks, Limits limits, List<Datapoint> expecting) {
        this.schema = schema;
        for (BindChunk chunk : chunks) {
            add(chunk, limits);
        }
        this.sorted = SortedBatch.of(chunks, schema);
        this.ids = List.of(sorted.ids());
        this.expectedIds = expecting.isEmpty() ? null : expectedIds(expecting);
    }

    /**
     * Binds the datapoints of a call.
     *
     * @throws CatalogException if a row is invalid and refused, or the call is larger than one commit takes
     */
    static IngestBatch bind(List<Datapoint> datapoints, Target target, IngestOptions options, Engine engine) {
        Limits limits = engine.limits();
        DatasetSchema schema = target.schema();
        if (options.mode() == IngestMode.REPLACE && schema.key().isEmpty()) {
            throw new InvalidRequestException("ingest: mode", "REPLACE (expected a dataset with a key)");
        }
        Limits.check(
                "ingest: rows (ingestAll takes any number)",
                "commitRowsMax",
                datapoints.size(),
                limits.commitRowsMax());
        List<BindChunk> chunks = engine.bindWorkers().bind(new Binding(datapoints, target, options, limits));
        return of(chunks, datapoints, schema, options.mode(), limits);
    }

    /**
     * Makes a batch of bound rows.
     *
     * @throws CatalogException if a row is refused, or the call is larger than one commit takes
     */
    static IngestBatch of(
            List<BindChunk> chunks, List<Datapoint> datapoints, DatasetSchema schema, IngestMode mode, Limits limits) {
        boolean replaces = mode == IngestMode.REPLACE;
        IngestBatch batch = new IngestBatch(schema, chunks, limits, replaces ? datapoints : List.of());
        if (replaces) {
            batch.sorted.rows(); // whoever decides the call asks every row for its key
        } else {
            checkNothingExpected(chunks, mode);
            schema.key().ifPresent(batch::checkKeysDiffer);
        }
        return batch;
    }

    /** Counts the rows of a chunk, in the order of the call, and throws where its rows come to an end. */
    private void add(BindChunk chunk, Limits limits) {
        long cut = 0;
        long closed = 0;
        long repaired = 0;
        for (int row = 0; row < chunk.rows().count(); row++) {
            encodedBytes += chunk.encodedBytes(row);
            Limits.check(
                    "ingest: bytes (ingestAll takes any number)",
                    "commitBytesMax",
                    encodedBytes,
                    limits.commitBytesMax());
            int flags = chunk.rows().footprintFlags(row);
            if (flags != 0) {
                cut += flags & Footprint.FLAG_CUT;
                closed += (flags & Footprint.FLAG_CLOSED_AT_POLE) == 0 ? 0 : 1;
                repaired += (flags & Footprint.FLAG_REPAIRED) == 0 ? 0 : 1;
            }
        }
        chunk.throwFailure();
        geometries = geometries.plus(new GeometryCounts(cut, closed, repaired));
        rejected.addAll(chunk.rejected());
    }

    private static void checkNothingExpected(List<BindChunk> chunks, IngestMode mode) {
        for (BindChunk chunk : chunks) {
            if (chunk.firstExpecting() >= 0) {
                throw new InvalidRequestException(
                        "row " + chunk.firstExpecting() + ": expected id",
                        "given in mode " + mode + " (expected REPLACE)");
            }
        }
    }

    private @Nullable DatapointId[] expectedIds(List<Datapoint> datapoints) {
        @Nullable DatapointId[] expected = new @Nullable DatapointId[sorted.givenCount()];
        Datapoint[] given = datapoints.toArray(new Datapoint[0]);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = given[sorted.position(i)].expectedId().orElse(null);
        }
        return expected;
    }

    private void checkKeysDiffer(Field key) {
        int other = sorted.firstKeyClash();
        if (other >= 0) {
            throw new ConflictException("row " + sorted.position(other) + ": key \"" + key.name()
                    + "\": same as in row " + sorted.position(sorted.clashesWith())
                    + " under another id (expected one datapoint per key)");
        }
    }

    /**
     * Brings the rows into the order of ids, unless it seems that they are all there already: then whoever decides the call
     * does so only where it turns out otherwise. That is the one thread that writes the log, so a call of which a part is
     * there should be brought in order here.
     *
     * @param live the collection as it is now
     */
    void prepare(LiveRows live) {
        if (!sorted.isGathered() && !seemsLive(live)) {
            sorted.rows();
        }
    }

    /** Tells whether all of some ids, spread evenly over the call, are live. */
    private boolean seemsLive(LiveRows live) {
        if (sorted.count() < PROBES) {
            return false;
        }
        for (int i = 0; i < PROBES; i++) {
            if (!isLive(live, (int) ((sorted.count() - 1L) * i / (PROBES - 1)))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether boxes and bodies are in the order of ids, so that {@link #rows} copies nothing any more. */
    boolean isGathered() {
        return sorted.isGathered();
    }

    private boolean isLive(LiveRows live, int row) {
        try {
            return live.find(new DatapointId(sorted.highs()[row], sorted.lows()[row])) != null;
        } catch (CatalogException e) {
            return false; // whoever decides the call tells of it
        }
    }

    /** Returns which rows have an id that is live. */
    BitSet existing(List<LiveRun<?>> runs) {
        return ExistingIds.of(sorted.highs(), sorted.lows(), runs);
    }

    /** Returns how many rows there are, each id once. */
    int count() {
        return sorted.count();
    }

    /** Returns how many rows were accepted, repeated ones included; they are numbered in the order of the call. */
    int givenCount() {
        return sorted.givenCount();
    }

    /** Returns which row of {@link #rows} an accepted row is. */
    int row(int given) {
        return sorted.row(given);
    }

    /** Returns the position of an accepted row in the call, from 0. */
    int position(int given) {
        return sorted.position(given);
    }

    /** Returns the id that an accepted row of a REPLACE call is to replace; null where it states none. */
    @Nullable
    DatapointId expectedId(int given) {
        return expectedIds == null ? null : expectedIds[given];
    }

    /** Returns where in the call the first row stood that became this one of {@link #rows}. */
    int positionOf(int row) {
        return sorted.positionOf(row);
    }

    /** Returns the key of a row, as {@code RowBinder.encodeKey} makes it; only in a dataset with a key. */
    byte[] key(int row) {
        return sorted.key(row);
    }

    /** Returns the key of a row as messages show it. */
    String keyText(int row) {
        RowArrays rows = sorted.rows();
        return KeyText.of(schema, Arrays.copyOfRange(rows.bodies(), rows.offsets()[row], rows.offsets()[row + 1]));
    }

    /** Returns the hash of the key of a row. */
    long keyHash(int row) {
        return keyHashes()[row];
    }

    /** Returns the hash of the key of each row; only in a dataset with a key. */
    long[] keyHashes() {
        return Objects.requireNonNull(sorted.rows().keyHashes());
    }

    /** Returns the rows by id, each id once. */
    RowArrays rows() {
        return sorted.rows();
    }

    /** Returns one id per accepted row, in input order. */
    List<DatapointId> ids() {
        return ids;
    }

    List<RejectedRow> rejected() {
        return rejected;
    }

    GeometryCounts geometries() {
        return geometries;
    }

    /** Returns how many bytes the rows take in a frame, at most. */
    long encodedBytes() {
        return encodedBytes;
    }
}
