package org.almagest.storage.metadata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Retention;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.FieldNotes;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.almagest.storage.metadata.MetadataChange.CollectionCreated;
import org.almagest.storage.metadata.MetadataChange.CollectionPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetAltered;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetDeleted;
import org.almagest.storage.metadata.MetadataChange.DatasetPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetRestored;
import org.almagest.storage.metadata.MetadataChange.DocumentPut;
import org.almagest.storage.metadata.MetadataChange.RetentionPut;
import org.jspecify.annotations.Nullable;

/** Datasets, collections and manifests that use every part of their records. */
public final class Samples {
    /** An instant of 2024. */
    public static final long MILLIS = 1_717_171_717_000L;

    private static final OptionalLong LIVING = OptionalLong.empty();

    private Samples() {}

    /** Returns a schema with a field of every type, scalar and array, and everything that can be declared. */
    public static DatasetSchema everything() {
        DatasetSchema.Builder builder = DatasetSchema.spatioTemporal();
        for (TypeKind kind : TypeKind.values()) {
            Field scalar = kind == TypeKind.ENUM
                    ? Field.enumeration("f_enum", new EnumValue(0, "NONE"), new EnumValue(7, "SEVEN"))
                    : Field.of("f_" + kind.text(), kind);
            builder.field(scalar);
            Field array = kind == TypeKind.ENUM
                    ? Field.enumeration("a_enum", new EnumValue(3, "THREE"))
                    : Field.of("a_" + kind.text(), kind);
            builder.field(array.array());
        }
        return builder
                .field(Field.string("item_id")
                        .queryable()
                        .noted(new FieldNotes("Größe in °", "S2A_1", "/id", "https://example.org/id.json")))
                .field(Field.timestamp("begin").from("/properties/start_datetime"))
                .field(Field.timestamp("finish").queryable())
                .field(Field.int64("revision"))
                .key("item_id")
                .version("revision")
                .extent("begin", "finish")
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .build()
                .numbered()
                .toBuilder()
                .nextFieldNumber(100)
                .build();
    }

    /** Returns a schema without custom fields. */
    public static DatasetSchema plain() {
        return DatasetSchema.temporal().build();
    }

    /** Returns one change of every kind, each after the one before. */
    public static List<MetadataChange> changes() {
        DatasetSchema altered =
                everything().toBuilder().field(Field.bool("late")).build().numbered();
        return List.of(
                new DatasetCreated(new DatasetEntry(
                        1, "a.b.granules", uuid(1), "Everything \"quoted\" 🛰", everything(), 1, LIVING)),
                new DatasetCreated(new DatasetEntry(2, "telemetry", uuid(2), "", plain(), 1, LIVING)),
                new CollectionCreated(CollectionEntry.of(3, 1, "S2A_S2MSI2A", uuid(3))),
                new CollectionCreated(CollectionEntry.of(4, 2, "S2A_S2MSI2A", uuid(4))),
                new CollectionCreated(CollectionEntry.of(5, 1, "Ärmel-kanal", uuid(5))),
                new DatasetAltered(1, altered, 2),
                new DocumentPut(3, "{\"type\":\"Collection\"}", 1),
                new DocumentPut(3, "{}", 2),
                new RetentionPut(3, Optional.of(Retention.ofTime(Duration.ofDays(365)))),
                new RetentionPut(3, Optional.empty()),
                new RetentionPut(
                        5,
                        Optional.of(
                                Retention.ofIngestionTime(Duration.ofDays(30).plusNanos(5)))),
                new DatasetDeleted(2, -1),
                new DatasetRestored(2),
                new DatasetCreated(new DatasetEntry(6, "gone", uuid(6), "", plain(), 1, LIVING)),
                new CollectionCreated(CollectionEntry.of(7, 6, "gone with it", uuid(7))),
                new DatasetDeleted(6, 1_717_171_717_000_000L),
                new DatasetPurged(6),
                new CollectionCreated(CollectionEntry.of(8, 1, "gone alone", uuid(8))),
                new CollectionPurged(8));
    }

