package org.almagest.storage.metadata;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.Names;
import org.almagest.model.Retention;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * Datasets and collections as messages of {@code metadata.proto}, and back with every rule checked.
 *
 * <p>A reader stands at the field that holds the message; a writer gets the fields of the message.
 */
final class Records {
    private static final int UUID_BYTES = 16;
    private static final int BY_TIME = 1;
    private static final int BY_INGESTION_TIME = 2;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final byte[] NONE = {};

    private Records() {}

    /** Turns what a constructor refused into damage of the record that named it. */
    static CorruptSectionException refused(RuntimeException e, String where) {
        if (e instanceof UnsupportedFormatException unsupported) {
            throw unsupported;
        }
        return new CorruptSectionException("record: " + e.getMessage(), where);
    }

    static void write(DatasetEntry dataset, WireWriter out) {
        assert dataset.incarnation() >= 1 && dataset.schemaVersion() >= 1 : dataset;
        out.unsigned(MetadataProto.Dataset.INCARNATION_FIELD_NUMBER, dataset.incarnation());
        out.text(MetadataProto.Dataset.SLUG_FIELD_NUMBER, dataset.slug());
        out.content(MetadataProto.Dataset.ID_FIELD_NUMBER, bytes(dataset.id()));
        out.text(MetadataProto.Dataset.DESCRIPTION_FIELD_NUMBER, dataset.description());
        WireWriter schema = new WireWriter();
        SchemaRecords.write(dataset.schema(), schema);
        out.message(MetadataProto.Dataset.SCHEMA_FIELD_NUMBER, schema);
        out.unsigned(MetadataProto.Dataset.SCHEMA_VERSION_FIELD_NUMBER, dataset.schemaVersion());
        if (dataset.deletedMicros().isPresent()) {
            out.presentSigned(
                    MetadataProto.Dataset.DELETED_MICROS_FIELD_NUMBER,
                    dataset.deletedMicros().getAsLong());
        }
    }

