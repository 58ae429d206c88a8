package org.almagest.storage.engine;

import org.almagest.model.Limits;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Decision;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.run.Snapshot;

/**
 * A change of datasets or collections that is refused when all of them together would become too long for a manifest:
 * once it stood in the log, no flush could ever end.
 *
 * @param edit the change
 * @param limits the bounds of the store
 * @param <T> what the caller gets
 */
record BoundedEdit<T>(MetadataEdit<T> edit, Limits limits) implements Change<T> {
    @Override
    public long encodedBytes() {
        return edit.encodedBytes();
    }

    @Override
    public boolean givesBackSpace() {
        return edit.givesBackSpace();
    }

    @Override
    public Decision<T> decide(Snapshot before, Snapshot.Stamp stamp) {
        Decision<T> decision = edit.decide(before, stamp);
        long bytes = decision.after().metadata().encodedBytes();
        // What makes less of it is always allowed, also where the bound was lowered since.
        if (bytes > before.metadata().encodedBytes()) {
            long bound = Math.min(limits.metadataBytesMax(), ManifestStore.METADATA_BYTES_MAX);
            Limits.check("catalog: metadata bytes", "metadataBytesMax", bytes, bound);
        }
        return decision;
    }
}
