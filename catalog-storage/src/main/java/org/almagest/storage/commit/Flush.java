package org.almagest.storage.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.almagest.storage.compact.DataFileWriter;
import org.almagest.storage.compact.RunMerger;
import org.almagest.storage.compact.TombstoneFileWriter;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MergedSegments;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One flush: what a snapshot holds in memory, frozen runs and tombstones, becomes files that the next manifest names.
 *
 * <p>Runs in a worker of its own beside the log thread, which asks for the outcome.
 */
public final class Flush {
    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final Work work;
    private final Runnable onDone;
    private final CountDownLatch done = new CountDownLatch(1);
    private Map<Long, CollectionRuns.Flushed> written = Map.of();
    private Publisher.@Nullable Published published;
    private @Nullable IOException noSpace;

    /**
     * What a flush writes.
     *
     * @param frozen its frozen runs, its tombstones and its metadata
     * @param dropped segments that the next manifest no longer names
     * @param walFrom the first log that is needed after the flush
     */
    public record Work(Snapshot frozen, Set<SegmentKey> dropped, long walFrom) {}

    /** Prepares a flush. */
    public Flush(StoreParts parts, Publisher publisher, SegmentFiles files, Work work) {
        this(parts, publisher, files, work, () -> {});
    }

    /** Prepares a flush that tells of its end. */
    Flush(StoreParts parts, Publisher publisher, SegmentFiles files, Work work, Runnable onDone) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.work = work;
        this.onDone = onDone;
    }

    /** Writes and publishes; a full disk can be tried again, anything else stops the store. */
    void run() {
        noSpace = null;
        try {
            write();
        } catch (NoSpaceIOException e) {
            noSpace = e;
        } catch (IOException | RuntimeException | Error e) {
            parts.poison().set("flush", e);
            if (e instanceof Error && !(e instanceof AssertionError)) {
                throw (Error) e;
            }
        } finally {
            done.countDown();
            onDone.run();
        }
    }

    /** Writes and publishes, or fails. */
    public void write() throws IOException {
        DataFileWriter segmentFiles = new DataFileWriter(publisher.target(), DataFile.Kind.SEGMENTS);
        TombstoneFileWriter tombstoneFile = new TombstoneFileWriter(publisher.target());
        try {
            Map<Long, RunMerger.Merged> merged = mergeRuns(segmentFiles);
            segmentFiles.finish();
            Map<Long, MergedSegments> made = open(merged);
            Map<SegmentKey, TombstoneRef> tombstones = writeTombstones(made, tombstoneFile);
            tombstoneFile.finish();
            published = publisher.publishFlush(work, entries(merged, tombstones), tombstones);
            written = outcome(made, tombstones);
        } catch (NoSpaceIOException e) {
            // No manifest names the new files: they give back the space that the next attempt needs.
            segmentFiles.abandon();
            tombstoneFile.abandon();
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            segmentFiles.release(); // the manifest may have been published
            tombstoneFile.release();
            throw e;
        }
    }

    private Map<Long, RunMerger.Merged> mergeRuns(DataFileWriter segmentFiles) throws IOException {
        RunMerger.Rules rules =
                new RunMerger.Rules(work.frozen().historyFloor(), parts.limits().partitionRowsMax());
        RunMerger merger = new RunMerger(segmentFiles, rules);
        Map<Long, RunMerger.Merged> merged = new TreeMap<>();
        for (Map.Entry<Long, CollectionRuns> entry : new TreeMap<>(work.frozen().runs()).entrySet()) {
            CollectionRuns runs = entry.getValue();
            if (!runs.frozen().isEmpty()) {
                merged.put(
                        entry.getKey(),
                        merger.merge(RunMerger.Source.of(
                                work.frozen(), entry.getKey(), runs.frozen(), rules.segmentRowsMax())));
            }
        }
        return merged;
    }

    private Map<Long, MergedSegments> open(Map<Long, RunMerger.Merged> merged) {
        Map<Long, MergedSegments> made = new HashMap<>();
        merged.forEach((collection, outcome) -> {
            List<SegmentRun> runs = new ArrayList<>();
            outcome.entries().forEach(entry -> runs.add(new SegmentRun(entry, files)));
            made.put(collection, new MergedSegments(runs, outcome.maps()));
        });
        return made;
    }

    /** Writes the tombstones that no manifest knows yet, of new segments and of older ones. */
    private Map<SegmentKey, TombstoneRef> writeTombstones(
            Map<Long, MergedSegments> made, TombstoneFileWriter tombstoneFile) throws IOException {
        Map<SegmentKey, TombstoneRef> refs = new HashMap<>();
        for (Map.Entry<Long, CollectionRuns> entry : new TreeMap<>(work.frozen().runs()).entrySet()) {
            CollectionRuns runs = entry.getValue();
            List<LiveRun<SegmentRun>> all = new ArrayList<>(runs.segments());
            MergedSegments outputs = made.get(entry.getKey());
            if (outputs != null) {
                all.addAll(outputs.withTombstones(runs.frozen()));
            }
            for (LiveRun<SegmentRun> segment : all) {
                if (Snapshot.hasNewTombstones(segment)) {
                    refs.put(segment.run().key(), tombstoneFile.append(segment));
                }
            }
        }
        return refs;
    }

    private static List<SegmentEntry> entries(
            Map<Long, RunMerger.Merged> merged, Map<SegmentKey, TombstoneRef> tombstones) {
        List<SegmentEntry> entries = new ArrayList<>();
        for (RunMerger.Merged outcome : merged.values()) {
            for (SegmentEntry entry : outcome.entries()) {
                TombstoneRef ref = tombstones.get(entry.key());
                entries.add(ref == null ? entry : entry.with(ref));
            }
        }
        return entries;
    }

    private Map<Long, CollectionRuns.Flushed> outcome(
            Map<Long, MergedSegments> made, Map<SegmentKey, TombstoneRef> tombstones) {
        Map<SegmentKey, Integer> durableDead = new HashMap<>();
        tombstones.forEach((segment, ref) -> durableDead.put(segment, ref.deadCount()));
        Set<Long> touched = new HashSet<>(made.keySet());
        work.frozen().runs().forEach((collection, runs) -> {
            if (runs.segments().stream().anyMatch(Snapshot::hasNewTombstones)) {
                touched.add(collection);
            }
        });
        Map<Long, CollectionRuns.Flushed> outcome = new HashMap<>();
        for (long collection : touched) {
            MergedSegments segments = made.getOrDefault(collection, new MergedSegments(List.of(), Map.of()));
            outcome.put(collection, new CollectionRuns.Flushed(segments, durableDead));
        }
        return outcome;
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits for the end; an interrupt is kept for later. */
    void await() {
        boolean interrupted = false;
        while (!isDone()) {
            try {
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the failure for want of space, after the end. */
    @Nullable
    IOException noSpace() {
        return noSpace;
    }

    /** Returns what became of the runs, by collection, after the end. */
    public Map<Long, CollectionRuns.Flushed> written() {
        return written;
    }

    /** Returns what the manifest changed, after an end without failure. */
    public Publisher.Published published() {
        if (published == null) {
            throw new IllegalStateException("flush: nothing was published");
        }
        return published;
    }
}
