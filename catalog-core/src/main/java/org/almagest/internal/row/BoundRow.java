package org.almagest.internal.row;

import org.almagest.geo.Footprint;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/** A datapoint that was checked against its schema and encoded. Immutable as long as nobody writes to its arrays. */
public final class BoundRow {
    private final DatapointId id;
    private final byte[] body;
    private final byte @Nullable [] key;
    private final @Nullable Footprint footprint;

    BoundRow(DatapointId id, byte[] body, byte @Nullable [] key, @Nullable Footprint footprint) {
        this.id = id;
        this.body = body;
        this.key = key;
        this.footprint = footprint;
    }

    /** Returns the id, made of time, collection and content. */
    public DatapointId id() {
        return id;
    }

    /** Returns the time in Unix milliseconds. */
    public long timeMillis() {
        return id.timeMillis();
    }

    /** Returns the row body, the array itself; {@link RowReader} reads it. */
    public byte[] body() {
        return body;
    }

    /** Returns the footprint of the datapoint's place; null where it has none. */
    public @Nullable Footprint footprint() {
        return footprint;
    }

    /** Returns type code and value of the key field, the array itself; null in a dataset without key. */
    public byte @Nullable [] key() {
        return key;
    }
}
