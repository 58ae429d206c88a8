package org.almagest.storage.engine;

import java.util.Optional;
import org.almagest.geo.AntimeridianCut;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.scan.RowOrigin;
import org.jspecify.annotations.Nullable;

/** Reads single rows of a snapshot. */
final class Lookups {
    private Lookups() {}

    /**
     * Whose rows are looked for.
     *
     * @param schema the schema of its dataset
     * @param limits the bounds of sizes
     */
    record In(CollectionEntry collection, DatasetSchema schema, Limits limits) {
        private LiveRows rows(Snapshot snapshot) {
            return new LiveRows(snapshot.runs(collection.incarnation()).all());
        }
    }

    static Optional<Datapoint> find(Snapshot snapshot, In in, DatapointId id) {
        return Optional.ofNullable(read(in.rows(snapshot).find(id), in));
    }

    static Optional<Datapoint> findByKey(Snapshot snapshot, In in, byte[] key) {
        return Optional.ofNullable(read(in.rows(snapshot).findKey(in.schema, key), in));
    }

    private static @Nullable Datapoint read(LiveRows.@Nullable Place place, In in) {
        if (place == null) {
            return null;
        }
        try {
            RowOrigin origin = new RowOrigin(in.collection.id(), AntimeridianCut.of(in.limits));
            return place.run().row(place.ordinal(), in.schema, origin);
        } catch (InternalError e) {
            throw place.run().unreadable(e);
        }
    }
}
