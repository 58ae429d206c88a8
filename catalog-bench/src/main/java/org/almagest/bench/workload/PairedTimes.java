package org.almagest.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Times of two builds by class of work, pair by pair of processes, and whether the second has become slower. */
final class PairedTimes {
    /** A ratio above this is a slowdown. */
    static final double SLOWER = 1.15;

    private final int pairs;
    private final Map<String, double[]> baseline = new LinkedHashMap<>();
    private final Map<String, double[]> current = new LinkedHashMap<>();

    PairedTimes(int pairs) {
        this.pairs = pairs;
    }

    void putBaseline(String kind, int pair, double micros) {
        baseline.computeIfAbsent(kind, name -> new double[pairs])[pair] = micros;
    }

    void putCurrent(String kind, int pair, double micros) {
        current.computeIfAbsent(kind, name -> new double[pairs])[pair] = micros;
    }

    /**
     * Returns the classes whose smallest ratio is above {@link #SLOWER}.
     *
     * <p>The smallest of seven is a lower bound of the median ratio that holds in 127 of 128 runs, whatever the noise is
     * like, as long as it does not prefer one side.
     */
    List<String> slower() {
        List<String> slower = new ArrayList<>();
        for (String kind : current.keySet()) {
            if (ratios(kind)[0] > SLOWER) {
                slower.add(kind);
            }
        }
        return slower;
    }

    private double[] ratios(String kind) {
        double[] before = Objects.requireNonNull(baseline.get(kind));
        double[] after = Objects.requireNonNull(current.get(kind));
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ratios[i] = after[i] / before[i];
        }
        Arrays.sort(ratios);
        return ratios;
    }

    /** Returns a line for each class. */
    String table() {
        StringBuilder out = new StringBuilder();
        line(out, "class", "baseline µs", "now µs", "median ratio", "lower bound", "upper bound");
        for (String kind : current.keySet()) {
            double[] ratios = ratios(kind);
            line(
                    out,
                    kind,
                    text(median(Objects.requireNonNull(baseline.get(kind)))),
                    text(median(Objects.requireNonNull(current.get(kind)))),
                    text(median(ratios)),
                    text(ratios[0]),
                    text(ratios[pairs - 1]));
        }
        return out.toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void line(StringBuilder out, String... cells) {
        for (String cell : cells) {
            out.append(String.format(Locale.ROOT, "%-16s", cell));
        }
        out.append(System.lineSeparator());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
