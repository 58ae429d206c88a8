package org.almagest.storage.engine;

import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/** Reads single rows of a snapshot. */
final class Lookups {
    private Lookups() {}

    static Optional<Datapoint> find(
            Snapshot snapshot, CollectionEntry collection, DatasetSchema schema, DatapointId id) {
        LiveRows live = new LiveRows(snapshot.runs(collection.incarnation()).all());
        return Optional.ofNullable(read(live.find(id), schema));
    }

    static Optional<Datapoint> findByKey(
            Snapshot snapshot, CollectionEntry collection, DatasetSchema schema, byte[] key) {
        LiveRows live = new LiveRows(snapshot.runs(collection.incarnation()).all());
        return Optional.ofNullable(read(live.findKey(schema, key), schema));
    }

    private static @Nullable Datapoint read(LiveRows.@Nullable Place place, DatasetSchema schema) {
        if (place == null) {
            return null;
        }
        try {
            return place.run().row(place.ordinal(), schema);
        } catch (InternalError e) {
            throw place.run().unreadable(e);
        }
    }
}
