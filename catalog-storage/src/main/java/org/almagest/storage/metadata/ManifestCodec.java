package org.almagest.storage.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a manifest, format 0.3: a {@code Manifest} message of {@code metadata.proto}.
 *
 * <p>Entries are parsed and checked one by one: the bytes of a hostile body can otherwise be turned into fifty times
 * as much heap before the first of them is looked at.
 */
public final class ManifestCodec {
    private static final long FIXED_BYTES_EXPECTED = 1024;
    private static final long ENTRY_OVERHEAD_BYTES = 6;
    private static final long SEGMENT_BYTES_EXPECTED = 240;

    private ManifestCodec() {}

    /** Returns the body of a manifest; equal manifests give equal bytes. */
    public static byte[] encode(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encode(manifest, null, bytes);
        return bytes.toByteArray();
    }

    /** Returns about how many bytes the body of a manifest takes; seldom less. */
    public static long bytesExpected(Manifest manifest) {
        CatalogMetadata metadata = manifest.metadata();
        long entries = metadata.datasetCount() + (long) metadata.collectionCount();
        return FIXED_BYTES_EXPECTED
                + metadata.encodedBytes()
                + entries * ENTRY_OVERHEAD_BYTES
                + manifest.segments().size() * SEGMENT_BYTES_EXPECTED;
    }

    /**
     * Writes the body of a manifest; equal manifests give equal bytes.
     *
     * @param before a manifest that may have the same entries; null where there is none
     */
    public static void encode(Manifest manifest, @Nullable DecodedManifest before, OutputStream bytes) {
        try {
            WireWriter out = new WireWriter();
            out.presentUnsigned(MetadataProto.Manifest.EPOCH_FIELD_NUMBER, manifest.epoch());
            out.presentUnsigned(MetadataProto.Manifest.WAL_FROM_FIELD_NUMBER, manifest.walFrom());
            out.presentUnsigned(MetadataProto.Manifest.FLUSHED_SEQUENCE_FIELD_NUMBER, manifest.flushedSequence());
            out.presentUnsigned(MetadataProto.Manifest.NEXT_FILE_NUMBER_FIELD_NUMBER, manifest.nextFileNumber());
            out.presentUnsigned(
                    MetadataProto.Manifest.NEXT_INCARNATION_FIELD_NUMBER,
                    manifest.metadata().nextIncarnation());
            out.presentSigned(
                    MetadataProto.Manifest.LAST_INGESTION_MICROS_FIELD_NUMBER, manifest.lastIngestionMicros());
            out.writeTo(bytes);
            if (before != null && before.hasEntriesOf(manifest)) {
                before.writeEntries(bytes);
            } else {
                writeEntries(manifest, bytes);
            }
            out.clear();
            out.presentUnsigned(MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER, manifest.historyFloor());
            out.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array takes what it is given
        }
    }

    private static void writeEntries(Manifest manifest, OutputStream bytes) throws IOException {
        WireWriter entry = new WireWriter();
        WireWriter head = new WireWriter();
        for (Map.Entry<Long, Long> published : manifest.publishedSequences().entrySet()) {
            entry.unsigned(MetadataProto.PublishedSequence.SEQUENCE_FIELD_NUMBER, published.getKey());
            entry.signed(MetadataProto.PublishedSequence.INGESTION_MICROS_FIELD_NUMBER, published.getValue());
            append(MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER, entry, head, bytes);
        }
        for (DatasetEntry dataset : manifest.metadata().allDatasets()) {
            Records.write(dataset, entry);
            append(MetadataProto.Manifest.DATASETS_FIELD_NUMBER, entry, head, bytes);
        }
        for (CollectionEntry collection : manifest.metadata().allCollections()) {
            Records.write(collection, entry);
            append(MetadataProto.Manifest.COLLECTIONS_FIELD_NUMBER, entry, head, bytes);
        }
        for (SegmentEntry segment : manifest.segments()) {
            SegmentRecords.write(segment, entry);
            append(MetadataProto.Manifest.SEGMENTS_FIELD_NUMBER, entry, head, bytes);
        }
    }

    private static void append(int field, WireWriter entry, WireWriter head, OutputStream bytes) throws IOException {
        head.head(field, entry.size());
        head.writeTo(bytes);
        head.clear();
        entry.writeTo(bytes);
        entry.clear();
    }

    /**
     * Reads a body.
     *
     * @param version the version that the file's header says
     * @param where the file, for messages
     * @throws CorruptSectionException if it is not a manifest that {@link #encode} could have written
     * @throws UnsupportedFormatException if it holds fields that this build does not know
     */
    public static DecodedManifest decode(byte[] body, long version, String where) throws CorruptSectionException {
        Decoder decoder = new Decoder(where);
        WireReader in = new WireReader(body, "manifest", where);
        for (int start = 0; in.next(); start = in.position()) {
            decoder.read(in, start);
        }
        decoder.checkComplete();
        try {
            Manifest manifest = decoder.builder
                    .version(version)
                    .metadata(decoder.metadata
                            .withListed(decoder.collections, decoder.collectionBytes, where)
                            .withNextIncarnation(decoder.nextIncarnation))
                    .addSegments(decoder.segments)
                    .build();
            return new DecodedManifest(manifest, body, decoder.entriesFrom, decoder.entriesTo);
        } catch (CatalogException | IllegalArgumentException e) {
            throw Records.refused(e, where);
        }
    }

