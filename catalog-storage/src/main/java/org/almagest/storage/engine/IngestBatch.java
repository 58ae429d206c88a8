package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.Footprint;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.GeometryCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.OnInvalid;
import org.almagest.model.RejectedRow;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one ingest call, bound to a schema and sorted by id; made outside any lock.
 *
 * <p>Rows that repeat an id of the call are gone from {@link #rows} and still have their id in {@link #ids}.
 */
final class IngestBatch {
    private final @Nullable String keyName;
    private final List<DatapointId> ids = new ArrayList<>();
    private final List<RejectedRow> rejected = new ArrayList<>();
    private List<BatchRow> inOrder = List.of();
    private BatchRow[] rows = {};
    private long encodedBytes;
    private GeometryCounts geometries = GeometryCounts.NONE;

    /**
     * One row that may be stored.
     *
     * @param position its position in the call, from 0
     * @param bound what it became
     * @param expectedId the id that the row is to replace; null where it states none
     */
    record BatchRow(int position, BoundRow bound, @Nullable DatapointId expectedId) {
        DatapointId id() {
            return bound.id();
        }
    }

    private IngestBatch(@Nullable String keyName) {
        this.keyName = keyName;
    }

    /**
     * Binds the datapoints of a call.
     *
     * @throws CatalogException if a row is invalid and refused, or the call is larger than one commit takes
     */
    static IngestBatch bind(List<Datapoint> datapoints, Target target, IngestOptions options, Limits limits) {
        if (options.mode() == IngestMode.REPLACE && target.schema().key().isEmpty()) {
            throw new InvalidRequestException("ingest: mode", "REPLACE (expected a dataset with a key)");
        }
        Limits.check(
                "ingest: rows (ingestAll takes any number)",
                "commitRowsMax",
                datapoints.size(),
                limits.commitRowsMax());
        IngestBatch batch =
                new IngestBatch(target.schema().key().map(Field::name).orElse(null));
        RowBinder binder = new RowBinder(target.schema(), target.id(), limits, options);
        List<BatchRow> bound = new ArrayList<>(datapoints.size());
        int position = 0;
        for (Datapoint datapoint : datapoints) {
            BoundRow row = batch.bindRow(binder, position, datapoint, options.onInvalid());
            if (row != null) {
                batch.accept(row, limits);
                bound.add(new BatchRow(position, row, datapoint.expectedId().orElse(null)));
            }
            position++;
        }
        batch.sortAndDropRepeated(bound);
        if (options.mode() == IngestMode.REPLACE) {
            batch.inOrder = bound;
        } else {
            checkNothingExpected(bound, options.mode());
            target.schema().key().ifPresent(key -> batch.checkKeysDiffer(key));
        }
        return batch;
    }

    private static void checkNothingExpected(List<BatchRow> bound, IngestMode mode) {
        for (BatchRow row : bound) {
            if (row.expectedId() != null) {
                throw new InvalidRequestException(
                        "row " + row.position() + ": expected id", "given in mode " + mode + " (expected REPLACE)");
            }
        }
    }

    private @Nullable BoundRow bindRow(RowBinder binder, int position, Datapoint datapoint, OnInvalid onInvalid) {
        if (onInvalid == OnInvalid.REFUSE) {
            return binder.bind(position, datapoint);
        }
        try {
            return binder.bind(position, datapoint);
        } catch (InvalidRequestException e) {
            rejected.add(Rejections.of(position, keyOf(datapoint), e.subject(), e));
        } catch (LimitExceededException e) {
            rejected.add(Rejections.of(position, keyOf(datapoint), e.subject(), e));
        }
        return null;
    }

    private @Nullable Object keyOf(Datapoint datapoint) {
        return keyName == null ? null : datapoint.values().get(keyName);
    }

    private void accept(BoundRow row, Limits limits) {
        ids.add(row.id());
        encodedBytes += DatapointId.BYTES + Integer.BYTES + (long) row.body().length;
        Limits.check(
                "ingest: bytes (ingestAll takes any number)", "commitBytesMax", encodedBytes, limits.commitBytesMax());
        Footprint footprint = row.footprint();
        if (footprint != null) {
            geometries = geometries.plus(new GeometryCounts(
                    footprint.wasCut() ? 1 : 0, footprint.closedAtPole() ? 1 : 0, footprint.repaired() ? 1 : 0));
        }
    }

    private void sortAndDropRepeated(List<BatchRow> bound) {
        BatchRow[] sorted = bound.toArray(new BatchRow[0]);
        Arrays.sort(sorted, Comparator.comparing(BatchRow::id)); // stable: of equal ids the first of the call leads
        int kept = 0;
        for (BatchRow row : sorted) {
            if (kept == 0 || !sorted[kept - 1].id().equals(row.id())) {
                sorted[kept++] = row;
            }
        }
        rows = Arrays.copyOf(sorted, kept);
    }

    private void checkKeysDiffer(Field key) {
        Map<Bytes, BatchRow> seen = new HashMap<>();
        BatchRow[] inOrder = rows.clone();
        Arrays.sort(inOrder, Comparator.comparingInt(BatchRow::position));
        for (BatchRow row : inOrder) {
            byte[] encoded = row.bound().key();
            assert encoded != null : "a keyed row was bound without its key";
            BatchRow other = seen.putIfAbsent(Bytes.of(encoded), row);
            if (other != null) {
                throw new ConflictException("row " + row.position() + ": key \"" + key.name() + "\": same as in row "
                        + other.position() + " under another id (expected one datapoint per key)");
            }
        }
    }

    /** Returns all rows of a REPLACE call in input order. */
    List<BatchRow> inOrder() {
        return inOrder;
    }

    /** Returns the rows by id, each id once. */
    BatchRow[] rows() {
        return rows;
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
