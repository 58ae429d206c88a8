package org.almagest.storage.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.model.Retention;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.metadata.MetadataChange.CollectionCreated;
import org.almagest.storage.metadata.MetadataChange.CollectionPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetAltered;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetDeleted;
import org.almagest.storage.metadata.MetadataChange.DatasetPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetRestored;
import org.almagest.storage.metadata.MetadataChange.DocumentPut;
import org.almagest.storage.metadata.MetadataChange.RetentionPut;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class MetadataChangesTest {
    private static final String WHERE = "wal/000001.wal @ 88";
    private static final Optional<Retention> YEAR = Optional.of(Retention.ofTime(Duration.ofDays(365)));

    @Test
    void everyKindOfChangeComesBackEqual() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        for (MetadataChange change : Samples.changes()) {
            byte[] payload = MetadataCodec.encode(change);
            assertEquals(change, MetadataCodec.decode(payload, WHERE));
            assertArrayEquals(payload, MetadataCodec.encode(MetadataCodec.decode(payload, WHERE)));
            seen.add(change.getClass());
        }
        assertEquals(Set.of(MetadataChange.class.getPermittedSubclasses()), seen);
    }

    @Test
    void changesMakeWhatTheySay() throws Exception {
        CatalogMetadata metadata = Samples.metadata();
        assertEquals(9, metadata.nextIncarnation());
        assertEquals(2, metadata.dataset("a.b.granules").orElseThrow().schemaVersion());
        assertEquals(metadata.dataset(1), metadata.dataset("a.b.granules"));
        CollectionEntry documented = metadata.collection(1, "S2A_S2MSI2A").orElseThrow();
        assertEquals("{}", documented.document());
        assertEquals(2, documented.documentVersion());
        assertEquals(List.of("S2A_S2MSI2A", "Ärmel-kanal"), names(metadata, 1));
        assertEquals(List.of("S2A_S2MSI2A"), names(metadata, 2));
        assertEquals(List.of(), names(metadata, 3));
        assertEquals(5L, metadata.incarnationOf(Samples.uuid(5)).orElseThrow());
        assertEquals(
                List.of(1L, 2L),
                metadata.datasets().stream().map(DatasetEntry::incarnation).toList());
        assertEquals(
                List.of(3L, 4L, 5L),
                metadata.collections().stream()
                        .map(CollectionEntry::incarnation)
                        .toList());
    }

    private static List<String> names(CatalogMetadata metadata, long dataset) {
        return metadata.collectionsOf(dataset).stream()
                .map(CollectionEntry::name)
                .toList();
    }

    @Test
    void refusesChangesThatDoNotFollow() throws Exception {
        DatasetSchema plain = Samples.plain();
        assertDoesNotFollow("incarnation 8 used again", new DatasetCreated(dataset(8, "x", 9)));
        assertDoesNotFollow("dataset \"telemetry\" exists", new DatasetCreated(dataset(9, "telemetry", 9)));
        assertDoesNotFollow("id " + Samples.uuid(3) + " used again", new DatasetCreated(dataset(9, "x", 3)));
        assertDoesNotFollow("no dataset 3", new CollectionCreated(CollectionEntry.of(9, 3, "x", Samples.uuid(9))));
        assertDoesNotFollow(
                "collection \"S2A_S2MSI2A\" exists",
                new CollectionCreated(CollectionEntry.of(9, 1, "S2A_S2MSI2A", Samples.uuid(9))));
        assertDoesNotFollow(
                "id " + Samples.uuid(1) + " used again",
                new CollectionCreated(CollectionEntry.of(9, 1, "x", Samples.uuid(1))));
        assertDoesNotFollow(
                "document version 2 at creation",
                new CollectionCreated(new CollectionEntry(9, 1, "x", Samples.uuid(9), "{}", 2, Optional.empty())));
        assertDoesNotFollow("no dataset 9", new DatasetAltered(9, plain, 2));
        assertDoesNotFollow("schema version 3 after 1", new DatasetAltered(2, plain, 3));
        assertDoesNotFollow("schema version 3 after 2", new DatasetAltered(1, plain, 3));
        assertDoesNotFollow("no collection 2", new DocumentPut(2, "{}", 1));
        assertDoesNotFollow("document version 2 after 2", new DocumentPut(3, "{}", 2));
        assertDoesNotFollow("no collection 8", new RetentionPut(8, Optional.empty()));
        assertDoesNotFollow("no collection 1", new CollectionPurged(1));
        assertDoesNotFollow("no dataset 6", new DatasetDeleted(6, 5));
        assertDoesNotFollow("no deleted dataset 1", new DatasetRestored(1));
        assertDoesNotFollow("no dataset 3", new DatasetPurged(3));
        DatasetEntry deleted = new DatasetEntry(9, "x", Samples.uuid(9), "", plain, 1, OptionalLong.of(1));
        assertDoesNotFollow("dataset deleted at creation", new DatasetCreated(deleted));
        assertDoesNotFollow(
                "collection with a retention at creation",
                new CollectionCreated(new CollectionEntry(9, 1, "x", Samples.uuid(9), "", 0, YEAR)));
    }

    @Test
    void aDeletedDatasetIsHiddenAndKeepsItsNames() throws Exception {
        CatalogMetadata before = Samples.metadata();
        CatalogMetadata after = before.apply(new DatasetDeleted(1, 77), WHERE);
        assertEquals(Optional.empty(), after.dataset(1));
        assertEquals(Optional.empty(), after.dataset("a.b.granules"));
        assertEquals(Optional.empty(), after.collection(3));
        assertEquals(Optional.empty(), after.collection(1, "S2A_S2MSI2A"));
        assertEquals(List.of(), after.collectionsOf(1));
        assertEquals(
                List.of(2L),
                after.datasets().stream().map(DatasetEntry::incarnation).toList());
        assertEquals(List.of(before.collection(4).orElseThrow()), after.collections());

        assertEquals(OptionalLong.of(77), after.anyDataset(1).orElseThrow().deletedMicros());
        assertEquals(after.anyDataset(1), after.reserved("a.b.granules"));
        assertEquals(after.allDatasets().subList(0, 1), after.deletedDatasets());
        assertEquals(before.collection(3), after.anyCollection(3));
        assertEquals(before.collectionsOf(1), after.allCollectionsOf(1));
        assertEquals(before.collections(), after.allCollections());
        assertEquals(3L, after.incarnationOf(Samples.uuid(3)).orElseThrow());
        assertThrows(CorruptSectionException.class, () -> after.apply(new DatasetDeleted(1, 78), WHERE));
        for (MetadataChange refused : List.of(
                new DocumentPut(3, "{}", 3),
                new RetentionPut(3, Optional.empty()),
                new DatasetAltered(1, Samples.everything(), 3),
                new CollectionCreated(CollectionEntry.of(9, 1, "x", Samples.uuid(9))),
                new DatasetCreated(dataset(9, "a.b.granules", 9)))) {
            assertThrows(CorruptSectionException.class, () -> after.apply(refused, WHERE), refused::toString);
        }

        CatalogMetadata back = after.apply(new DatasetRestored(1), WHERE);
        assertEquals(before.datasets(), back.datasets());
        assertEquals(before.collections(), back.collections());
        assertEquals(before.encodedBytes(), back.encodedBytes());
        assertEquals(List.of(), back.deletedDatasets());
    }

    @Test
    void whatIsPurgedLeavesItsNamesToOthersButNotItsNumber() throws Exception {
        CatalogMetadata collectionGone = Samples.metadata().apply(new CollectionPurged(3), WHERE);
        assertEquals(Optional.empty(), collectionGone.anyCollection(3));
        assertEquals(Optional.empty(), collectionGone.incarnationOf(Samples.uuid(3)));
        CatalogMetadata again = collectionGone.apply(
                new CollectionCreated(CollectionEntry.of(9, 1, "S2A_S2MSI2A", Samples.uuid(3))), WHERE);
        assertEquals(9, again.collection(1, "S2A_S2MSI2A").orElseThrow().incarnation());

        CatalogMetadata datasetGone = again.apply(new DatasetPurged(1), WHERE);
        assertEquals(
                List.of(2L),
                datasetGone.allDatasets().stream()
                        .map(DatasetEntry::incarnation)
                        .toList());
        assertEquals(
                List.of(4L),
                datasetGone.allCollections().stream()
                        .map(CollectionEntry::incarnation)
                        .toList());
        assertEquals(List.of(), datasetGone.allCollectionsOf(1));
        assertEquals(Optional.empty(), datasetGone.reserved("a.b.granules"));
        assertEquals(10, datasetGone.nextIncarnation());
        CatalogMetadata nothing = datasetGone.apply(new DatasetPurged(2), WHERE);
        assertEquals(0, nothing.encodedBytes());
        assertEquals(0, nothing.datasetCount() + nothing.collectionCount());
        assertEquals(Optional.empty(), nothing.incarnationOf(Samples.uuid(2)));
    }

    @Test
    void theSumOfBytesFollowsEveryChange() throws Exception {
        CatalogMetadata metadata = CatalogMetadata.EMPTY;
        for (MetadataChange change : Samples.changes()) {
            metadata = metadata.apply(change, WHERE);
            long expected = 0;
            for (DatasetEntry dataset : metadata.allDatasets()) {
                expected += bytes(dataset);
            }
            for (CollectionEntry collection : metadata.allCollections()) {
                expected += bytes(collection);
            }
            assertEquals(expected, metadata.encodedBytes());
            assertEquals(metadata.allDatasets().size(), metadata.datasetCount());
            assertEquals(metadata.allCollections().size(), metadata.collectionCount());
        }
    }

    private static int bytes(DatasetEntry dataset) {
        WireWriter out = new WireWriter();
        Records.write(dataset, out);
        return out.size();
    }

    private static int bytes(CollectionEntry collection) {
        WireWriter out = new WireWriter();
        Records.write(collection, out);
        return out.size();
    }

    private static DatasetEntry dataset(long incarnation, String slug, long id) {
        return new DatasetEntry(incarnation, slug, Samples.uuid(id), "", Samples.plain(), 1, OptionalLong.empty());
    }

    private static void assertDoesNotFollow(String problem, MetadataChange change) throws Exception {
        CatalogMetadata metadata = Samples.metadata();
        CorruptSectionException refusal =
                assertThrows(CorruptSectionException.class, () -> metadata.apply(change, "here"));
        assertEquals("metadata: " + problem + " [here @ 0]", refusal.getMessage());
    }

    @Test
    void aSkippedIncarnationStaysUnused() throws Exception {
        CatalogMetadata later = Samples.metadata().withNextIncarnation(10);
        assertThrows(CorruptSectionException.class, () -> later.apply(new DatasetCreated(dataset(9, "x", 9)), "here"));
        assertEquals(
                11, later.apply(new DatasetCreated(dataset(10, "x", 9)), "here").nextIncarnation());
        assertThrows(IllegalArgumentException.class, () -> later.withNextIncarnation(9));
    }

    @Test
    void refusesWhatALaterBuildWrote() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        byte[] atTop = change(message -> message.setUnknownFields(unknown));
        assertEquals(
                "metadata: format with field 77 of Change (this build reads known fields only) [" + WHERE + "]",
                unsupported(atTop));
        byte[] inside = change(message -> message.getDatasetCreatedBuilder()
                .getSchemaBuilder()
                .getFieldsBuilder(3)
                .setUnknownFields(unknown));
        assertEquals(
                "metadata: format with field 77 of Field (this build reads known fields only) [" + WHERE + "]",
                unsupported(inside));
        for (int code : new int[] {15, 63, 64, 79, 128}) {
            assertEquals(
                    "schema: format with type code " + code + " (this build reads type codes 1 to 14 and 65 to 78) ["
                            + WHERE + "]",
                    unsupported(change(
                            message -> schema(message).getFieldsBuilder(0).setTypeCode(code))));
        }
        assertEquals(
                "schema: format with kind 3 (this build reads kinds 1 and 2) [" + WHERE + "]",
                unsupported(change(message -> schema(message).setKind(3))));
        assertEquals(
                "schema: format with geometry type 8 (this build reads types 1 to 7) [" + WHERE + "]",
                unsupported(change(message -> schema(message).addGeometryKinds(8))));
    }

    @Test
    void refusesRecordsThatBreakTheRules() {
        assertCorrupt("no change", change(MetadataProto.Change.Builder::clearDatasetCreated));
        assertCorrupt(
                "incarnation: 0",
                change(message -> message.getDatasetCreatedBuilder().setIncarnation(0)));
        assertCorrupt(
                "incarnation: -1",
                change(message -> message.getDatasetCreatedBuilder().setIncarnation(-1)));
        assertCorrupt(
                "schema version: 0",
                change(message -> message.getDatasetCreatedBuilder().setSchemaVersion(0)));
        assertCorrupt(
                "slug", change(message -> message.getDatasetCreatedBuilder().setSlug("A")));
        assertCorrupt(
                "id: 15 bytes",
                change(message -> message.getDatasetCreatedBuilder().setId(ByteString.copyFrom(new byte[15]))));
        assertCorrupt(
                "number 4 (expected one of its own, at least 5)",
                change(message -> schema(message).getFieldsBuilder(0).setNumber(4)));
        assertCorrupt(
                "number 6 (expected one of its own, at least 5)",
                change(message -> schema(message).getFieldsBuilder(0).setNumber(6)));
        assertCorrupt(
                "not in canonical form",
                change(message -> schema(message).getFieldsBuilder(0).setNumber(100)));
        assertCorrupt(
                "given twice",
                change(message -> schema(message).addFields(schema(message).getFields(0))));
        assertCorrupt("no field \"lost\"", change(message -> schema(message).setKey("lost")));
        assertCorrupt("not in canonical form", change(message -> schema(message).addGeometryKinds(1)));
        assertCorrupt("none given", change(message -> schema(message).clearGeometryKinds()));
        assertCorrupt("not a record", new byte[] {0x0a, 0x7f});
        assertCorrupt("dataset: 0", change(message -> message.getDatasetDeletedBuilder()));
        assertCorrupt("dataset: 0", change(message -> message.getDatasetRestoredBuilder()));
        assertCorrupt("dataset: 0", change(message -> message.getDatasetPurgedBuilder()));
        assertCorrupt("collection: 0", change(message -> message.getCollectionPurgedBuilder()));
        assertCorrupt("collection: 0", change(message -> message.getCollectionRetentionBuilder()));
    }

    @Test
    void refusesRetentionsThatBreakTheRules() {
        assertCorrupt("age: PT0S", retention(message -> message.setAgeSeconds(0)));
        assertCorrupt("-1 s and 0 ns", retention(message -> message.setAgeSeconds(-1)));
        assertCorrupt("1 s and 1000000000 ns", retention(message -> message.setAgeNanos(1_000_000_000)));
        assertCorrupt("age: ", retention(message -> message.setAgeSeconds(1L << 40)));
        assertCorrupt("age: ", retention(message -> message.setAgeSeconds(Long.MAX_VALUE)));
        assertEquals(
                "retention: format with basis 3 (this build reads bases 1 and 2) [" + WHERE + "]",
                unsupported(retention(message -> message.setBasis(3))));
    }

    private static byte[] retention(Consumer<MetadataProto.Retention.Builder> edit) {
        return change(message -> edit.accept(message.getCollectionRetentionBuilder()
                .setCollection(3)
                .getRetentionBuilder()
                .setAgeSeconds(1)
                .setBasis(1)));
    }

    @Test
    void refusesAPayloadOnePastTheLimit() throws Exception {
        int fixed = MetadataCodec.encode(new DocumentPut(3, "x".repeat(1 << 20), 1)).length - (1 << 20);
        String fits = "x".repeat(MetadataCodec.PAYLOAD_BYTES_MAX - fixed);
        byte[] payload = MetadataCodec.encode(new DocumentPut(3, fits, 1));
        assertEquals(MetadataCodec.PAYLOAD_BYTES_MAX, payload.length);
        assertEquals(new DocumentPut(3, fits, 1), MetadataCodec.decode(payload, WHERE));
        LimitExceededException refusal = assertThrows(
                LimitExceededException.class, () -> MetadataCodec.encode(new DocumentPut(3, fits + "x", 1)));
        assertEquals("metadata record: bytes: 1114113 (at most 1114112)", refusal.getMessage());
        assertCorrupt("payload: 1114113 bytes (at most 1114112)", new byte[MetadataCodec.PAYLOAD_BYTES_MAX + 1]);
    }

    @Test
    void onlyDeclaredFailuresEscapeFromDamagedRecords() {
        byte[] payload = MetadataCodec.encode(Samples.changes().get(0));
        Seeded.repeat(5_000, random -> {
            byte[] damaged = payload.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                MetadataChange read = MetadataCodec.decode(damaged, WHERE);
                assertEquals(read, MetadataCodec.decode(MetadataCodec.encode(read), WHERE));
            } catch (CorruptSectionException | UnsupportedFormatException refusal) {
                return;
            }
        });
    }

    @Test
    void aSchemaKeepsTheNumbersOfRemovedFields() throws Exception {
        DatasetSchema schema =
                DatasetSchema.temporal()
                        .field(Field.string("a"))
                        .field(Field.string("b"))
                        .build()
                        .numbered()
                        .toBuilder()
                        .removeField("b")
                        .build();
        DatasetAltered change = new DatasetAltered(1, schema, 2);
        DatasetAltered read = (DatasetAltered) MetadataCodec.decode(MetadataCodec.encode(change), WHERE);
        assertEquals(6, read.schema().nextFieldNumber());
    }

    private static MetadataProto.Schema.Builder schema(MetadataProto.Change.Builder message) {
        return message.getDatasetCreatedBuilder().getSchemaBuilder();
    }

    private static byte[] change(Consumer<MetadataProto.Change.Builder> edit) {
        try {
            MetadataProto.Change.Builder message =
                    MetadataProto.Change.parseFrom(
                            MetadataCodec.encode(Samples.changes().get(0)))
                            .toBuilder();
            edit.accept(message);
            return message.build().toByteArray();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unsupported(byte[] payload) {
        return assertThrows(UnsupportedFormatException.class, () -> MetadataCodec.decode(payload, WHERE))
                .getMessage();
    }

    private static void assertCorrupt(String problem, byte[] payload) {
        String message = assertThrows(CorruptSectionException.class, () -> MetadataCodec.decode(payload, WHERE))
                .getMessage();
        assertEquals(problem, message.contains(problem) ? problem : message);
    }

    @Test
    void refusesUnknownFieldsInEveryMessageWithinAnother() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (MetadataChange change : Samples.changes()) {
            Message message = MetadataProto.Change.parseFrom(MetadataCodec.encode(change));
            withUnknownField(message, (type, poisoned) -> {
                seen.add(type);
                assertEquals(
                        "metadata: format with field 77 of " + type + " (this build reads known fields only) [" + WHERE
                                + "]",
                        unsupported(poisoned.toByteArray()));
            });
        }
        Set<String> all = new TreeSet<>();
        for (Descriptors.Descriptor type : MetadataProto.getDescriptor().getMessageTypes()) {
            all.add(type.getName());
        }
        all.removeAll(Set.of("Manifest", "PublishedSequence", "Segment")); // ManifestFormatTest has those
        assertEquals(all, seen);
    }

    /** Gives copies of a message, each with a field that nobody knows in one of the messages in it. */
    private static void withUnknownField(Message message, BiConsumer<String, Message> to) {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        to.accept(
                message.getDescriptorForType().getName(),
                message.toBuilder().setUnknownFields(unknown).build());
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != Descriptors.FieldDescriptor.JavaType.MESSAGE) {
                return;
            }
            if (!field.isRepeated()) {
                withUnknownField(
                        (Message) value,
                        (type, inner) -> to.accept(
                                type, message.toBuilder().setField(field, inner).build()));
                return;
            }
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                int index = i;
                withUnknownField(
                        (Message) message.getRepeatedField(field, i),
                        (type, inner) -> to.accept(
                                type,
                                message.toBuilder()
                                        .setRepeatedField(field, index, inner)
                                        .build()));
            }
        });
    }

    @Test
    void recordsAreWhatGeneratedCodeWouldWrite() throws Exception {
        for (MetadataChange change : Samples.changes()) {
            byte[] ours = MetadataCodec.encode(change);
            assertArrayEquals(ours, MetadataProto.Change.parseFrom(ours).toByteArray(), change::toString);
        }
        byte[] body = ManifestCodec.encode(Samples.manifest());
        assertArrayEquals(body, MetadataProto.Manifest.parseFrom(body).toByteArray());
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndTheReplacementCharacterIsNot() throws Exception {
        DocumentPut put = new DocumentPut(3, "\"\uFFFD\"", 1);
        assertEquals(put, MetadataCodec.decode(MetadataCodec.encode(put), WHERE));
        byte[] broken = MetadataCodec.encode(new DocumentPut(3, "\"xyz\"", 1));
        broken[broken.length - 5] = (byte) 0xff;
        assertCorrupt("metadata: not a record: text that is not UTF-8", broken);
    }
}
