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
    /** More than any change takes that carries neither a document nor a schema. */
    private static final int SMALL_CHANGE_BYTES = 4096;

    private final long encodedBytes;

    private final Decider decide;
    private final Function<CatalogMetadata, T> result;
    private boolean purges;

    /**
     * Creates it.
     *
     * @param decide returns the change, or null for none, or throws what refuses it
     * @param result returns what the caller gets, from the metadata that the change leaves
     */
    MetadataEdit(Function<Snapshot, @Nullable MetadataChange> decide, Function<CatalogMetadata, T> result) {
        this((before, stamp) -> decide.apply(before), result);
    }

    /** Creates an edit that needs to know its own time. */
    MetadataEdit(Decider decide, Function<CatalogMetadata, T> result) {
        this(SMALL_CHANGE_BYTES, decide, result);
    }

    private MetadataEdit(long encodedBytes, Decider decide, Function<CatalogMetadata, T> result) {
        this.encodedBytes = encodedBytes;
        this.decide = decide;
        this.result = result;
    }

    /** Returns the change, or null for none, or throws what refuses it. */
    interface Decider {
        /** Decides. */
        @Nullable
        MetadataChange decide(Snapshot before, Snapshot.Stamp stamp);
    }

    /**
     * Returns this edit, known to take no more bytes in the log than {@code longest}, a change that need not be possible.
     *
     * @throws org.almagest.error.LimitExceededException if that does not fit into a frame
     */
    MetadataEdit<T> atMost(MetadataChange longest) {
        return new MetadataEdit<>(MetadataCodec.encodedBytes(longest), decide, result);
    }

    @Override
    public long encodedBytes() {
        return encodedBytes;
    }

    /** Tells whether what was decided last takes collections with all they hold. */
    @Override
    public boolean givesBackSpace() {
        return purges;
    }

    @Override
    public Decision<T> decide(Snapshot before, Snapshot.Stamp stamp) {
        MetadataChange change = decide.decide(before, stamp);
        if (change == null) {
            return Decision.nothing(result.apply(before.metadata()), before);
        }
        purges = change instanceof MetadataChange.DatasetPurged || change instanceof MetadataChange.CollectionPurged;
        MetadataCodec.encodedBytes(change); // refuses what no frame can hold
        CatalogMetadata after;
        try {
            after = before.metadata().apply(change, "change");
        } catch (CorruptSectionException e) {
            throw new IllegalStateException(e); // what was decided above follows from the metadata
        }
        return new Decision<>(
                result.apply(after),
                before.withMetadata(stamp, change, after),
                FrameKind.METADATA,
                () -> MetadataCodec.encode(change));
    }
}
