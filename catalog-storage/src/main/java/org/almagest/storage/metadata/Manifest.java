package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    private final long historyFloor;
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
        this.historyFloor = builder.historyFloor;
        this.publishedSequences = Collections.unmodifiableNavigableMap(new TreeMap<>(builder.publishedSequences));
        this.nextFileNumber = builder.nextFileNumber;
        this.lastIngestionMicros = builder.lastIngestionMicros;
        this.metadata = builder.metadata;
        Manifest before = builder.before;
        boolean sameSegments = before != null && builder.segments == before.segments;
        this.segments = sameSegments ? builder.segments : sorted(builder.segments);
        check();
        // With tens of thousands of segments a version that only claims the store should not look at each again.
        if (before == null || !sameSegments || before.metadata != metadata || before.nextFileNumber > nextFileNumber) {
            checkSegments();
            checkTombstones();
        }
    }

    private static List<SegmentEntry> sorted(List<SegmentEntry> segments) {
        List<SegmentEntry> sorted = new ArrayList<>(segments);
        sorted.sort(new ByPlace());
        return Collections.unmodifiableList(sorted);
    }

    private static final class ByPlace implements Comparator<SegmentEntry> {
        @Override
        public int compare(SegmentEntry left, SegmentEntry right) {
            SegmentEntry.Location place = left.location();
            SegmentEntry.Location other = right.location();
            int byFile = Long.compare(place.fileNumber(), other.fileNumber());
            return byFile != 0 ? byFile : Long.compare(place.offset(), other.offset());
        }
    }

    private void check() {
        require(version >= 1, "version", version);
        require(epoch >= 1, "epoch", epoch);
        require(walFrom >= 1, "first log", walFrom);
        require(flushedSequence >= 0, "flushed sequence", flushedSequence);
        require(historyFloor >= 0, "history floor", historyFloor);
        require(nextFileNumber >= 1, "next file number", nextFileNumber);
        if (!publishedSequences.isEmpty()) {
            require(publishedSequences.firstKey() > flushedSequence, "published", publishedSequences.firstKey());
        }
    }

    private void checkSegments() {
        SegmentEntry.Location before = null;
        Set<Long> known = new HashSet<>();
        for (SegmentEntry segment : segments) {
            SegmentEntry.Location place = segment.location();
            require(isKnown(segment.collection(), known), "collection", segment.collection());
            require(place.fileNumber() < nextFileNumber, "file number", place.fileNumber());
            boolean apart = before == null
                    || before.fileNumber() != place.fileNumber()
                    || before.offset() + before.length() <= place.offset();
            require(apart, "overlap of segments at offset", place.offset());
            before = place;
        }
    }

    private boolean isKnown(Long collection, Set<Long> known) {
        return known.contains(collection) || metadata.anyCollection(collection).isPresent() && known.add(collection);
    }

    private void checkTombstones() {
        List<TombstoneRef> generations = new ArrayList<>();
        for (SegmentEntry segment : segments) {
            TombstoneRef tombstones = segment.tombstones();
            if (tombstones != null) {
                require(tombstones.fileNumber() < nextFileNumber, "tombstones: file number", tombstones.fileNumber());
                generations.add(tombstones);
            }
        }
        if (generations.size() < 2) {
            return;
        }
        generations.sort(Comparator.comparingLong(TombstoneRef::fileNumber).thenComparingLong(TombstoneRef::offset));
        for (int i = 1; i < generations.size(); i++) {
            TombstoneRef before = generations.get(i - 1);
            TombstoneRef next = generations.get(i);
            boolean apart =
                    before.fileNumber() != next.fileNumber() || before.offset() + before.length() <= next.offset();
            require(apart, "overlap of tombstones at offset", next.offset());
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
        builder.historyFloor = historyFloor;
        builder.publishedSequences.putAll(publishedSequences);
        builder.nextFileNumber = nextFileNumber;
        builder.lastIngestionMicros = lastIngestionMicros;
        builder.metadata = metadata;
        builder.segments = segments;
        builder.before = this;
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

    /** Returns the lowest version of the store that can still be read; what only older ones need may be gone. */
    public long historyFloor() {
        return historyFloor;
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
        private long historyFloor;
        private final NavigableMap<Long, Long> publishedSequences = new TreeMap<>();
        private long nextFileNumber = 1;
        private long lastIngestionMicros;
        private CatalogMetadata metadata = CatalogMetadata.EMPTY;
        private List<SegmentEntry> segments = new ArrayList<>();
        private @Nullable Manifest before;

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
            if (!publishedSequences.isEmpty()) {
                publishedSequences.headMap(sequence, true).clear();
            }
            return this;
        }

        /** Sets the lowest version that can still be read. */
        public Builder historyFloor(long sequence) {
            historyFloor = sequence;
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
            if (added.isEmpty()) {
                return this;
            }
            List<SegmentEntry> all = new ArrayList<>(segments.size() + added.size());
            all.addAll(segments);
            all.addAll(added);
            segments = all;
            return this;
        }

        /** Removes segments; places that hold none are ignored. */
        public Builder removeSegments(Set<SegmentKey> removed) {
            return removeSegmentsIf(segment -> removed.contains(segment.key()));
        }

        /** Removes the segments of which a test is true, those of purged collections for example. */
        public Builder removeSegmentsIf(Predicate<SegmentEntry> test) {
            List<SegmentEntry> kept = new ArrayList<>(segments.size());
            for (SegmentEntry segment : segments) {
                if (!test.test(segment)) {
                    kept.add(segment);
                }
            }
            segments = kept.size() == segments.size() ? segments : kept;
            return this;
        }

        /**
         * Puts other entries in the place of segments, found by their place.
         *
         * @throws IllegalArgumentException if a place holds no segment: its tombstones would be lost
         */
        public Builder replaceSegments(Map<SegmentKey, SegmentEntry> replacements) {
            Set<SegmentKey> left = new HashSet<>(replacements.keySet());
            mapSegments(segment -> {
                left.remove(segment.key());
                return replacements.getOrDefault(segment.key(), segment);
            });
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("manifest: no segment at " + left);
            }
            return this;
        }

        /** Puts what a function makes of each segment in its place. */
        public Builder mapSegments(UnaryOperator<SegmentEntry> function) {
            List<SegmentEntry> mapped = new ArrayList<>(segments.size());
            boolean same = true;
            for (SegmentEntry segment : segments) {
                SegmentEntry other = function.apply(segment);
                same &= other == segment;
                mapped.add(other);
            }
            segments = same ? segments : mapped;
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
