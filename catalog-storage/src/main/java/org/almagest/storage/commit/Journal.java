package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
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
    private static final System.Logger LOGGER = System.getLogger(Journal.class.getName());

    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final Scheduler.Worker flushWorker;
    private WalWriter log;
    private boolean logHasFrames;
    private @Nullable Flush flush;

    public Journal(StoreParts parts, Publisher publisher, SegmentFiles files, WalWriter log) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.log = log;
        this.flushWorker = parts.scheduler().worker("almagest-flush");
    }

    /**
     * Makes room for a group, and takes over what a finished flush wrote.
     *
     * @return the visible snapshot with other runs for the same rows
     */
    public Snapshot makeRoom(long groupBytes, Snapshot visible) {
        Snapshot now = flush != null && flush.isDone() && flush.noSpace() == null ? settle(visible) : visible;
        boolean full = log.goodLength() + groupBytes > parts.limits().walBytesMax() / 2;
        if (log.isEnded() || (full && now.hasMemoryRuns())) {
            Snapshot settled = settle(now);
            return freeze(settled);
        }
        return now;
    }

    /**
     * Waits for the running flush, and repeats one that found no space.
     *
     * @throws NoSpaceException if there is still none
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
        parts.poison().check();
        IOException noSpace = running.noSpace();
        if (noSpace != null) {
            throw new NoSpaceException("store: flush: no space on the disk (nothing was stored)", noSpace);
        }
        flush = null;
        publisher.deleteOlder(running.walFrom());
        return visible.flushed(running.segments());
    }

    /** Begins a new log, and a flush of everything that the old ones hold. */
    private Snapshot freeze(Snapshot visible) {
        beginLog(visible.version() + 1);
        Snapshot frozen = visible.freeze();
        flush = new Flush(parts, publisher, files, frozen, log.number());
        flushWorker.execute(flush::run);
        return frozen;
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
            endLog(frames.get(0).sequence());
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
    private void endLog(long nextSequence) {
        try {
            beginLog(nextSequence);
        } catch (NoSpaceException e) {
            LOGGER.log(Level.DEBUG, "log: no space for the next file yet", e);
        }
    }

    private void checkNotClaimed() throws IOException {
        if (parts.storage().enforces(Barrier.PRE_ACK_CHECK) && publisher.isClaimedByAnother()) {
            throw new IOException("another writer has claimed the store");
        }
    }

    /** Writes everything in memory to segments; returns once a manifest names them. Settle first. */
    public Snapshot flush(Snapshot visible) {
        boolean published = visible.version() == publisher.last().flushedSequence();
        if (!visible.hasMemoryRuns() && !logHasFrames && published) {
            return visible;
        }
        beginLog(visible.version() + 1);
        Snapshot frozen = visible.freeze();
        Flush whole = new Flush(parts, publisher, files, frozen, log.number());
        whole.run();
        flush = whole;
        return settle(frozen);
    }

    /** Flushes, and marks the log as cleanly closed. Settle first. */
    public Snapshot close(Snapshot visible) {
        Snapshot flushed = flush(visible);
        if (log.isEnded()) {
            beginLog(flushed.version() + 1);
        }
        try {
            log.append(List.of(Frame.close(flushed.version() + 1, flushed.version())));
            log.force(Barrier.WAL_CLOSE_FORCE);
        } catch (IOException e) {
            throw stopped("log: close", e);
        }
        return flushed;
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
            LOGGER.log(Level.DEBUG, "log: close", e); // everything in it that counts was forced before
        }
    }

    private OutcomeUnknownException stopped(String what, IOException cause) {
        parts.poison().set(what, cause);
        return new OutcomeUnknownException(
                "store: " + what + ": outcome unknown (reopen the store and repeat the call): " + cause.getMessage(),
                cause);
    }
}
