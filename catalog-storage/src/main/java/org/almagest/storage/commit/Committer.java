package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.almagest.error.CatalogException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.error.StorageFailedException;
import org.almagest.model.Limits;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.Frame;

/**
 * Makes changes durable, one after the other, and then visible.
 *
 * <p>All changes of the store pass through one worker, the log thread. It takes what is in the queue as one group,
 * decides each change against the catalog that those before it leave, writes and forces their frames at once, looks
 * whether another writer has claimed the store, makes the result visible, and only then lets the callers go on.
 */
public final class Committer {
    private final Journal journal;
    private final Compactor compactor;
    private final StoreParts parts;
    private final Limits limits;
    private final Clock clock;
    private final Scheduler.Worker worker;
    private final Poison poison;
    private final Queue<Pending<?>> queue = new ArrayDeque<>();
    private final Runnable commitNext = new Runnable() {
        @Override
        public void run() {
            commitNext();
        }
    };
    private volatile Snapshot visible;
    private boolean closing;

    /** Whether a flush is due for the space that it gives back; belongs to the log thread. */
    private boolean givingBack;

    /** Goes on after {@code initial}, which is durable. */
    public Committer(Journal journal, Compactor compactor, Snapshot initial, StoreParts parts) {
        this.journal = journal;
        this.compactor = compactor;
        this.visible = initial;
        this.parts = parts;
        this.limits = parts.limits();
        this.clock = parts.clock();
        this.worker = parts.scheduler().worker("almagest-log");
        this.poison = parts.poison();
        Runnable tend = new Runnable() {
            @Override
            public void run() {
                tend();
            }
        };
        journal.tellOfFlushes(tend);
        compactor.start(
                new Supplier<>() {
                    @Override
                    public Snapshot get() {
                        return visible();
                    }
                },
                tend);
    }

    /** Returns what queries see now. */
    public Snapshot visible() {
        return visible;
    }

    /** Makes a change; returns once it is durable and visible. */
    public <T> T commit(Change<T> change) {
        poison.check();
        Pending<T> pending = new Pending<>(change);
        synchronized (queue) {
            if (closing) {
                throw new IllegalStateException("catalog: closed");
            }
            // Nothing may follow the mark of a clean close in the log.
            closing = change == Turn.CLOSE;
            queue.add(pending);
        }
        begin(pending);
        return pending.await();
    }

    /** Wakes the log thread; where that cannot be started, takes the change back, as nobody may make it later. */
    private void begin(Pending<?> pending) {
        try {
            worker.execute(commitNext);
        } catch (OutOfMemoryError e) {
            if (isWithdrawn(pending)) {
                throw new StorageFailedException(
                        "store: change: no thread could be started (nothing was stored): " + e.getMessage(), e);
            }
            // Else somebody for whom the thread could be started has taken it along.
        }
    }

    private boolean isWithdrawn(Pending<?> pending) {
        synchronized (queue) {
            return queue.remove(pending);
        }
    }

    /** Writes what is in memory to segments; returns once they are durable. */
    public void flush() {
        commit(Turn.FLUSH);
    }

    /** Compacts until nothing is left to do; returns once that is durable. */
    public void compact() {
        flush();
        commit(Turn.COMPACT);
        while (compactor.isCompactingFully()) {
            compactor.awaitRound();
            commit(Turn.TEND);
        }
        flush();
    }

    /** Has the log thread take over what workers have finished, soon; from any thread. */
    public void tend() {
        Pending<?> pending = new Pending<>(Turn.TEND);
        synchronized (queue) {
            if (closing || poison.isSet()) {
                return;
            }
            queue.add(pending);
        }
        try {
            begin(pending);
        } catch (StorageFailedException e) {
            // What is to be taken over waits for the next change.
            System.getLogger(Committer.class.getName()).log(Level.WARNING, "log: " + e.getMessage());
        } catch (IllegalStateException e) {
            // Closed in between: nothing is left to take over.
            System.getLogger(Committer.class.getName()).log(Level.DEBUG, "log: closed", e);
        }
    }

    /** Flushes, marks the log as cleanly closed and ends the worker; before that compacts what ingest would wait for. */
    public void close() {
        try {
            catchUp();
        } finally {
            compactor.close();
            try {
                if (!poison.isSet()) {
                    commit(Turn.CLOSE);
                }
            } finally {
                worker.close();
            }
        }
    }

    /**
     * Compacts while too many segments share ids.
     *
     * <p>Else a store whose processes end before their background work begins, as commands do, would never be compacted.
     */
    private void catchUp() {
        if (poison.isSet() || !compactor.isBehind(visible)) {
            return;
        }
        int withoutSpace = compactor.roundsWithoutSpace();
        commit(Turn.FLUSH); // begins a round
        // The first look may have begun before the flush, so that only a second one tells that nothing can be done.
        for (int looks = 0; looks < 2 && compactor.isBehind(visible); ) {
            compactor.awaitRound();
            looks = compactor.isAtRest() ? looks + 1 : 0;
            commit(Turn.TEND); // returns once a round is installed and the next look has begun
            if (compactor.roundsWithoutSpace() > withoutSpace) {
                return; // the next round would be written as well, and could not be installed either
            }
        }
    }

