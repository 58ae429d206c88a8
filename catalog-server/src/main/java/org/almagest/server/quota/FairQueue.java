package org.almagest.server.quota;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of many, taken in turns: one of each, then again. No threads, no lock: whoever uses it holds one.
 *
 * <p>A lane stands in the round exactly while it has tasks and fewer of them are at work than one may have.
 */
final class FairQueue {
    private final Bounds bounds;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Queue<Lane> round = new ArrayDeque<>();
    private int waiting;

    /**
     * How much may be in it.
     *
     * @param waitingMax tasks of all that wait to begin
     * @param waitingOfOneMax tasks of one that wait to begin
     * @param atWorkOfOneMax tasks of one that are at work
     */
    record Bounds(int waitingMax, int waitingOfOneMax, int atWorkOfOneMax) {}

    /** A task, and whose turn it takes. */
    record Job(Lane lane, Runnable task, Stage stage) {}

    /** Whether a task begins a request or goes on with one. */
    enum Stage {
        BEGINS,
        GOES_ON
    }

    /** The tasks of one. */
    private static final class Lane {
        private final String name;
        private final Queue<Job> jobs = new ArrayDeque<>();
        private int beginning;
        private int atWork;
        private boolean inRound;

        private Lane(String name) {
            this.name = name;
        }
    }

    FairQueue(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Adds a task; refuses one that begins a request where too many of those wait. */
    boolean add(String name, Runnable task, Stage stage) {
        Lane lane = lanes.get(name);
        if (stage == Stage.BEGINS) {
            boolean full = waiting >= bounds.waitingMax || lane != null && lane.beginning >= bounds.waitingOfOneMax;
            if (full) {
                return false;
            }
        }
        if (lane == null) {
            lane = new Lane(name);
            lanes.put(name, lane);
        }
        if (stage == Stage.BEGINS) {
            waiting++;
            lane.beginning++;
        }
        lane.jobs.add(new Job(lane, task, stage));
        stand(lane);
        return true;
    }

    /** Returns the task whose turn it is, which is at work from then on; null where there is none. */
    @Nullable
    Job poll() {
        Lane lane = round.poll();
        if (lane == null) {
            return null;
        }
        lane.inRound = false;
        Job job = lane.jobs.remove();
        if (job.stage == Stage.BEGINS) {
            waiting--;
            lane.beginning--;
        }
        lane.atWork++;
        stand(lane);
        return job;
    }

    /** A task is not at work any more. */
    void done(Job job) {
        Lane lane = job.lane;
        lane.atWork--;
        stand(lane);
        if (lane.atWork == 0 && lane.jobs.isEmpty()) {
            lanes.remove(lane.name);
        }
    }

    private void stand(Lane lane) {
        if (!lane.inRound && !lane.jobs.isEmpty() && lane.atWork < bounds.atWorkOfOneMax) {
            lane.inRound = true;
            round.add(lane);
        }
    }

    /** Returns how many requests wait to begin. */
    int waiting() {
        return waiting;
    }

    /** Tells whether nothing waits, at its turn or not. */
    boolean isEmpty() {
        return lanes.values().stream().allMatch(lane -> lane.jobs.isEmpty());
    }

    /** Returns how many have tasks, or have some at work. */
    int laneCount() {
        return lanes.size();
    }
}
