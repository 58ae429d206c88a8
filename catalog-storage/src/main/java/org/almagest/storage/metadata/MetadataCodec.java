package org.almagest.storage.metadata;

import java.util.Optional;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.Retention;
import org.almagest.schema.DatasetSchema;
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
        WireWriter payload = payload(change);
        checkBytes(payload);
        return payload.toBytes();
    }

    /**
     * Returns how long the payload of a change is.
     *
     * @throws LimitExceededException if it is longer than {@link #PAYLOAD_BYTES_MAX}
     */
    public static int encodedBytes(MetadataChange change) {
        return checkBytes(payload(change));
    }

    private static int checkBytes(WireWriter payload) {
        int bytes = payload.size();
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
        WireReader in = new WireReader(payload, "metadata", where);
        if (!in.next()) {
            throw new CorruptSectionException("metadata: no change", where);
        }
        MetadataChange change;
        try {
            change = change(in);
        } catch (CatalogException | IllegalArgumentException e) {
            throw Records.refused(e, where);
        }
        if (in.next()) {
            if (in.field() > MetadataProto.Change.COLLECTION_RETENTION_FIELD_NUMBER) {
                throw in.unknown("Change");
            }
            throw new CorruptSectionException("metadata: more than one change", where);
        }
        return change;
    }

    private static WireWriter payload(MetadataChange change) {
        WireWriter inner = new WireWriter();
        int field = write(change, inner);
        WireWriter payload = new WireWriter();
        payload.message(field, inner);
        return payload;
    }

    /** Writes a change and returns the number that tells which it is. */
    private static int write(MetadataChange change, WireWriter out) {
        if (change instanceof DatasetCreated created) {
            Records.write(created.dataset(), out);
            return MetadataProto.Change.DATASET_CREATED_FIELD_NUMBER;
        } else if (change instanceof DatasetAltered altered) {
            out.unsigned(MetadataProto.DatasetAltered.DATASET_FIELD_NUMBER, altered.dataset());
            WireWriter schema = new WireWriter();
            SchemaRecords.write(altered.schema(), schema);
            out.message(MetadataProto.DatasetAltered.SCHEMA_FIELD_NUMBER, schema);
            out.unsigned(MetadataProto.DatasetAltered.SCHEMA_VERSION_FIELD_NUMBER, altered.schemaVersion());
            return MetadataProto.Change.DATASET_ALTERED_FIELD_NUMBER;
        } else if (change instanceof CollectionCreated created) {
            Records.write(created.collection(), out);
            return MetadataProto.Change.COLLECTION_CREATED_FIELD_NUMBER;
        } else if (change instanceof DocumentPut put) {
            out.unsigned(MetadataProto.CollectionDocument.COLLECTION_FIELD_NUMBER, put.collection());
            out.text(MetadataProto.CollectionDocument.DOCUMENT_FIELD_NUMBER, put.document());
            out.unsigned(MetadataProto.CollectionDocument.DOCUMENT_VERSION_FIELD_NUMBER, put.documentVersion());
            return MetadataProto.Change.COLLECTION_DOCUMENT_FIELD_NUMBER;
        } else if (change instanceof RetentionPut put) {
            out.unsigned(MetadataProto.CollectionRetention.COLLECTION_FIELD_NUMBER, put.collection());
            if (put.retention().isPresent()) {
                out.message(
                        MetadataProto.CollectionRetention.RETENTION_FIELD_NUMBER,
                        Records.message(put.retention().orElseThrow()));
            }
            return MetadataProto.Change.COLLECTION_RETENTION_FIELD_NUMBER;
        }
        return writeEnd(change, out);
    }

    private static int writeEnd(MetadataChange change, WireWriter out) {
        if (change instanceof DatasetDeleted deleted) {
            out.unsigned(MetadataProto.DatasetDeleted.DATASET_FIELD_NUMBER, deleted.dataset());
            out.signed(MetadataProto.DatasetDeleted.DELETED_MICROS_FIELD_NUMBER, deleted.deletedMicros());
            return MetadataProto.Change.DATASET_DELETED_FIELD_NUMBER;
        } else if (change instanceof DatasetRestored restored) {
            out.unsigned(MetadataProto.DatasetRestored.DATASET_FIELD_NUMBER, restored.dataset());
            return MetadataProto.Change.DATASET_RESTORED_FIELD_NUMBER;
        } else if (change instanceof DatasetPurged purged) {
            out.unsigned(MetadataProto.DatasetPurged.DATASET_FIELD_NUMBER, purged.dataset());
            return MetadataProto.Change.DATASET_PURGED_FIELD_NUMBER;
        } else if (change instanceof CollectionPurged purged) {
            out.unsigned(MetadataProto.CollectionPurged.COLLECTION_FIELD_NUMBER, purged.collection());
            return MetadataProto.Change.COLLECTION_PURGED_FIELD_NUMBER;
        }
        throw new IllegalArgumentException("metadata: no such change: " + change);
    }

    private static MetadataChange change(WireReader in) throws CorruptSectionException {
        return switch (in.field()) {
            case MetadataProto.Change.DATASET_CREATED_FIELD_NUMBER -> new DatasetCreated(Records.dataset(in));
            case MetadataProto.Change.DATASET_ALTERED_FIELD_NUMBER -> altered(in);
            case MetadataProto.Change.COLLECTION_CREATED_FIELD_NUMBER -> new CollectionCreated(Records.collection(in));
            case MetadataProto.Change.COLLECTION_DOCUMENT_FIELD_NUMBER -> document(in);
            case MetadataProto.Change.DATASET_DELETED_FIELD_NUMBER -> deleted(in);
            case MetadataProto.Change.DATASET_RESTORED_FIELD_NUMBER ->
                new DatasetRestored(only("dataset", "DatasetRestored", in));
            case MetadataProto.Change.DATASET_PURGED_FIELD_NUMBER ->
                new DatasetPurged(only("dataset", "DatasetPurged", in));
            case MetadataProto.Change.COLLECTION_PURGED_FIELD_NUMBER ->
                new CollectionPurged(only("collection", "CollectionPurged", in));
            case MetadataProto.Change.COLLECTION_RETENTION_FIELD_NUMBER -> retention(in);
            default -> throw in.unknown("Change");
        };
    }

    /** Reads a message that holds nothing but an incarnation, as field 1. */
    private static long only(String fact, String message, WireReader in) throws CorruptSectionException {
        long incarnation = 0;
        int outer = in.enter();
        while (in.next()) {
            if (in.field() != 1) {
                throw in.unknown(message);
            }
            incarnation = in.unsigned();
        }
        in.leave(outer);
        return Records.positive(fact, incarnation);
    }

    private static MetadataChange deleted(WireReader in) throws CorruptSectionException {
        long dataset = 0;
        long deletedMicros = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.DatasetDeleted.DATASET_FIELD_NUMBER -> dataset = in.unsigned();
                case MetadataProto.DatasetDeleted.DELETED_MICROS_FIELD_NUMBER -> deletedMicros = in.signed();
                default -> throw in.unknown("DatasetDeleted");
            }
        }
        in.leave(outer);
        return new DatasetDeleted(Records.positive("dataset", dataset), deletedMicros);
    }

    private static MetadataChange retention(WireReader in) throws CorruptSectionException {
        long collection = 0;
        Optional<Retention> retention = Optional.empty();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.CollectionRetention.COLLECTION_FIELD_NUMBER -> collection = in.unsigned();
                case MetadataProto.CollectionRetention.RETENTION_FIELD_NUMBER ->
                    retention = Optional.of(Records.retention(in));
                default -> throw in.unknown("CollectionRetention");
            }
        }
        in.leave(outer);
        return new RetentionPut(Records.positive("collection", collection), retention);
    }

    private static MetadataChange altered(WireReader in) throws CorruptSectionException {
        long dataset = 0;
        DatasetSchema schema = null;
        int schemaVersion = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.DatasetAltered.DATASET_FIELD_NUMBER -> dataset = in.unsigned();
                case MetadataProto.DatasetAltered.SCHEMA_FIELD_NUMBER -> schema = SchemaRecords.schema(in);
                case MetadataProto.DatasetAltered.SCHEMA_VERSION_FIELD_NUMBER -> schemaVersion = in.count();
                default -> throw in.unknown("DatasetAltered");
            }
        }
        in.leave(outer);
        return new DatasetAltered(Records.positive("dataset", dataset), Records.present(schema), (int)
                Records.positive("schema version", schemaVersion));
    }

    private static MetadataChange document(WireReader in) throws CorruptSectionException {
        long collection = 0;
        String document = "";
        long documentVersion = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.CollectionDocument.COLLECTION_FIELD_NUMBER -> collection = in.unsigned();
                case MetadataProto.CollectionDocument.DOCUMENT_FIELD_NUMBER -> document = in.text();
                case MetadataProto.CollectionDocument.DOCUMENT_VERSION_FIELD_NUMBER -> documentVersion = in.unsigned();
                default -> throw in.unknown("CollectionDocument");
            }
        }
        in.leave(outer);
        if (document.isEmpty()) {
            throw new IllegalArgumentException("document: empty");
        }
        return new DocumentPut(
                Records.positive("collection", collection),
                document,
                Records.positive("document version", documentVersion));
    }
}
