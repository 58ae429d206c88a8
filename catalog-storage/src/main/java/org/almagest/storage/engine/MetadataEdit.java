package org.almagest.storage.engine;

import java.util.function.Function;
import org.almagest.error.CorruptSectionException;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Decision;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.metadata.MetadataCodec;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.FrameKind;
import org.jspecify.annotations.Nullable;

/**
 * A change of datasets or collections, decided in its turn.
 *
 * @param <T> what the caller gets
 */
final class MetadataEdit<T> implements Change<T> {
    private static final int FRAME_BYTES_EXPECTED = 4096;

    private final Function<Snapshot, @Nullable MetadataChange> decide;
    private final Function<CatalogMetadata, T> result;

    /**
     * Creates it.
     *
     * @param decide returns the change, or null for none, or throws what refuses it
     * @param result returns what the caller gets, from the metadata that the change leaves
     */
    MetadataEdit(Function<Snapshot, @Nullable MetadataChange> decide, Function<CatalogMetadata, T> result) {
        this.decide = decide;
        this.result = result;
    }

    @Override
    public long encodedBytes() {
        return FRAME_BYTES_EXPECTED;
    }

    @Override
    public Decision<T> decide(Snapshot before, Stamp stamp) {
        MetadataChange change = decide.apply(before);
        if (change == null) {
            return Decision.nothing(result.apply(before.metadata()), before);
        }
        CatalogMetadata after;
        try {
            after = before.metadata().apply(change, "change");
        } catch (CorruptSectionException e) {
            throw new IllegalStateException(e); // what was decided above follows from the metadata
        }
        return new Decision<>(
                result.apply(after),
                before.withMetadata(stamp.sequence(), after),
                FrameKind.METADATA,
                MetadataCodec.encode(change));
    }
}
