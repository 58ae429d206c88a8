package org.almagest.storage.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.storage.compact.DataFileWriter;
import org.almagest.storage.compact.Pace;
import org.almagest.storage.compact.RunMerger;
import org.almagest.storage.compact.Step;
import org.almagest.storage.compact.TombstoneFileWriter;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MergedSegments;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One round of compaction: some segments of a snapshot are written anew, and take the place of the old ones.
 *
 * <p>Written beside everything else, installed by the log thread. Rows that are deleted in between are deleted in what
 * was written, too; where a segment has left the snapshot in between, what was made of it is given up.
 */
final class Compaction {
    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final Snapshot snapshot;
    private final DataFileWriter written;
    private final List<Rewritten> rewritten = new ArrayList<>();

    /** What became of the segments of one step. */
    private record Rewritten(long collection, List<LiveRun<SegmentRun>> inputs, MergedSegments merged) {}

    Compaction(StoreParts parts, Publisher publisher, SegmentFiles files, Snapshot snapshot) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.snapshot = snapshot;
        this.written = new DataFileWriter(publisher.target(), DataFile.Kind.SEGMENTS);
    }

    /**
     * Writes what steps make of their segments; nothing is visible before {@link #install}.
     *
     * @return whether it was done; false where it was cancelled, and then nothing is left of it
     */
    boolean write(List<Step> steps, Pace pace) throws IOException {
        try {
            RunMerger.Rules rules =
                    new RunMerger.Rules(snapshot.historyFloor(), parts.limits().partitionRowsMax());
            RunMerger merger = new RunMerger(written, rules, pace);
            for (Step step : steps) {
                List<LiveRun<SegmentRun>> inputs = inputs(step);
                RunMerger.Merged merged =
                        merger.merge(RunMerger.Source.of(snapshot, step.collection(), inputs, rules.segmentRowsMax()));
                List<SegmentRun> outputs = new ArrayList<>();
                merged.entries().forEach(entry -> outputs.add(new SegmentRun(entry, files)));
                rewritten.add(new Rewritten(step.collection(), inputs, new MergedSegments(outputs, merged.maps())));
                if (pace.isCancelled()) {
                    written.abandon();
                    return false;
                }
            }
            written.finish();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            written.abandon(); // no manifest names any of it
            throw e;
        }
    }

    private List<LiveRun<SegmentRun>> inputs(Step step) {
        Map<SegmentKey, LiveRun<SegmentRun>> byKey = byKey(snapshot, step.collection());
        List<LiveRun<SegmentRun>> inputs = new ArrayList<>();
        for (SegmentEntry entry : step.inputs()) {
            LiveRun<SegmentRun> input = byKey.get(entry.key());
            if (input == null) {
                throw new IllegalStateException("compaction: segment " + entry.key() + " is not in the snapshot");
            }
            inputs.add(input);
        }
        return inputs;
    }

    private static Map<SegmentKey, LiveRun<SegmentRun>> byKey(Snapshot snapshot, long collection) {
        Map<SegmentKey, LiveRun<SegmentRun>> byKey = new HashMap<>();
        snapshot.runs(collection)
                .segments()
                .forEach(segment -> byKey.put(segment.run().key(), segment));
        return byKey;
    }

    /** Returns how many bytes were written. */
    long writtenBytes() {
        return rewritten.stream()
                .flatMap(one -> one.merged().outputs().stream())
                .mapToLong(output -> output.entry().location().length())
                .sum();
    }

    /** Gives up what was written; no manifest names it. */
    void abandon() {
        written.abandon();
    }

    /** What an installed compaction leaves. */
    record Installed(Snapshot visible, Publisher.Published published) {}

    /**
     * Puts what was written in the place of what it was made of; for the log thread.
     *
     * @return what is visible then, and the files that are no longer needed; null where there was nothing to install
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing has changed
     */
    @Nullable
    Installed install(Snapshot visible) throws IOException {
        TombstoneFileWriter tombstones = new TombstoneFileWriter(publisher.target());
        Snapshot after = visible;
        List<SegmentEntry> added = new ArrayList<>();
        Set<SegmentKey> removed = new HashSet<>();
        try {
            for (Rewritten one : rewritten) {
                List<LiveRun<SegmentRun>> inputs = current(visible, one);
                if (inputs.isEmpty()) {
                    continue;
                }
                List<LiveRun<SegmentRun>> outputs = durable(one.merged().withTombstones(inputs), tombstones, added);
                inputs.forEach(input -> removed.add(input.run().key()));
                after = after.compacted(one.collection(), inputs, outputs);
            }
            tombstones.finish();
            if (removed.isEmpty()) {
                written.abandon();
                return null;
            }
            Publisher.Published published = publisher.publish(
                    next -> next.historyFloor(Math.max(publisher.last().historyFloor(), visible.historyFloor()))
                            .removeSegmentsIf(entry -> removed.contains(entry.key()))
                            .addSegments(added));
            return new Installed(after, published);
        } catch (NoSpaceIOException e) {
            tombstones.abandon();
            written.abandon();
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            tombstones.release();
            throw e;
        }
    }

    /** Returns the inputs of a step as they are now; empty where one of them is gone. */
    private static List<LiveRun<SegmentRun>> current(Snapshot visible, Rewritten one) {
        Map<SegmentKey, LiveRun<SegmentRun>> byKey = byKey(visible, one.collection());
        List<LiveRun<SegmentRun>> inputs = new ArrayList<>();
        for (LiveRun<SegmentRun> input : one.inputs()) {
            LiveRun<SegmentRun> now = byKey.get(input.run().key());
            if (now == null) {
                return List.of();
            }
            inputs.add(now);
        }
        return inputs;
    }

    /** Writes the tombstones of outputs, and returns these as the manifest will know them. */
    private static List<LiveRun<SegmentRun>> durable(
            List<LiveRun<SegmentRun>> outputs, TombstoneFileWriter tombstones, List<SegmentEntry> added)
            throws IOException {
        List<LiveRun<SegmentRun>> durable = new ArrayList<>();
        for (LiveRun<SegmentRun> output : outputs) {
            SegmentEntry entry = output.run().entry();
            if (output.dead().isEmpty()) {
                added.add(entry);
                durable.add(output);
            } else {
                TombstoneRef ref = tombstones.append(output);
                added.add(entry.with(ref));
                durable.add(new LiveRun<>(output.run(), output.dead(), ref.deadCount()));
            }
        }
        return durable;
    }
}