    /** Returns what those changes make. */
    public static CatalogMetadata metadata() throws Exception {
        CatalogMetadata metadata = CatalogMetadata.EMPTY;
        for (MetadataChange change : changes()) {
            metadata = metadata.apply(change, "sample");
        }
        return metadata;
    }

    /** Returns a manifest with everything that one can hold. */
    public static Manifest manifest() throws Exception {
        return Manifest.builder()
                .version(7)
                .epoch(3)
                .walFrom(12)
                .flushedSequence(40)
                .published(42, 1_717_171_717_000_001L)
                .published(45, 1_717_171_717_000_002L)
                .nextFileNumber(0x1f3d)
                .lastIngestionMicros(1_717_171_717_000_003L)
                .metadata(metadata().apply(new DatasetDeleted(2, 1_717_171_717_000_004L), "sample"))
                .historyFloor(39)
                .addSegments(List.of(
                        segment(5, 0x1f3c, 0, null).with(tombstones(0x1f39, 0, 1000)),
                        segment(3, 0x1f3b, 4096, BoundingBox.of(179, -10.5, -179, 10.25))
                                .with(tombstones(0x1f39, 512, 1))
                                .with(new SegmentEntry.Extent(-5, MILLIS + 86_400_000)),
                        segment(3, 0x1f3b, 0, BoundingBox.GLOBE)))
                .build();
    }

    /** Returns a generation of 512 bytes. */
    public static TombstoneRef tombstones(long fileNumber, long offset, int deadCount) {
        return new TombstoneRef(fileNumber, offset, 512, sha256(fileNumber, offset), deadCount);
    }

    private static Bytes sha256(long fileNumber, long offset) {
        byte[] sha256 = new byte[32];
        for (int i = 0; i < sha256.length; i++) {
            sha256[i] = (byte) (fileNumber * 31 + offset * 7 + i * 13);
        }
        return Bytes.of(sha256);
    }

    /** Returns a segment of 2,048 bytes. */
    public static SegmentEntry segment(long collection, long fileNumber, long offset, @Nullable BoundingBox box) {
        return SegmentEntry.placed(
                collection,
                new SegmentEntry.Location(fileNumber, offset, 2048, sha256(fileNumber, offset)),
                PartitionWindow.of(PartitionWindow.Kind.MONTH, MILLIS),
                new SegmentEntry.Bounds(
                        1000,
                        DatapointId.lowest(MILLIS),
                        DatapointId.highest(MILLIS + 3_600_000),
                        box,
                        11,
                        40,
                        MILLIS * 1000,
                        MILLIS * 1000 + 999),
                box == null ? Bytes.of() : Bytes.ofHex("0200f0010f02"));
    }

    /** Returns a manifest of {@code collections} collections with {@code each} segments each. */
    public static Manifest large(int collections, int each) throws Exception {
        CatalogMetadata metadata = CatalogMetadata.EMPTY.apply(
                new DatasetCreated(new DatasetEntry(1, "large", uuid(1), "", everything(), 1, LIVING)), "sample");
        List<SegmentEntry> segments = new ArrayList<>();
        for (int i = 0; i < collections; i++) {
            CollectionEntry collection = CollectionEntry.of(2 + i, 1, "collection " + i, uuid(2 + i));
            metadata = metadata.apply(new CollectionCreated(collection), "sample");
            for (int k = 0; k < each; k++) {
                segments.add(segment(2 + i, 1 + k, i * 2048L, BoundingBox.of(-1.5, -2.25, 3.125, 4)));
            }
        }
        return Manifest.builder()
                .flushedSequence(40)
                .nextFileNumber(1 + each)
                .metadata(metadata)
                .addSegments(segments)
                .build();
    }

    static UUID uuid(long number) {
        return new UUID(0x0102030405068708L, 0x8000000000000000L | number);
    }
}
