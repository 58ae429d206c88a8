package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of the store: everything that is durable outside the write-ahead logs it names. Immutable.
 *
 * <p>Segments are in the order of their place (file number, offset) and never overlap; each belongs to a collection
 * of {@link #metadata}, and its file number is below {@link #nextFileNumber}.
 */
public final class Manifest {
    private final long version;
    private final long epoch;
    private final long walFrom;
    private final long flushedSequence;
    private final NavigableMap<Long, Long> publishedSequences;
    private final long nextFileNumber;
    private final long lastIngestionMicros;
    private final CatalogMetadata metadata;
    private final List<SegmentEntry> segments;

    private Manifest(Builder builder) {
        this.version = builder.version;
        this.epoch = builder.epoch;
        this.walFrom = builder.walFrom;
        this.flushedSequence = builder.flushedSequence;
        this.publishedSequences = Collections.unmodifiableNavigableMap(new TreeMap<>(builder.publishedSequences));
        this.nextFileNumber = builder.nextFileNumber;
        this.lastIngestionMicros = builder.lastIngestionMicros;
        this.metadata = builder.metadata;
        List<SegmentEntry> sorted = new ArrayList<>(builder.segments);
        sorted.sort(Comparator.comparingLong(
                        (SegmentEntry segment) -> segment.location().fileNumber())
                .thenComparingLong(segment -> segment.location().offset()));
        this.segments = Collections.unmodifiableList(sorted);
        check();
    }

    private void check() {
        require(version >= 1, "version", version);
        require(epoch >= 1, "epoch", epoch);
        require(walFrom >= 1, "first log", walFrom);
        require(flushedSequence >= 0, "flushed sequence", flushedSequence);
        require(nextFileNumber >= 1, "next file number", nextFileNumber);
        if (!publishedSequences.isEmpty()) {
            require(publishedSequences.firstKey() > flushedSequence, "published", publishedSequences.firstKey());
        }
        SegmentEntry.Location before = null;
        for (SegmentEntry segment : segments) {
            SegmentEntry.Location place = segment.location();
            require(metadata.collection(segment.collection()).isPresent(), "collection", segment.collection());
            require(place.fileNumber() < nextFileNumber, "file number", place.fileNumber());
            boolean apart = before == null
                    || before.fileNumber() != place.fileNumber()
                    || before.offset() + before.length() <= place.offset();
            require(apart, "overlap of segments at offset", place.offset());
            before = place;
        }
    }

    /** Begins version 1 of an empty store, in epoch 1, whose first log is number 1. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins the next version, with the content of this one. */
    public Builder successor() {
        Builder builder = new Builder();
        builder.version = version + 1;
        builder.epoch = epoch;
        builder.walFrom = walFrom;
        builder.flushedSequence = flushedSequence;
        builder.publishedSequences.putAll(publishedSequences);
        builder.nextFileNumber = nextFileNumber;
        builder.lastIngestionMicros = lastIngestionMicros;
        builder.metadata = metadata;
        builder.segments = segments;
        return builder;
    }

    /** Returns the number of this version, from 1. */
    public long version() {
        return version;
    }

    /** Returns how many writers have opened the store so far, this one included. */
    public long epoch() {
        return epoch;
    }

    /** Returns the number of the first log whose frames may be missing from the segments. */
    public long walFrom() {
        return walFrom;
    }

    /** Returns the sequence up to which every frame is contained in this manifest and its segments. */
    public long flushedSequence() {
        return flushedSequence;
    }

    /** Returns the sequences above {@link #flushedSequence} that segments contain, with their ingestion times. */
    public SortedMap<Long, Long> publishedSequences() {
        return publishedSequences;
    }

    /** Returns the number that the next data file gets. */
    public long nextFileNumber() {
        return nextFileNumber;
    }

    /** Returns the latest ingestion time given so far, in Unix microseconds. */
    public long lastIngestionMicros() {
        return lastIngestionMicros;
    }

    /** Returns the datasets and collections as of {@link #flushedSequence}. */
    public CatalogMetadata metadata() {
        return metadata;
    }

    /** Returns all segments by file number and offset. */
    public List<SegmentEntry> segments() {
        return segments;
    }

    private static void require(boolean holds, String fact, long actual) {
        if (!holds) {
            throw new IllegalArgumentException("manifest: " + fact + ": " + actual);
        }
    }

    /** Collects the parts of a manifest. */
    public static final class Builder {
        private long version = 1;
        private long epoch = 1;
        private long walFrom = 1;
        private long flushedSequence;
        private final NavigableMap<Long, Long> publishedSequences = new TreeMap<>();
        private long nextFileNumber = 1;
        private long lastIngestionMicros;
        private CatalogMetadata metadata = CatalogMetadata.EMPTY;
        private List<SegmentEntry> segments = new ArrayList<>();

        private Builder() {}

        /** Sets the version; {@link Manifest#successor} has set it already. */
        public Builder version(long number) {
            version = number;
            return this;
        }

        /** Sets the epoch. */
        public Builder epoch(long number) {
            epoch = number;
            return this;
        }

        /** Sets the first log that is needed. */
        public Builder walFrom(long number) {
            walFrom = number;
            return this;
        }

        /** Sets the flushed sequence and forgets the published sequences that it has passed. */
        public Builder flushedSequence(long sequence) {
            flushedSequence = sequence;
            publishedSequences.headMap(sequence, true).clear();
            return this;
        }

        /** Adds a sequence that was committed by a publish. */
        public Builder published(long sequence, long ingestionMicros) {
            publishedSequences.put(sequence, ingestionMicros);
            return this;
        }

        /** Sets the number of the next data file. */
        public Builder nextFileNumber(long number) {
            nextFileNumber = number;
            return this;
        }

        /** Sets the latest ingestion time, in Unix microseconds. */
        public Builder lastIngestionMicros(long micros) {
            lastIngestionMicros = micros;
            return this;
        }

        /** Sets datasets and collections. */
        public Builder metadata(CatalogMetadata newMetadata) {
            metadata = newMetadata;
            return this;
        }

        /** Adds segments. */
        public Builder addSegments(Collection<SegmentEntry> added) {
            List<SegmentEntry> all = new ArrayList<>(segments.size() + added.size());
            all.addAll(segments);
            all.addAll(added);
            segments = all;
            return this;
        }

        /** Removes segments, found by their place. */
        public Builder removeSegments(Set<SegmentEntry.Location> removed) {
            segments = segments.stream()
                    .filter(segment -> !removed.contains(segment.location()))
                    .toList();
            return this;
        }

        /** Adds all published sequences of a map. */
        public Builder published(Map<Long, Long> ingestionMicrosBySequence) {
            publishedSequences.putAll(ingestionMicrosBySequence);
            return this;
        }

        /**
         * Returns the manifest.
         *
         * @throws IllegalArgumentException if its parts contradict each other
         */
        public Manifest build() {
            return new Manifest(this);
        }
    }
}