    private void commitNext() {
        List<Pending<?>> group = takeGroup();
        if (group.isEmpty()) {
            return; // an earlier group took it along
        }
        try {
            poison.check();
            commitGroup(group);
        } catch (CatalogException e) {
            group.forEach(pending -> pending.fail(e));
        } catch (Throwable e) {
            // An error in the middle of a commit leaves the log in an unknown state; only a reopen can tell.
            poison.set("commit", e);
            OutcomeUnknownException unknown = new OutcomeUnknownException(
                    "store: change: outcome unknown (reopen the store and repeat it with the same rows): " + e, e);
            group.forEach(pending -> pending.fail(e instanceof VirtualMachineError ? e : unknown));
            if (!(e instanceof Exception) && !(e instanceof VirtualMachineError)) {
                throw (Error) e;
            }
        }
    }

    /** Takes the first of the queue and what fits beside it; large changes and turns stand alone. */
    private List<Pending<?>> takeGroup() {
        List<Pending<?>> group = new ArrayList<>();
        long bytes = 0;
        synchronized (queue) {
            while (!queue.isEmpty()) {
                Pending<?> next = queue.element();
                boolean alone = standsAlone(next);
                long size = next.change().encodedBytes();
                if (!group.isEmpty() && (alone || bytes + size > limits.groupCommitBytesMax())) {
                    break;
                }
                bytes += group.isEmpty() ? 0 : size;
                group.add(queue.remove());
                if (alone) {
                    break;
                }
            }
        }
        return group;
    }

    private boolean standsAlone(Pending<?> pending) {
        return pending.change() instanceof Turn || pending.change().encodedBytes() > limits.walFrameBytesMax();
    }

    private void commitGroup(List<Pending<?>> group) {
        Pending<?> first = group.get(0);
        if (first.change() instanceof Turn) {
            takeTurn(first);
        } else if (standsAlone(first)) {
            commitLarge(first);
        } else {
            commitFrames(group);
        }
    }

    private void takeTurn(Pending<?> turn) {
        turn.decide(visible, nextStamp(visible));
        switch ((Turn) turn.change()) {
            case FLUSH -> flushAll();
            case TEND -> takeOver();
            case COMPACT -> compactor.compactFully();
            case CLOSE -> {
                flushAll();
                journal.close(visible);
            }
        }
        turn.complete();
    }

    private void settle() {
        visible = journal.settle(visible);
        journal.retireUnneeded();
    }

    private void flushAll() {
        settle();
        if (journal.hasUnflushed(visible)) {
            visible = journal.freeze(visible);
            settle();
        }
        compactor.kick();
    }

    private void takeOver() {
        if (journal.hasFinishedFlush()) {
            settle();
        }
        visible = History.settled(visible, parts);
        boolean goesOn = installCompaction();
        if (givingBack && !journal.isFlushing()) {
            visible = journal.freeze(visible);
            givingBack = false;
        }
        if (goesOn) {
            compactor.kick(); // else there was no space, and the next look is soon enough
        }
    }

    /** Installs a round that was written, if there is one; false where there is no space for that. */
    private boolean installCompaction() {
        try {
            Compaction.Installed installed = compactor.install(visible);
            if (installed != null) {
                visible = installed.visible();
                journal.retire(installed.published());
            }
            return true;
        } catch (NoSpaceIOException e) {
            System.getLogger(Committer.class.getName())
                    .log(Level.WARNING, "compaction: no space on the disk; tried again later");
            return false;
        } catch (IOException e) {
            poison.set("compaction", e);
            throw poison.outcomeUnknown();
        }
    }

    /** Waits where too many segments share ids: nobody could read them at the speed at which they come. */
    private void waitForCompaction() {
        while (compactor.isBehind(visible)) {
            compactor.kick();
            if (!compactor.awaitRound() || !installCompaction()) {
                return; // nothing can be done about it
            }
        }
    }

    /** Replaces what is visible step by step, so that a step that finds no space leaves those before it standing. */
    private void makeRoom(List<Pending<?>> group) {
        if (journal.hasFinishedFlush()) {
            settle();
        }
        long bytes = group.stream().mapToLong(p -> p.change().encodedBytes()).sum();
        if (journal.needsNewLog(bytes)) {
            settle();
            waitForCompaction();
            visible = journal.freeze(visible);
        }
    }

    private void commitFrames(List<Pending<?>> group) {
        makeRoom(group);
        Snapshot after = visible;
        List<Frame> frames = new ArrayList<>();
        for (Pending<?> pending : group) {
            Snapshot.Stamp stamp = nextStamp(after);
            Decision<?> decision = pending.decide(after, stamp);
            byte[] payload = decision == null ? null : pending.payload();
            if (decision != null && payload != null) {
                frames.add(new Frame(decision.kind(), stamp.sequence(), visible.version(), payload));
                after = decision.after();
                givingBack |= pending.change().givesBackSpace();
            }
        }
        if (!frames.isEmpty()) {
            journal.append(frames);
            visible = after;
        }
        group.forEach(Pending::complete);
        if (givingBack) {
            tend();
        }
    }

    private void commitLarge(Pending<?> pending) {
        settle();
        Decision<?> decision = pending.decide(visible, nextStamp(visible));
        if (decision != null && decision.payload() != null) {
            visible = journal.writeThrough(visible, decision.after());
            journal.retireUnneeded();
        }
        pending.complete();
    }

    private Snapshot.Stamp nextStamp(Snapshot before) {
        Instant now = clock.now();
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        long sequence = before.version() + 1;
        // Without history a deleted row may go with the commit that deletes it.
        long floor = parts.historyRetention().isZero() ? sequence : before.historyFloor();
        return new Snapshot.Stamp(sequence, Math.max(micros, before.lastIngestionMicros() + 1), floor);
    }
}
