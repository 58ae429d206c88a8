package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks engines, one after the other, about stores that are larger than the memory they may use: finds by id, areas in a
 * month, areas in all time, mixed, each question once, so that most rows must come from the disk.
 *
 * <p>Takes the options and the stores of {@link Compare}; {@code --run-with} names the command that bounds the memory of
 * a process and forgets what the system has read of its files before. Half of the questions are asked to fill that
 * memory, the other half is measured; answers are compared from engine to engine.
 */
public final class MoreThanMemory {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_KILOBYTE = 1_024;
    private static final int TO_FILL = 1;
    private static final int MEASURED = 2;
    private static final int WORDS = 3;

    private final CompareOptions options;
    private final PrintStream out;
    private final Map<String, String> answers = new HashMap<>();

    private MoreThanMemory(CompareOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs; {@link CompareOptions#USAGE} lists the options. */
    public static void main(String[] args) throws Exception {
        CompareOptions options;
        try {
            options = CompareOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        new MoreThanMemory(options, System.out).run();
    }

    private void run() throws IOException {
        out.println("engine     class  questions     p50 us     p90 us     p99 us  KiB read each  major faults each");
        for (String engine : options.engines()) {
            ask(engine);
        }
    }

    private void ask(String engine) throws IOException {
        try (Child child = new Child(engine, options)) {
            child.tell("ready " + MEASURED + " " + options.questions());
            child.tell("ready " + TO_FILL + " " + options.questions());
            long start = System.nanoTime();
            child.tell("once " + TO_FILL + " " + options.questions());
            long filled = System.nanoTime();
            String[] words = child.tell("once " + MEASURED + " " + options.questions());
            long end = System.nanoTime();
            for (int at = 0; at < words.length; at += WORDS) {
                print(engine, words[at], words[at + 1], words[at + 2]);
            }
            out.printf(
                    Locale.ROOT,
                    "%s: filled in %.1f s, asked in %.1f s%n",
                    engine,
                    (filled - start) / (double) TimeUnit.SECONDS.toNanos(1),
                    (end - filled) / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void print(String engine, String kind, String answer, String figures) {
        String[] questions = figures.split(",");
        long[] nanos = new long[questions.length];
        long bytes = 0;
        long faults = 0;
        for (int i = 0; i < questions.length; i++) {
            String[] figure = questions[i].split(":");
            nanos[i] = Long.parseLong(figure[0]);
            bytes += Long.parseLong(figure[1]);
            faults += Long.parseLong(figure[2]);
        }
        Arrays.sort(nanos);
        String expected = answers.putIfAbsent(kind, answer);
        out.printf(
                Locale.ROOT,
                "%-10s %-5s %10d %10.0f %10.0f %10.0f %14.1f %18.1f%s%n",
                engine,
                kind,
                nanos.length,
                micros(nanos, 50),
                micros(nanos, 90),
                micros(nanos, 99),
                bytes / BYTES_PER_KILOBYTE / nanos.length,
                faults / (double) nanos.length,
                expected == null || expected.equals(answer) ? "" : "  OTHER ANSWERS: " + answer + ", " + expected);
    }

    private static double micros(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / NANOS_PER_MICRO;
    }
}
