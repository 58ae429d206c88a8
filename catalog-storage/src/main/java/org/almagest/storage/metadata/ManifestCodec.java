package org.almagest.storage.metadata;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;

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
        encode(manifest, bytes);
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

    /** Writes the body of a manifest; equal manifests give equal bytes. */
    public static void encode(Manifest manifest, OutputStream bytes) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeUInt64(MetadataProto.Manifest.EPOCH_FIELD_NUMBER, manifest.epoch());
            out.writeUInt64(MetadataProto.Manifest.WAL_FROM_FIELD_NUMBER, manifest.walFrom());
            out.writeUInt64(MetadataProto.Manifest.FLUSHED_SEQUENCE_FIELD_NUMBER, manifest.flushedSequence());
            out.writeUInt64(MetadataProto.Manifest.NEXT_FILE_NUMBER_FIELD_NUMBER, manifest.nextFileNumber());
            out.writeUInt64(
                    MetadataProto.Manifest.NEXT_INCARNATION_FIELD_NUMBER,
                    manifest.metadata().nextIncarnation());
            out.writeSInt64(MetadataProto.Manifest.LAST_INGESTION_MICROS_FIELD_NUMBER, manifest.lastIngestionMicros());
            writeEntries(manifest, out);
            out.writeUInt64(MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER, manifest.historyFloor());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array takes what it is given
        }
    }

    private static void writeEntries(Manifest manifest, CodedOutputStream out) throws IOException {
        for (Map.Entry<Long, Long> published : manifest.publishedSequences().entrySet()) {
            out.writeMessage(
                    MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER,
                    MetadataProto.PublishedSequence.newBuilder()
                            .setSequence(published.getKey())
                            .setIngestionMicros(published.getValue())
                            .build());
        }
        for (DatasetEntry dataset : manifest.metadata().allDatasets()) {
            out.writeMessage(MetadataProto.Manifest.DATASETS_FIELD_NUMBER, Records.message(dataset));
        }
        for (CollectionEntry collection : manifest.metadata().allCollections()) {
            out.writeMessage(MetadataProto.Manifest.COLLECTIONS_FIELD_NUMBER, Records.message(collection));
        }
        byte[] scratch = SegmentRecords.scratch();
        for (SegmentEntry segment : manifest.segments()) {
            SegmentRecords.write(segment, out, scratch);
        }
    }

    /**
     * Reads a body.
     *
     * @param version the version that the file's header says
     * @param where the file, for messages
     * @throws CorruptSectionException if it is not a manifest that {@link #encode} could have written
     * @throws UnsupportedFormatException if it holds fields that this build does not know
     */
    public static Manifest decode(byte[] body, long version, String where) throws CorruptSectionException {
        Decoder decoder = new Decoder(where);
        try {
            CodedInputStream in = CodedInputStream.newInstance(body);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                decoder.read(tag, in);
            }
            decoder.checkComplete();
        } catch (IOException e) {
            throw new CorruptSectionException("manifest: not a record: " + e.getMessage(), where);
        }
        return Records.convert(
                where,
                () -> decoder.builder
                        .version(version)
                        .metadata(decoder.metadata
                                .withListed(decoder.collections, decoder.collectionBytes, where)
                                .withNextIncarnation(decoder.nextIncarnation))
                        .addSegments(decoder.segments)
                        .build());
    }

    /** What was read so far. */
    private static final class Decoder {
        private static final int FIRST_ENTRY = MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER;
        private static final int LAST_ENTRY = MetadataProto.Manifest.SEGMENTS_FIELD_NUMBER;
        private static final int LAST_NUMBER = MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER;
        private static final int VARINT = WireFormat.WIRETYPE_VARINT;
        private static final int DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

        private final String where;
        private final Manifest.Builder builder = Manifest.builder();
        private final List<CollectionEntry> collections = new ArrayList<>();
        private final List<SegmentEntry> segments = new ArrayList<>();
        private final SegmentRecords records = new SegmentRecords();
        private CatalogMetadata metadata = CatalogMetadata.EMPTY;
        private long nextIncarnation = 1;
        private long collectionBytes;
        private int lastNumber;

        Decoder(String where) {
            this.where = where;
        }

        void read(int tag, CodedInputStream in) throws IOException, CorruptSectionException {
            int number = WireFormat.getTagFieldNumber(tag);
            boolean entry = number >= FIRST_ENTRY && number <= LAST_ENTRY;
            if (number > LAST_NUMBER) {
                throw new UnsupportedFormatException("manifest", "with field " + number, "known fields only", where);
            }
            // One order, so that datasets come before the collections that need them, and equal content is equal bytes.
            boolean inOrder = number < FIRST_ENTRY
                    ? number == lastNumber + 1
                    : number >= lastNumber && lastNumber >= FIRST_ENTRY - 1 && lastNumber != LAST_NUMBER;
            if (!inOrder || WireFormat.getTagWireType(tag) != (entry ? DELIMITED : VARINT)) {
                throw new CorruptSectionException("manifest: field " + number + " after " + lastNumber, where);
            }
            lastNumber = number;
            if (entry) {
                readEntry(number, in);
            } else {
                readNumber(number, in);
            }
        }

        void checkComplete() throws CorruptSectionException {
            if (lastNumber != LAST_NUMBER) {
                throw new CorruptSectionException("manifest: ends after field " + lastNumber, where);
            }
        }

        private void readNumber(int number, CodedInputStream in) throws IOException {
            switch (number) {
                case MetadataProto.Manifest.EPOCH_FIELD_NUMBER -> builder.epoch(in.readUInt64());
                case MetadataProto.Manifest.WAL_FROM_FIELD_NUMBER -> builder.walFrom(in.readUInt64());
                case MetadataProto.Manifest.FLUSHED_SEQUENCE_FIELD_NUMBER -> builder.flushedSequence(in.readUInt64());
                case MetadataProto.Manifest.NEXT_FILE_NUMBER_FIELD_NUMBER -> builder.nextFileNumber(in.readUInt64());
                case MetadataProto.Manifest.NEXT_INCARNATION_FIELD_NUMBER -> nextIncarnation = in.readUInt64();
                case MetadataProto.Manifest.HISTORY_FLOOR_FIELD_NUMBER -> builder.historyFloor(in.readUInt64());
                default -> builder.lastIngestionMicros(in.readSInt64());
            }
        }

        private void readEntry(int number, CodedInputStream in) throws IOException, CorruptSectionException {
            switch (number) {
                case MetadataProto.Manifest.PUBLISHED_FIELD_NUMBER -> {
                    var published = parse(MetadataProto.PublishedSequence.parser(), in);
                    builder.published(published.getSequence(), published.getIngestionMicros());
                }
                case MetadataProto.Manifest.DATASETS_FIELD_NUMBER ->
                    metadata = metadata.with(Records.dataset(parse(MetadataProto.Dataset.parser(), in), where), where);
                case MetadataProto.Manifest.COLLECTIONS_FIELD_NUMBER -> {
                    var collection = parse(MetadataProto.Collection.parser(), in);
                    collections.add(Records.collection(collection, where));
                    collectionBytes += collection.getSerializedSize();
                }
                default -> segments.add(records.read(in, length(in), where));
            }
        }

        private <M extends Message> M parse(Parser<M> parser, CodedInputStream in)
                throws IOException, CorruptSectionException {
            M message = parser.parseFrom(in.readRawBytes(length(in)));
            Records.requireKnown(message, where);
            return message;
        }

        private int length(CodedInputStream in) throws IOException, CorruptSectionException {
            int bytes = in.readRawVarint32();
            // A collection holds its document, a dataset its schema: no entry is longer than the record that made it.
            if (bytes < 0 || bytes > MetadataCodec.PAYLOAD_BYTES_MAX * 2) {
                throw new CorruptSectionException("manifest: entry: " + bytes + " bytes", where);
            }
            return bytes;
        }
    }
}
