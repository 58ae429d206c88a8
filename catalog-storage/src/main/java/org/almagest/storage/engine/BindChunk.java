package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.row.BoundRows;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.OnInvalid;
import org.almagest.model.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Some neighbouring rows of a call, bound by one thread and then read by the thread of the caller. */
final class BindChunk {
    private final Binding binding;
    private final int from;
    private final int to;
    private final BoundRows rows;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private int firstExpecting = -1;
    private long encodedBytes;
    private @Nullable Throwable failure;

    BindChunk(Binding binding, int from, int to) {
        this.binding = binding;
        this.from = from;
        this.to = to;
        this.rows = binding.binder().newRows(to - from, binding.bytesExpected(to - from));
    }

    /** Binds the rows up to the first that fails, or to where there are more bytes than one commit takes. */
    void bind() {
        try {
            for (int position = from; position < to && encodedBytes <= binding.bytesMax(); position++) {
                if ((position - from) % BoundRows.READ_AHEAD_ROWS == 0) {
                    binding.readAhead(rows, position, Math.min(to, position + BoundRows.READ_AHEAD_ROWS));
                }
                bind(position, binding.datapoint(position));
            }
        } catch (RuntimeException | Error e) {
            failure = e; // for the caller, in whose order the first one counts
        }
    }

    private void bind(int position, Datapoint datapoint) {
        if (binding.onInvalid() == OnInvalid.REFUSE) {
            binding.binder().bind(position, datapoint, rows);
        } else {
            try {
                binding.binder().bind(position, datapoint, rows);
            } catch (InvalidRequestException e) {
                rejected.add(Rejections.of(position, binding.keyOf(datapoint), e.subject(), e));
                return;
            } catch (LimitExceededException e) {
                rejected.add(Rejections.of(position, binding.keyOf(datapoint), e.subject(), e));
                return;
            }
        }
        encodedBytes += encodedBytes(rows.count() - 1);
        if (firstExpecting < 0 && datapoint.expectedId().isPresent()) {
            firstExpecting = position;
        }
    }

    /** Returns how many bytes a row takes in a frame, at most. */
    long encodedBytes(int row) {
        return DatapointId.BYTES + Integer.BYTES + (long) rows.bodyEnd(row) - rows.bodyStart(row);
    }

    /** Returns how many bytes all rows take in a frame, at most. */
    long encodedBytes() {
        return encodedBytes;
    }

    /** Throws what made binding end early. */
    void throwFailure() {
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    BoundRows rows() {
        return rows;
    }

    List<RejectedRow> rejected() {
        return rejected;
    }

    /** Returns the position of the first row that states an expected id, or -1. */
    int firstExpecting() {
        return firstExpecting;
    }
}
