package org.almagest.storage.metadata;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.metadata.MetadataChange.CollectionCreated;
import org.almagest.storage.metadata.MetadataChange.CollectionPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetAltered;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetDeleted;
import org.almagest.storage.metadata.MetadataChange.DatasetPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetRestored;
import org.almagest.storage.metadata.MetadataChange.DocumentPut;
import org.almagest.storage.metadata.MetadataChange.RetentionPut;

/** The payload of METADATA frames, version 1: one {@code Change} message of {@code metadata.proto}. */
public final class MetadataCodec {
    /** The version of the payload that this build writes, and the only one it reads. */
    public static final int PAYLOAD_VERSION = 1;

    /** The longest payload; a bound on what hostile bytes can make of the heap. */
    public static final int PAYLOAD_BYTES_MAX = (1 << 20) + (1 << 16);

    private MetadataCodec() {}

    /**
     * Returns the payload of a change.
     *
     * @throws LimitExceededException if it is longer than {@link #PAYLOAD_BYTES_MAX}: a schema with too much text
     */
    public static byte[] encode(MetadataChange change) {
        MetadataProto.Change message = message(change);
        checkBytes(message);
        return message.toByteArray();
    }

    /**
     * Returns how long the payload of a change is, without making it.
     *
     * @throws LimitExceededException if it is longer than {@link #PAYLOAD_BYTES_MAX}
     */
    public static int encodedBytes(MetadataChange change) {
        return checkBytes(message(change));
    }

    private static int checkBytes(MetadataProto.Change message) {
        int bytes = message.getSerializedSize();
        if (bytes > PAYLOAD_BYTES_MAX) {
            throw new LimitExceededException(
                    "metadata record: bytes", "metadataRecordBytesMax", bytes, PAYLOAD_BYTES_MAX);
        }
        return bytes;
    }

    /**
     * Reads a payload.
     *
     * @param where the frame, for the message
     * @throws CorruptSectionException if it is not a change that {@link #encode} could have written
     * @throws UnsupportedFormatException if it holds a change, a field or a type that this build does not know
     */
    public static MetadataChange decode(byte[] payload, String where) throws CorruptSectionException {
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new CorruptSectionException(
                    "metadata: payload: " + payload.length + " bytes (at most " + PAYLOAD_BYTES_MAX + ")", where);
        }
        try {
            MetadataProto.Change message = MetadataProto.Change.parseFrom(payload);
            Records.requireKnown(message, where);
            return change(message, where);
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptSectionException("metadata: not a record: " + e.getMessage(), where);
        }
    }

    private static MetadataProto.Change message(MetadataChange change) {
        MetadataProto.Change.Builder message = MetadataProto.Change.newBuilder();
        if (change instanceof DatasetCreated created) {
            message.setDatasetCreated(Records.message(created.dataset()));
        } else if (change instanceof DatasetAltered altered) {
            message.setDatasetAltered(MetadataProto.DatasetAltered.newBuilder()
                    .setDataset(altered.dataset())
                    .setSchema(SchemaRecords.message(altered.schema()))
                    .setSchemaVersion(altered.schemaVersion()));
        } else if (change instanceof CollectionCreated created) {
            message.setCollectionCreated(Records.message(created.collection()));
        } else if (change instanceof DocumentPut put) {
            message.setCollectionDocument(MetadataProto.CollectionDocument.newBuilder()
                    .setCollection(put.collection())
                    .setDocument(put.document())
                    .setDocumentVersion(put.documentVersion()));
        } else if (change instanceof RetentionPut put) {
            MetadataProto.CollectionRetention.Builder retention =
                    MetadataProto.CollectionRetention.newBuilder().setCollection(put.collection());
            put.retention().ifPresent(kept -> retention.setRetention(Records.message(kept)));
            message.setCollectionRetention(retention);
        } else {
            setEnd(change, message);
        }
        return message.build();
    }

    private static void setEnd(MetadataChange change, MetadataProto.Change.Builder message) {
        if (change instanceof DatasetDeleted deleted) {
            message.setDatasetDeleted(MetadataProto.DatasetDeleted.newBuilder()
                    .setDataset(deleted.dataset())
                    .setDeletedMicros(deleted.deletedMicros()));
        } else if (change instanceof DatasetRestored restored) {
            message.setDatasetRestored(
                    MetadataProto.DatasetRestored.newBuilder().setDataset(restored.dataset()));
        } else if (change instanceof DatasetPurged purged) {
            message.setDatasetPurged(MetadataProto.DatasetPurged.newBuilder().setDataset(purged.dataset()));
        } else if (change instanceof CollectionPurged purged) {
            message.setCollectionPurged(
                    MetadataProto.CollectionPurged.newBuilder().setCollection(purged.collection()));
        } else {
            throw new IllegalArgumentException("metadata: no such change: " + change);
        }
    }

    private static MetadataChange change(MetadataProto.Change message, String where) throws CorruptSectionException {
        return switch (message.getChangeCase()) {
            case DATASET_CREATED -> new DatasetCreated(Records.dataset(message.getDatasetCreated(), where));
            case DATASET_ALTERED -> altered(message.getDatasetAltered(), where);
            case COLLECTION_CREATED -> new CollectionCreated(Records.collection(message.getCollectionCreated(), where));
            case COLLECTION_DOCUMENT -> document(message.getCollectionDocument(), where);
            case DATASET_DELETED ->
                new DatasetDeleted(
                        number("dataset", message.getDatasetDeleted().getDataset(), where),
                        message.getDatasetDeleted().getDeletedMicros());
            case DATASET_RESTORED ->
                new DatasetRestored(
                        number("dataset", message.getDatasetRestored().getDataset(), where));
            case DATASET_PURGED ->
                new DatasetPurged(number("dataset", message.getDatasetPurged().getDataset(), where));
            case COLLECTION_PURGED ->
                new CollectionPurged(
                        number("collection", message.getCollectionPurged().getCollection(), where));
            case COLLECTION_RETENTION -> retention(message.getCollectionRetention(), where);
            case CHANGE_NOT_SET -> throw new CorruptSectionException("metadata: no change", where);
        };
    }

    private static long number(String fact, long incarnation, String where) throws CorruptSectionException {
        return Records.convert(where, () -> Records.positive(fact, incarnation));
    }

    private static MetadataChange retention(MetadataProto.CollectionRetention message, String where)
            throws CorruptSectionException {
        return new RetentionPut(
                number("collection", message.getCollection(), where),
                message.hasRetention()
                        ? Optional.of(Records.retention(message.getRetention(), where))
                        : Optional.empty());
    }

    private static MetadataChange altered(MetadataProto.DatasetAltered message, String where)
            throws CorruptSectionException {
        return Records.convert(
                where,
                () -> new DatasetAltered(
                        Records.positive("dataset", message.getDataset()),
                        SchemaRecords.schema(message.getSchema(), where),
                        (int) Records.positive("schema version", message.getSchemaVersion())));
    }

    private static MetadataChange document(MetadataProto.CollectionDocument message, String where)
            throws CorruptSectionException {
        return Records.convert(where, () -> {
            if (message.getDocument().isEmpty()) {
                throw new IllegalArgumentException("document: empty");
            }
            return new DocumentPut(
                    Records.positive("collection", message.getCollection()),
                    message.getDocument(),
                    Records.positive("document version", message.getDocumentVersion()));
        });
    }
}
