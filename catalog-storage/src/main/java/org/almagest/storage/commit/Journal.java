package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.almagest.error.NoSpaceException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.Frame;
import org.almagest.storage.wal.WalHeader;
import org.almagest.storage.wal.WalWriter;
import org.jspecify.annotations.Nullable;

/**
 * The log that is written to now, and the flush that makes older logs unnecessary. Used by the log thread only.
 *
 * <p>The log and the one before it, whose runs a flush is writing, stay below {@code walBytesMax} together: at half of
 * it a new log begins, once the flush before is done.
 */
public final class Journal {
    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final RetiredFiles retired;
    private final List<Publisher.Published> unneeded = new ArrayList<>();
    private final Scheduler.Worker flushWorker;
    private WalWriter log;
    private boolean logHasFrames;
    private @Nullable Flush flush;
    private @Nullable Runnable onFlushed;

    /**
     * Begins with an empty log.
     *
     * @param retired takes the files that no manifest names any more
     */
    public Journal(StoreParts parts, Publisher publisher, SegmentFiles files, RetiredFiles retired, WalWriter log) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.retired = retired;
        this.log = log;
        this.flushWorker = parts.scheduler().worker("almagest-flush");
    }

    /** Has the worker of flushes call back after each. */
    void tellOfFlushes(Runnable afterFlush) {
        onFlushed = afterFlush;
    }

    /** Tells whether a flush is running, or waits to be settled. */
    boolean isFlushing() {
        return flush != null;
    }

    /** Tells whether a flush has ended well and waits to be settled. */
    public boolean hasFinishedFlush() {
        return flush != null && flush.isDone() && flush.noSpace() == null;
    }

    /** Tells whether a new log must begin before a group is written. */
    public boolean needsNewLog(long groupBytes) {
        boolean full = log.goodLength() + groupBytes > parts.limits().walBytesMax() / 2;
        return log.isEnded() || (full && logHasFrames);
    }

    /**
     * Waits for the running flush, and repeats one that found no space.
     *
     * @return the visible snapshot with other runs for the same rows; the one given is void
     * @throws NoSpaceException if there is still none; the snapshot given stands
     */
    public Snapshot settle(Snapshot visible) {
        Flush running = flush;
        if (running == null) {
            return visible;
        }
        running.await();
        if (running.noSpace() != null) {
            running.run();
        }
        requireWritten(running);
        flush = null;
        unneeded.add(running.published());
        return visible.flushed(running.written());
    }

    /** Lets data files go that the snapshot to come does not name. */
    void retire(Publisher.Published published) {
        retired.retire(published);
    }

    /** Lets data files go that flushes took from the manifest; call it once the snapshots they returned are visible. */
    void retireUnneeded() {
        unneeded.forEach(retired::retire);
        unneeded.clear();
    }

    private void requireWritten(Flush done) {
        parts.poison().check();
        IOException noSpace = done.noSpace();
        if (noSpace != null) {
            throw new NoSpaceException("store: flush: no space on the disk (nothing was stored)", noSpace);
        }
    }

    /**
     * Begins a new log, and a flush of everything that the old ones hold beside the log thread. Settle first.
     *
     * @return the visible snapshot as the flush needs it; the one given is void
     * @throws NoSpaceException if there is none for a log; the snapshot given stands
     */
    public Snapshot freeze(Snapshot visible) {
        beginLog(visible.version() + 1);
        Snapshot kept = History.settled(visible, parts);
        Snapshot frozen = kept.freeze();
        Flush next = new Flush(
                parts,
                publisher,
                files,
                new Flush.Work(frozen, kept.dropped(), log.number()),
                Objects.requireNonNull(onFlushed));
        flush = next;
        begin(next);
        return frozen;
    }

    private void begin(Flush next) {
        try {
            flushWorker.execute(next::run);
        } catch (OutOfMemoryError e) {
            if (next.isDone()) {
                throw e; // from the flush itself
            }
            System.getLogger(Journal.class.getName())
                    .log(Level.WARNING, "flush: no thread could be started; the log waits for it: " + e.getMessage());
            next.run();
        }
    }

    /** Tells whether a flush would write anything, rows or metadata. Settle first. */
    public boolean hasUnflushed(Snapshot visible) {
        return visible.hasUnflushedRows()
                || logHasFrames
                || visible.version() != publisher.last().flushedSequence();
    }

    /**
     * Writes a change that no log holds to segments, with everything before it; it is durable when this returns.
     *
     * <p>Settle first. After a failure for want of space the change is gone and {@code before} stands: nothing of it
     * may be tried again by a later flush, as the next change gets its sequence number.
     *
     * @param before the visible snapshot
     * @param after what the change leaves of it
     * @throws NoSpaceException if there is none; nothing was stored
     * @throws OutcomeUnknownException if it is not known whether the change is durable; the store has stopped
     */
    public Snapshot writeThrough(Snapshot before, Snapshot after) {
        beginLog(before.version() + 1);
        Snapshot frozen = after.freeze();
        Flush whole = new Flush(parts, publisher, files, new Flush.Work(frozen, after.dropped(), log.number()));
        whole.run();
        if (parts.poison().isSet()) {
            throw parts.poison().outcomeUnknown();
        }
        requireWritten(whole);
        unneeded.add(whole.published());
        return frozen.flushed(whole.written());
    }

    private void beginLog(long firstSequence) {
        WalWriter next;
        try {
            WalHeader header = new WalHeader(parts.identity(), log.number() + 1, firstSequence, log.good());
            next = WalWriter.create(parts.storage(), header);
        } catch (NoSpaceIOException e) {
            throw new NoSpaceException("store: log: no space on the disk (nothing was stored)", e);
        } catch (IOException e) {
            throw stopped("log: new file", e);
        }
        closeLog();
        log = next;
        logHasFrames = false;
    }

    /** Appends frames and forces them; they are durable, and nobody else has claimed the store, when it returns. */
    public void append(List<Frame> frames) {
        try {
            log.append(frames);
            logHasFrames = true;
        } catch (NoSpaceIOException e) {
            endLog(frames.get(0));
            throw new NoSpaceException("store: log: no space on the disk (nothing was stored)", e);
        } catch (IOException e) {
            throw stopped("log: append", e);
        }
        try {
            log.force(Barrier.WAL_FORCE_BEFORE_ACK);
            checkNotClaimed();
        } catch (IOException e) {
            throw stopped("log: force", e);
        }
    }

    /**
     * Leaves a log behind that takes no more frames, as a part of one may stand at its end.
     *
     * <p>At once, where there is space for the header of the next one: whole frames of the group that failed may stand
     * there too, and only the next header says that they do not count.
     */
    private void endLog(Frame first) {
        long stray = log.strayBytes();
        try {
            beginLog(first.sequence());
        } catch (NoSpaceException e) {
            if (stray >= first.bytes()) {
                throw new OutcomeUnknownException(
                        "store: log: no space on the disk (a part of the group may be stored; repeat it)", e);
            }
            System.getLogger(Journal.class.getName()).log(Level.DEBUG, "log: no space for the next file yet", e);
        }
    }

    private void checkNotClaimed() throws IOException {
        if (parts.storage().enforces(Barrier.PRE_ACK_CHECK) && publisher.isClaimedByAnother()) {
            throw new IOException("another writer has claimed the store");
        }
    }

    /**
     * Marks the log as cleanly closed. Settle and flush first.
     *
     * @throws NoSpaceException if there is none for the mark; everything is stored, the next open reads the log
     */
    public void close(Snapshot flushed) {
        if (log.isEnded()) {
            beginLog(flushed.version() + 1);
        }
        try {
            log.append(List.of(Frame.close(flushed.version() + 1, flushed.version())));
            log.force(Barrier.WAL_CLOSE_FORCE);
        } catch (NoSpaceIOException e) {
            throw new NoSpaceException("store: close: no space on the disk for a clean close (nothing is lost)", e);
        } catch (IOException e) {
            throw stopped("log: close", e);
        }
    }

    /** Ends the worker and lets go of the log, whatever state they are in. */
    public void release() {
        flushWorker.close();
        closeLog();
    }

    private void closeLog() {
        try {
            log.close();
        } catch (IOException e) {
            System.getLogger(Journal.class.getName())
                    .log(Level.DEBUG, "log: close", e); // everything in it that counts was forced before
        }
    }

    private OutcomeUnknownException stopped(String what, IOException cause) {
        parts.poison().set(what, cause);
        return parts.poison().outcomeUnknown();
    }
}
