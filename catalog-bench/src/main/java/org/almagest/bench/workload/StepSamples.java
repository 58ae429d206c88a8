package org.almagest.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Samples of where a thread is, gathered by what the engine does there. */
final class StepSamples {
    private static final String ENGINE = "org.almagest.";
    private static final Duration PERIOD = Duration.ofMillis(10);

    /** Packages in the order in which they are compared, with what is done in them. */
    private static final String[][] STEPS = {
        {"bench.", "asking, consuming the answer"},
        {"index.spatial.", "searching the tree"},
        {"index.id.", "searching ids"},
        {"index.key.", "searching keys"},
        {"index.", "columns and zone maps"},
        {"storage.column.", "columns and zone maps"},
        {"query.", "conditions"},
        {"internal.geo.", "testing outlines"},
        {"geo.", "testing outlines"},
        {"storage.page.", "reading pages"},
        {"storage.encoding.", "reading pages"},
        {"internal.", "making rows"},
        {"model.", "making rows"},
        {"storage.plan.", "candidates, merging"},
        {"storage.scan.", "candidates, merging"},
        {"storage.", "finding what to read"},
    };

    /** The same for rows that are offered, compared before. */
    private static final String[][] OFFERING = {
        {"internal.row.ContentId", "hashing content"},
        {"internal.row.IdHash", "hashing content"},
        {"internal.", "checking and encoding rows"},
        {"model.", "checking and encoding rows"},
        {"geo.", "checking and encoding rows"},
        {"storage.engine.", "dividing, sorting, counting"},
    };

    private static final String ELSEWHERE = "the rest";

    /** What decides about a row, and reads of it what it needs. */
    private static final String TESTING = "storage.scan.RowTest";

    private final String[][] steps;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int total;

    private StepSamples(String[][] steps) {
        this.steps = steps;
    }

    /** Runs something while samples of the current thread are taken. */
    static StepSamples of(Runnable work) throws IOException {
        String thread = Thread.currentThread().getName();
        return new StepSamples(STEPS).take(work, frames -> true, thread::equals);
    }

    /** Offers rows while samples of all threads are taken, and keeps those inside the engine. */
    static StepSamples ofOffering(Runnable work) throws IOException {
        String[][] steps = Arrays.copyOf(OFFERING, OFFERING.length + STEPS.length);
        System.arraycopy(STEPS, 0, steps, OFFERING.length, STEPS.length);
        return new StepSamples(steps).take(work, StepSamples::isEngine, thread -> true);
    }

    private StepSamples take(Runnable work, Predicate<List<RecordedFrame>> frames, Predicate<String> threads)
            throws IOException {
        Path file = Files.createTempFile("samples", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                RecordedThread sampled = event.getThread("sampledThread"); // null where it ended meanwhile
                if (event.getStackTrace() == null || sampled == null || sampled.getJavaName() == null) {
                    continue;
                }
                List<RecordedFrame> stack = event.getStackTrace().getFrames();
                if (threads.test(sampled.getJavaName()) && frames.test(stack)) {
                    add(stack);
                }
            }
            return this;
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isEngine(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith(ENGINE)) {
                return !type.startsWith(ENGINE + "bench.") && !type.startsWith(ENGINE + "io.");
            }
        }
        return false;
    }

    private void add(List<RecordedFrame> frames) {
        counts.merge(step(frames), 1, Integer::sum);
        total++;
    }

    /** What the engine's innermost frame does; pages that are read for a test are told from those of rows. */
    private String step(List<RecordedFrame> frames) {
        String step = null;
        boolean tested = false;
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith(ENGINE)) {
                String name = type.substring(ENGINE.length());
                tested |= name.equals(TESTING) && frame.getMethod().getName().startsWith("matches");
                if (step == null) {
                    step = step(name);
                }
            }
        }
        if (step == null) {
            return ELSEWHERE;
        }
        boolean reads = step.equals("reading pages") || step.equals("making rows");
        return tested && reads ? "reading footprints to test" : step;
    }

    private String step(String type) {
        for (String[] one : steps) {
            if (type.startsWith(one[0])) {
                return one[1];
            }
        }
        return ELSEWHERE;
    }

    /** Returns the share of each step, the largest first. */
    Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / (double) total));
        return shares;
    }

    int total() {
        return total;
    }
}
