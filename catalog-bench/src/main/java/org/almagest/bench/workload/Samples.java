package org.almagest.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.almagest.bench.report.LoadFigures;
import org.almagest.bench.report.QueryFigures;

/** The times of one class of questions at one engine, pass by pass. */
final class Samples {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Pass> passes = new ArrayList<>();
    private String wrong = "0";

    /** The times of one pass, in the order of the questions, once or more; the rows are those of one round. */
    private record Pass(long[] nanos, long rows, double foreign, int questions) {
        int rounds() {
            return nanos.length / questions;
        }

        double median() {
            long[] sorted = LongStream.of(nanos).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    /** Adds what a process answered. */
    void add(String[] words) {
        if (!words[0].equals("0")) {
            wrong = words[0];
        }
        long[] nanos =
                Arrays.stream(words[4].split(",")).mapToLong(Long::parseLong).toArray();
        int questions = Integer.parseInt(words[3]);
        passes.add(new Pass(nanos, Long.parseLong(words[1]), Double.parseDouble(words[2]), questions));
    }

    /** Forgets the times, not the wrong answers. */
    void endWarmup() {
        passes.clear();
    }

    boolean isEmpty() {
        return passes.isEmpty();
    }

    /** Returns the passes in which other processes used little. */
    BitSet quiet() {
        BitSet quiet = new BitSet();
        for (int i = 0; i < passes.size(); i++) {
            quiet.set(i, passes.get(i).foreign < LoadFigures.QUIET_CORES);
        }
        return quiet;
    }

    /** Returns the figures over the quiet passes, or over all where none was quiet. */
    QueryFigures figures() {
        return figures(quiet());
    }

    /** Returns the figures over some passes, or over all where there are none of these. */
    QueryFigures figures(BitSet chosen) {
        List<Pass> taken = chosen.isEmpty()
                ? passes
                : chosen.stream().mapToObj(passes::get).toList();
        double[] medians = taken.stream().mapToDouble(Pass::median).sorted().toArray();
        long[] all = taken.stream()
                .flatMapToLong(pass -> LongStream.of(pass.nanos))
                .sorted()
                .toArray();
        long nanos = LongStream.of(all).sum();
        long rows = taken.stream().mapToLong(pass -> pass.rows * pass.rounds()).sum();
        return new QueryFigures(
                median(medians) / NANOS_PER_MICRO,
                median(fastest()) / NANOS_PER_MICRO,
                all[(int) Math.ceil(all.length * 0.99) - 1] / NANOS_PER_MICRO,
                rows / (nanos / NANOS_PER_SECOND),
                all.length,
                taken.stream().mapToDouble(Pass::foreign).average().orElse(0),
                wrong);
    }

    /** Returns the fastest time of each question, sorted. */
    double[] fastest() {
        double[] fastest = new double[passes.get(0).questions];
        Arrays.fill(fastest, Double.POSITIVE_INFINITY);
        for (Pass pass : passes) {
            for (int i = 0; i < pass.nanos.length; i++) {
                int question = i % fastest.length;
                fastest[question] = Math.min(fastest[question], pass.nanos[i]);
            }
        }
        Arrays.sort(fastest);
        return fastest;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
