package org.almagest.storage.metadata;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.Names;
import org.almagest.model.Retention;

/** Datasets and collections as protobuf messages, and back with every rule checked. */
final class Records {
    private static final int UUID_BYTES = 16;
    private static final int BY_TIME = 1;
    private static final int BY_INGESTION_TIME = 2;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Records() {}

    /** Turns what a constructor refuses into damage of the record that named it. */
    @FunctionalInterface
    interface Conversion<T> {
        T run() throws CorruptSectionException;
    }

    static <T> T convert(String where, Conversion<T> conversion) throws CorruptSectionException {
        try {
            return conversion.run();
        } catch (UnsupportedFormatException e) {
            throw e;
        } catch (CatalogException | IllegalArgumentException e) {
            throw new CorruptSectionException("record: " + e.getMessage(), where);
        }
    }

    /**
     * Refuses fields of a later build, in the message and in all within it: rewriting would lose them.
     *
     * <p>Asks no descriptor: building those takes longer than reading ten thousand collections.
     */
    static void requireKnown(Message message, String where) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            Integer number =
                    message.getUnknownFields().asMap().keySet().iterator().next();
            throw new UnsupportedFormatException(
                    "metadata",
                    "with field " + number + " of " + message.getClass().getSimpleName(),
                    "known fields only",
                    where);
        }
        for (Message inner : within(message)) {
            requireKnown(inner, where);
        }
    }

    private static List<? extends Message> within(Message message) {
        if (message instanceof MetadataProto.Collection collection) {
            return collection.hasRetention() ? List.of(collection.getRetention()) : List.of();
        } else if (message instanceof MetadataProto.Dataset dataset) {
            return List.of(dataset.getSchema());
        } else if (message instanceof MetadataProto.Schema schema) {
            return schema.getFieldsList();
        } else if (message instanceof MetadataProto.Field field) {
            return field.getEnumValuesList();
        } else if (message instanceof MetadataProto.DatasetAltered altered) {
            return List.of(altered.getSchema());
        } else if (message instanceof MetadataProto.CollectionRetention retention) {
            return List.of(retention.getRetention());
        }
        return message instanceof MetadataProto.Change change ? List.of(changed(change)) : List.of();
    }

    private static Message changed(MetadataProto.Change change) {
        return switch (change.getChangeCase()) {
            case DATASET_CREATED -> change.getDatasetCreated();
            case DATASET_ALTERED -> change.getDatasetAltered();
            case COLLECTION_CREATED -> change.getCollectionCreated();
            case COLLECTION_DOCUMENT -> change.getCollectionDocument();
            case DATASET_DELETED -> change.getDatasetDeleted();
            case DATASET_RESTORED -> change.getDatasetRestored();
            case DATASET_PURGED -> change.getDatasetPurged();
            case COLLECTION_PURGED -> change.getCollectionPurged();
            case COLLECTION_RETENTION -> change.getCollectionRetention();
            case CHANGE_NOT_SET -> MetadataProto.EnumValue.getDefaultInstance();
        };
    }

    static MetadataProto.Dataset message(DatasetEntry dataset) {
        assert dataset.incarnation() >= 1 && dataset.schemaVersion() >= 1 : dataset;
        MetadataProto.Dataset.Builder message = MetadataProto.Dataset.newBuilder()
                .setIncarnation(dataset.incarnation())
                .setSlug(dataset.slug())
                .setId(bytes(dataset.id()))
                .setDescription(dataset.description())
                .setSchema(SchemaRecords.message(dataset.schema()))
                .setSchemaVersion(dataset.schemaVersion());
        dataset.deletedMicros().ifPresent(message::setDeletedMicros);
        return message.build();
    }

    static DatasetEntry dataset(MetadataProto.Dataset message, String where) throws CorruptSectionException {
        return convert(where, () -> {
            Names.checkSlug(message.getSlug());
            return new DatasetEntry(
                    positive("incarnation", message.getIncarnation()),
                    message.getSlug(),
                    uuid(message.getId()),
                    message.getDescription(),
                    SchemaRecords.schema(message.getSchema(), where),
                    (int) positive("schema version", message.getSchemaVersion()),
                    message.hasDeletedMicros() ? OptionalLong.of(message.getDeletedMicros()) : OptionalLong.empty());
        });
    }

    static MetadataProto.Collection message(CollectionEntry collection) {
        assert collection.incarnation() >= 1 && collection.dataset() >= 1 : collection;
        assert collection.hasDocument() || collection.document().isEmpty() : collection;
        MetadataProto.Collection.Builder message = MetadataProto.Collection.newBuilder()
                .setIncarnation(collection.incarnation())
                .setDataset(collection.dataset())
                .setName(collection.name())
                .setId(bytes(collection.id()))
                .setDocument(collection.document())
                .setDocumentVersion(collection.documentVersion());
        collection.retention().ifPresent(retention -> message.setRetention(message(retention)));
        return message.build();
    }

    static CollectionEntry collection(MetadataProto.Collection message, String where) throws CorruptSectionException {
        return convert(where, () -> {
            Names.checkCollectionName(message.getName());
            if (message.getDocumentVersion() < 0
                    || message.getDocument().isEmpty() != (message.getDocumentVersion() == 0)) {
                throw new IllegalArgumentException("document version " + message.getDocumentVersion());
            }
            return new CollectionEntry(
                    positive("incarnation", message.getIncarnation()),
                    positive("dataset", message.getDataset()),
                    message.getName(),
                    uuid(message.getId()),
                    message.getDocument(),
                    message.getDocumentVersion(),
                    message.hasRetention() ? Optional.of(retention(message.getRetention(), where)) : Optional.empty());
        });
    }

    static MetadataProto.Retention message(Retention retention) {
        return MetadataProto.Retention.newBuilder()
                .setAgeSeconds(retention.age().getSeconds())
                .setAgeNanos(retention.age().getNano())
                .setBasis(retention.basis() == Retention.Basis.TIME ? BY_TIME : BY_INGESTION_TIME)
                .build();
    }

    static Retention retention(MetadataProto.Retention message, String where) throws CorruptSectionException {
        int basis = message.getBasis();
        if (basis != BY_TIME && basis != BY_INGESTION_TIME) {
            throw new UnsupportedFormatException("retention", "with basis " + basis, "bases 1 and 2", where);
        }
        return convert(where, () -> {
            long seconds = message.getAgeSeconds();
            int nanos = message.getAgeNanos();
            if (seconds < 0 || nanos < 0 || nanos >= NANOS_PER_SECOND) {
                throw new IllegalArgumentException("retention: " + seconds + " s and " + nanos + " ns");
            }
            return new Retention(
                    Duration.ofSeconds(seconds, nanos),
                    basis == BY_TIME ? Retention.Basis.TIME : Retention.Basis.INGESTION_TIME);
        });
    }

    static long positive(String fact, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(fact + ": " + value + " (at least 1)");
        }
        return value;
    }

    static ByteString bytes(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(bytes.flip());
    }

    static UUID uuid(ByteString bytes) {
        if (bytes.size() != UUID_BYTES) {
            throw new IllegalArgumentException("id: " + bytes.size() + " bytes (expected " + UUID_BYTES + ")");
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
