package org.almagest.storage.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One flush: the frozen runs of a snapshot become segments that the next manifest names.
 *
 * <p>Runs in a worker of its own beside the log thread, which asks for the outcome.
 */
final class Flush {
    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final Snapshot frozen;
    private final long walFrom;
    private final CountDownLatch done = new CountDownLatch(1);
    private Map<Long, List<SegmentRun>> segments = Map.of();
    private @Nullable IOException noSpace;

    /**
     * Prepares a flush.
     *
     * @param frozen what is written; its frozen runs and its metadata
     * @param walFrom the first log that is needed after the flush
     */
    Flush(StoreParts parts, Publisher publisher, SegmentFiles files, Snapshot frozen, long walFrom) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.frozen = frozen;
        this.walFrom = walFrom;
    }

    /** Writes and publishes; a full disk can be tried again, anything else stops the store. */
    void run() {
        noSpace = null;
        try {
            FlushWriter.Written written = FlushWriter.write(parts, frozen, publisher.last());
            publish(written);
            segments = open(written.segments());
        } catch (NoSpaceIOException e) {
            noSpace = e;
        } catch (IOException | RuntimeException | Error e) {
            parts.poison().set("flush", e);
            if (e instanceof Error && !(e instanceof AssertionError)) {
                throw (Error) e;
            }
        } finally {
            done.countDown();
        }
    }

    private void publish(FlushWriter.Written written) throws IOException {
        try {
            publisher.publishFlush(frozen, walFrom, written);
        } catch (NoSpaceIOException e) {
            // No manifest names the new files: they give back the space that the next attempt needs.
            for (SegmentEntry segment : written.segments()) {
                parts.storage().delete(DataFiles.segment(segment.location().fileNumber()));
            }
            throw e;
        }
    }

    private Map<Long, List<SegmentRun>> open(List<SegmentEntry> entries) {
        Map<Long, List<SegmentRun>> byCollection = new HashMap<>();
        for (SegmentEntry entry : entries) {
            byCollection
                    .computeIfAbsent(entry.collection(), collection -> new ArrayList<>())
                    .add(new SegmentRun(entry, files));
        }
        return byCollection;
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

    /** Returns the segments that were written, by collection, after the end. */
    Map<Long, List<SegmentRun>> segments() {
        return segments;
    }
}
