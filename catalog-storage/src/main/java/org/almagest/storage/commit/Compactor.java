package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.compact.CompactionPlanner;
import org.almagest.storage.compact.Pace;
import org.almagest.storage.compact.SegmentFacts;
import org.almagest.storage.compact.Step;
import org.almagest.storage.compact.StoreFacts;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Compacts in the background: plans a round, writes it, has the log thread install it, and plans the next.
 *
 * <p>There is one round at a time. It is planned and written by a worker of its own; {@link #install} and {@link #kick}
 * belong to the log thread.
 */
public final class Compactor {
    private final StoreParts parts;
    private final Publisher publisher;
    private final SegmentFiles files;
    private final OpenFiles open;
    private final Scheduler.Worker worker;
    private final Object lock = new Object();
    private final Set<SegmentKey> unreadable = new HashSet<>();

    private @Nullable Supplier<Snapshot> visible;
    private @Nullable Runnable onWritten;
    private final Runnable round = new Runnable() {
        @Override
        public void run() {
            round();
        }
    };
    private State state = State.IDLE;
    private boolean full;
    private boolean hurried;

    /** Whether the last look found nothing to do, or nothing that can be done now. */
    private boolean atRest;

    private int roundsWithoutSpace;
    private @Nullable Compaction written;
    private @Nullable Pace pace;

    private enum State {
        /** Nothing is going on; nothing was left to do when it was looked at last. */
        IDLE,
        /** The worker plans or writes. */
        WORKING,
        /** A round waits for the log thread. */
        WRITTEN,
        /** Nothing goes on any more. */
        CLOSED
    }

    /** Prepares the background work of a store; it begins with {@link #start}. */
    public Compactor(StoreParts parts, Publisher publisher, SegmentFiles files, OpenFiles open) {
        this.parts = parts;
        this.publisher = publisher;
        this.files = files;
        this.open = open;
        this.worker = parts.scheduler().worker("almagest-compaction");
    }

    /**
     * Tells the compactor about its store.
     *
     * @param newest returns what is visible
     * @param afterRound called by the worker when a round waits to be installed
     */
    void start(Supplier<Snapshot> newest, Runnable afterRound) {
        visible = newest;
        onWritten = afterRound;
    }

    /** Has the worker look for something to do, unless a round is under way. */
    void kick() {
        try {
            begin();
        } catch (StorageFailedException e) {
            System.getLogger(Compactor.class.getName()).log(Level.WARNING, e.getMessage() + " (tried again later)");
        }
    }

    private void begin() {
        synchronized (lock) {
            if (state != State.IDLE) {
                return;
            }
            state = State.WORKING;
            atRest = false;
            try {
                worker.execute(round); // before a close that waits for the lock ends the worker
            } catch (OutOfMemoryError e) {
                state = State.IDLE;
                atRest = true;
                full = false; // whoever waits for it would wait for ever
                throw new StorageFailedException("compaction: no thread could be started: " + e.getMessage(), e);
            }
        }
    }

    /**
     * From now on compacts to the best form that one rewrite gives, until nothing is left to do.
     *
     * @throws StorageFailedException if no thread could be started for it
     */
    void compactFully() {
        synchronized (lock) {
            full = true;
            hurry();
        }
        begin();
    }

    /** Tells whether {@link #compactFully} is still at work. */
    boolean isCompactingFully() {
        synchronized (lock) {
            return full && state != State.CLOSED;
        }
    }

    private void round() {
        Compaction compaction = null;
        boolean fully;
        synchronized (lock) {
            fully = full; // asked for later, it begins with the next round
        }
        try {
            compaction = writeRound(fully);
        } catch (NoSpaceIOException e) {
            System.getLogger(Compactor.class.getName())
                    .log(Level.WARNING, "compaction: no space on the disk; tried again later");
        } catch (CorruptStoreException e) {
            System.getLogger(Compactor.class.getName())
                    .log(Level.ERROR, "compaction: " + e.getMessage() + " (left as it is)");
        } catch (IOException | RuntimeException | Error e) {
            parts.poison().set("compaction", e);
            System.getLogger(Compactor.class.getName()).log(Level.ERROR, "compaction: the store has stopped", e);
        }
        if (isHandedOver(compaction, fully)) {
            Objects.requireNonNull(onWritten).run();
            rest();
        } else if (compaction != null) {
            compaction.abandon(); // closed when all was written
        }
    }

    /** Ends the round; tells whether the log thread has something to install now. */
    private boolean isHandedOver(@Nullable Compaction compaction, boolean fully) {
        synchronized (lock) {
            hurried = false;
            atRest = compaction == null;
            boolean goesOn = state != State.CLOSED;
            if (goesOn) {
                written = compaction;
                state = compaction == null ? State.IDLE : State.WRITTEN;
                if (compaction == null && fully) {
                    full = false;
                }
            }
            lock.notifyAll();
            return goesOn && compaction != null;
        }
    }

    /** Rests before the next round and not before this one is installed: readers wait for it, and a close loses it. */
    private void rest() {
        Pace own;
        synchronized (lock) {
            own = pace; // still that of the round, so that whoever waits for the next one, or closes, ends the rest
        }
        if (own != null) {
            own.endedRound();
        }
    }

    private @Nullable Compaction writeRound(boolean fully) throws IOException {
        Pace own;
        synchronized (lock) {
            own = new Pace(parts.scheduler(), parts.clock(), parts.limits().compactionBytesPerSecondMax());
            pace = own;
            if (fully || hurried) {
                own.hurry();
            }
            if (state == State.CLOSED) {
                return null;
            }
        }
        OpenFiles.Pin pin = open.pin();
        try {
            Snapshot snapshot = Objects.requireNonNull(visible).get();
            CompactionPlanner planner =
                    fully ? CompactionPlanner.full(parts.limits()) : CompactionPlanner.background(parts.limits());
            List<Step> steps = planner.plan(facts(snapshot));
            parts.facts().put("compaction_pending_steps", (long) steps.size());
            if (steps.isEmpty()) {
                return null;
            }
            return write(snapshot, steps, own);
        } finally {
            pin.close();
        }
    }

    private @Nullable Compaction write(Snapshot snapshot, List<Step> steps, Pace own) throws IOException {
        Compaction compaction = new Compaction(parts, publisher, files, snapshot);
        try {
            return compaction.write(steps, own) ? compaction : null;
        } catch (CorruptStoreException | InternalError e) {
            // One of these cannot be read: all are left alone from now on, and queries say what is wrong.
            synchronized (lock) {
                steps.forEach(step -> step.inputs().forEach(input -> unreadable.add(input.key())));
            }
            throw e instanceof CorruptStoreException corrupt
                    ? corrupt
                    : new CorruptStoreException("segment: cannot be read: " + e.getMessage(), "data", 0, e);
        }
    }

    private StoreFacts facts(Snapshot snapshot) throws IOException {
        Map<Long, List<SegmentFacts>> collections = new HashMap<>();
        Map<Long, Long> fileBytes = new HashMap<>();
        for (Map.Entry<Long, CollectionRuns> entry : snapshot.runs().entrySet()) {
            List<SegmentFacts> facts = new ArrayList<>(facts(entry.getValue(), snapshot.historyFloor()));
            synchronized (lock) {
                facts.removeIf(fact -> unreadable.contains(fact.entry().key()));
            }
            if (!facts.isEmpty()) {
                collections.put(entry.getKey(), facts);
            }
            for (SegmentFacts fact : facts) {
                long number = fact.entry().location().fileNumber();
                if (!fileBytes.containsKey(number)) {
                    fileBytes.put(number, parts.storage().size(DataFiles.segment(number)));
                }
            }
        }
        return new StoreFacts(collections, fileBytes);
    }

    /** Returns what planning knows about the segments of a collection. */
    static List<SegmentFacts> facts(CollectionRuns runs, long historyFloor) {
        List<SegmentFacts> facts = new ArrayList<>();
        for (LiveRun<SegmentRun> segment : runs.segments()) {
            int droppable = segment.dead().isEmpty()
                    ? 0
                    : segment.droppable(historyFloor).getCardinality();
            facts.add(new SegmentFacts(segment.run().entry(), droppable));
        }
        return facts;
    }

    /**
     * Installs a round that was written.
     *
     * @return what is visible then, and what is no longer needed; null where nothing changed
     * @throws NoSpaceIOException if there is no space for it: nothing has changed
     * @throws IOException if the store must stop
     */
    Compaction.@Nullable Installed install(Snapshot now) throws IOException {
        Compaction compaction;
        synchronized (lock) {
            compaction = written;
            if (state != State.WRITTEN || compaction == null) {
                return null;
            }
            written = null;
            state = State.IDLE;
        }
        try {
            Compaction.Installed installed = compaction.install(now);
            parts.facts().merge("compaction_count", 1L, Long::sum);
            parts.facts().merge("compaction_bytes_written", compaction.writtenBytes(), Long::sum);
            return installed;
        } catch (NoSpaceIOException e) {
            synchronized (lock) {
                full = false; // whoever waits for it would wait for space
                atRest = true;
                roundsWithoutSpace++;
            }
            throw e;
        }
    }

    /**
     * Waits until the round that is under way, if any, can be installed.
     *
     * @return whether one can
     */
    boolean awaitRound() {
        boolean interrupted = false;
        boolean ready;
        synchronized (lock) {
            hurry();
            while (state == State.WORKING) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            ready = state == State.WRITTEN;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ready;
    }

    /**
     * Tells whether the last look, which is over, found nothing to do or nothing that can be done now; false also while
     * the log thread installs a round, after which it has the worker look again.
     */
    boolean isAtRest() {
        synchronized (lock) {
            return atRest;
        }
    }

    /** Returns how many rounds were written and could not be installed for want of space. */
    int roundsWithoutSpace() {
        synchronized (lock) {
            return roundsWithoutSpace;
        }
    }

    private void hurry() {
        hurried = true; // also where the worker has not come to its pace yet
        Pace own = pace;
        if (own != null) {
            own.hurry();
        }
    }

    /** Tells whether so many segments of a collection share ids that ingest should wait. */
    boolean isBehind(Snapshot now) {
        long max = parts.limits().overlappingRunsMax();
        for (CollectionRuns runs : now.runs().values()) {
            if (runs.segments().size() > max && CompactionPlanner.depth(facts(runs, now.historyFloor())) > max) {
                return true;
            }
        }
        return false;
    }

    /** Stops what is under way and ends the worker; what was written and not installed is given up. */
    public void close() {
        synchronized (lock) {
            state = State.CLOSED;
            if (pace != null) {
                pace.cancel();
            }
            lock.notifyAll();
        }
        worker.close();
        Compaction left;
        synchronized (lock) {
            left = written;
            written = null;
        }
        if (left != null) {
            left.abandon();
        }
    }
}
