package org.almagest.internal.row;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;

/**
 * Makes ids out of what they name, so that independent stores agree on them; {@code docs/format/ids.md} has the layout.
 */
public final class ContentId {
    private static final byte[] DATASET = "almagest.dataset.1\0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COLLECTION = "almagest.collection.1\0".getBytes(StandardCharsets.UTF_8);

    private ContentId() {}

    /** Returns the id of the dataset with this slug in a store with this namespace. */
    public static UUID datasetId(UUID namespace, String slug) {
        return ofName(DATASET, namespace, slug);
    }

    /** Returns the id of the collection with this name in a dataset. */
    public static UUID collectionId(UUID datasetId, String name) {
        return ofName(COLLECTION, datasetId, name);
    }

    private static UUID ofName(byte[] tag, UUID parent, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new IdHash().begin(tag).put(parent).put(bytes, 0, bytes.length).toUuid();
    }

    /**
     * Returns the id of a datapoint whose row body was stored, as {@link RowBinder} made it.
     *
     * @throws CorruptSectionException if the body is not one of the schema
     */
    public static DatapointId datapointId(UUID collectionId, long timeMillis, DatasetSchema schema, byte[] body)
            throws CorruptSectionException {
        RowReader reader = new RowReader(schema);
        reader.reset(body, 0, body.length);
        return reader.contentId(collectionId, timeMillis, new IdHash());
    }
}
