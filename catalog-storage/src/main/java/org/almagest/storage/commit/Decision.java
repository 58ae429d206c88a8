package org.almagest.storage.commit;

import java.util.function.Supplier;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.FrameKind;
import org.jspecify.annotations.Nullable;

/**
 * What a change does.
 *
 * @param result what the caller gets once the change is durable
 * @param after the catalog that the change leaves
 * @param kind the kind of its frame
 * @param payload makes the payload of its frame, which a change that is too large for the log never needs; null where
 *     nothing is written, and then {@code after} is what was before
 * @param <T> the type of the result
 */
public record Decision<T>(
        T result, Snapshot after, FrameKind kind, @Nullable Supplier<byte[]> payload) {
    /** Returns the decision to change nothing. */
    public static <T> Decision<T> nothing(T result, Snapshot before) {
        return new Decision<>(result, before, FrameKind.COMMIT, null);
    }
}