    static DatasetEntry dataset(WireReader in) throws CorruptSectionException {
        long incarnation = 0;
        String slug = "";
        byte[] id = NONE;
        String description = "";
        DatasetSchema schema = null;
        int schemaVersion = 0;
        OptionalLong deletedMicros = OptionalLong.empty();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.Dataset.INCARNATION_FIELD_NUMBER -> incarnation = in.unsigned();
                case MetadataProto.Dataset.SLUG_FIELD_NUMBER -> slug = in.text();
                case MetadataProto.Dataset.ID_FIELD_NUMBER -> id = in.content();
                case MetadataProto.Dataset.DESCRIPTION_FIELD_NUMBER -> description = in.text();
                case MetadataProto.Dataset.SCHEMA_FIELD_NUMBER -> schema = SchemaRecords.schema(in);
                case MetadataProto.Dataset.SCHEMA_VERSION_FIELD_NUMBER -> schemaVersion = in.count();
                case MetadataProto.Dataset.DELETED_MICROS_FIELD_NUMBER -> deletedMicros = OptionalLong.of(in.signed());
                default -> throw in.unknown("Dataset");
            }
        }
        in.leave(outer);
        try {
            Names.checkSlug(slug);
            return new DatasetEntry(
                    positive("incarnation", incarnation),
                    slug,
                    uuid(id),
                    description,
                    present(schema),
                    (int) positive("schema version", schemaVersion),
                    deletedMicros);
        } catch (CatalogException | IllegalArgumentException e) {
            throw refused(e, in.where());
        }
    }

    /** Returns a schema that a record must have. */
    static DatasetSchema present(@Nullable DatasetSchema schema) {
        if (schema == null) {
            throw new IllegalArgumentException("no schema");
        }
        return schema;
    }

    static void write(CollectionEntry collection, WireWriter out) {
        assert collection.incarnation() >= 1 && collection.dataset() >= 1 : collection;
        assert collection.hasDocument() || collection.document().isEmpty() : collection;
        out.unsigned(MetadataProto.Collection.INCARNATION_FIELD_NUMBER, collection.incarnation());
        out.unsigned(MetadataProto.Collection.DATASET_FIELD_NUMBER, collection.dataset());
        out.text(MetadataProto.Collection.NAME_FIELD_NUMBER, collection.name());
        out.content(MetadataProto.Collection.ID_FIELD_NUMBER, bytes(collection.id()));
        out.text(MetadataProto.Collection.DOCUMENT_FIELD_NUMBER, collection.document());
        out.unsigned(MetadataProto.Collection.DOCUMENT_VERSION_FIELD_NUMBER, collection.documentVersion());
        if (collection.retention().isPresent()) {
            out.message(
                    MetadataProto.Collection.RETENTION_FIELD_NUMBER,
                    message(collection.retention().orElseThrow()));
        }
    }

    static CollectionEntry collection(WireReader in) throws CorruptSectionException {
        long incarnation = 0;
        long dataset = 0;
        String name = "";
        byte[] id = NONE;
        String document = "";
        long documentVersion = 0;
        Optional<Retention> retention = Optional.empty();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.Collection.INCARNATION_FIELD_NUMBER -> incarnation = in.unsigned();
                case MetadataProto.Collection.DATASET_FIELD_NUMBER -> dataset = in.unsigned();
                case MetadataProto.Collection.NAME_FIELD_NUMBER -> name = in.text();
                case MetadataProto.Collection.ID_FIELD_NUMBER -> id = in.content();
                case MetadataProto.Collection.DOCUMENT_FIELD_NUMBER -> document = in.text();
                case MetadataProto.Collection.DOCUMENT_VERSION_FIELD_NUMBER -> documentVersion = in.unsigned();
                case MetadataProto.Collection.RETENTION_FIELD_NUMBER -> retention = Optional.of(retention(in));
                default -> throw in.unknown("Collection");
            }
        }
        in.leave(outer);
        try {
            Names.checkCollectionName(name);
            if (documentVersion < 0 || document.isEmpty() != (documentVersion == 0)) {
                throw new IllegalArgumentException("document version " + documentVersion);
            }
            return new CollectionEntry(
                    positive("incarnation", incarnation),
                    positive("dataset", dataset),
                    name,
                    uuid(id),
                    document,
                    documentVersion,
                    retention);
        } catch (CatalogException | IllegalArgumentException e) {
            throw refused(e, in.where());
        }
    }

    static WireWriter message(Retention retention) {
        WireWriter out = new WireWriter();
        out.unsigned(
                MetadataProto.Retention.AGE_SECONDS_FIELD_NUMBER,
                retention.age().getSeconds());
        out.unsigned(
                MetadataProto.Retention.AGE_NANOS_FIELD_NUMBER, retention.age().getNano());
        out.unsigned(
                MetadataProto.Retention.BASIS_FIELD_NUMBER,
                retention.basis() == Retention.Basis.TIME ? BY_TIME : BY_INGESTION_TIME);
        return out;
    }

    static Retention retention(WireReader in) throws CorruptSectionException {
        long seconds = 0;
        int nanos = 0;
        int basis = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case MetadataProto.Retention.AGE_SECONDS_FIELD_NUMBER -> seconds = in.unsigned();
                case MetadataProto.Retention.AGE_NANOS_FIELD_NUMBER -> nanos = in.count();
                case MetadataProto.Retention.BASIS_FIELD_NUMBER -> basis = in.count();
                default -> throw in.unknown("Retention");
            }
        }
        in.leave(outer);
        if (basis != BY_TIME && basis != BY_INGESTION_TIME) {
            throw new UnsupportedFormatException("retention", "with basis " + basis, "bases 1 and 2", in.where());
        }
        try {
            if (seconds < 0 || nanos < 0 || nanos >= NANOS_PER_SECOND) {
                throw new IllegalArgumentException("retention: " + seconds + " s and " + nanos + " ns");
            }
            return new Retention(
                    Duration.ofSeconds(seconds, nanos),
                    basis == BY_TIME ? Retention.Basis.TIME : Retention.Basis.INGESTION_TIME);
        } catch (CatalogException | IllegalArgumentException e) {
            throw refused(e, in.where());
        }
    }

    static long positive(String fact, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(fact + ": " + value + " (at least 1)");
        }
        return value;
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static UUID uuid(byte[] bytes) {
        if (bytes.length != UUID_BYTES) {
            throw new IllegalArgumentException("id: " + bytes.length + " bytes (expected " + UUID_BYTES + ")");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