    /** What was read so far. */
    private static final class Decoder {
        private static final int FIRST_ENTRY = MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER;
        private static final int LAST_ENTRY = MetadataProto.Manifest.SEGMENTS_FIELD_NUMBER;
        private static final int LAST_NUMBER = MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER;

        private final String where;
        private final Manifest.Builder builder = Manifest.builder();
        private final List<CollectionEntry> collections = new ArrayList<>();
        private final List<SegmentEntry> segments = new ArrayList<>();
        private final SegmentRecords records = new SegmentRecords();
        private CatalogMetadata metadata = CatalogMetadata.EMPTY;
        private long nextIncarnation = 1;
        private long collectionBytes;
        private int lastNumber;
        private int entriesFrom;
        private int entriesTo;

        Decoder(String where) {
            this.where = where;
        }

        /** Reads a field, whose tag begins at {@code start}. */
        void read(WireReader in, int start) throws CorruptSectionException {
            int number = in.field();
            boolean entry = number >= FIRST_ENTRY && number <= LAST_ENTRY;
            if (number > LAST_NUMBER) {
                throw new UnsupportedFormatException("manifest", "with field " + number, "known fields only", where);
            }
            // One order, so that datasets come before the collections that need them, and equal content is equal bytes.
            boolean inOrder = number < FIRST_ENTRY
                    ? number == lastNumber + 1
                    : number >= lastNumber && lastNumber >= FIRST_ENTRY - 1 && lastNumber != LAST_NUMBER;
            if (!inOrder || !(entry ? in.isDelimited() : in.isVarint())) {
                throw new CorruptSectionException("manifest: field " + number + " after " + lastNumber, where);
            }
            if (number >= FIRST_ENTRY && lastNumber < FIRST_ENTRY) {
                entriesFrom = start;
            }
            lastNumber = number;
            if (entry) {
                readEntry(number, in);
            } else {
                entriesTo = start;
                readNumber(number, in);
            }
        }

        void checkComplete() throws CorruptSectionException {
            if (lastNumber != LAST_NUMBER) {
                throw new CorruptSectionException("manifest: ends after field " + lastNumber, where);
            }
        }

        private void readNumber(int number, WireReader in) throws CorruptSectionException {
            switch (number) {
                case MetadataProto.Manifest.EPOCH_FIELD_NUMBER -> builder.epoch(in.unsigned());
                case MetadataProto.Manifest.WAL_FROM_FIELD_NUMBER -> builder.walFrom(in.unsigned());
                case MetadataProto.Manifest.FLUSHED_SEQUENCE_FIELD_NUMBER -> builder.flushedSequence(in.unsigned());
                case MetadataProto.Manifest.NEXT_FILE_NUMBER_FIELD_NUMBER -> builder.nextFileNumber(in.unsigned());
                case MetadataProto.Manifest.NEXT_INCARNATION_FIELD_NUMBER -> nextIncarnation = in.unsigned();
                case MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER -> builder.historyFloor(in.unsigned());
                default -> builder.lastIngestionMicros(in.signed());
            }
        }

        private void readEntry(int number, WireReader in) throws CorruptSectionException {
            long length = in.contentBytes();
            // A collection holds its document, a dataset its schema: no entry is longer than the record that made it.
            if (length < 0 || length > MetadataCodec.PAYLOAD_BYTES_MAX * 2) {
                throw new CorruptSectionException("manifest: entry: " + length + " bytes", where);
            }
            switch (number) {
                case MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER -> readPublished(in);
                case MetadataProto.Manifest.DATASETS_FIELD_NUMBER ->
                    metadata = metadata.with(Records.dataset(in), where);
                case MetadataProto.Manifest.COLLECTIONS_FIELD_NUMBER -> {
                    collections.add(Records.collection(in));
                    collectionBytes += length;
                }
                default -> segments.add(records.read(in));
            }
        }

        private void readPublished(WireReader in) throws CorruptSectionException {
            long sequence = 0;
            long ingestionMicros = 0;
            int outer = in.enter();
            while (in.next()) {
                switch (in.field()) {
                    case MetadataProto.PublishedSequence.SEQUENCE_FIELD_NUMBER -> sequence = in.unsigned();
                    case MetadataProto.PublishedSequence.INGESTION_MICROS_FIELD_NUMBER -> ingestionMicros = in.signed();
                    default -> throw in.unknown("PublishedSequence");
                }
            }
            in.leave(outer);
            builder.published(sequence, ingestionMicros);
        }
    }
}
