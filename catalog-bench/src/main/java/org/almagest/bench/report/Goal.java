package org.almagest.bench.report;

import java.util.Locale;

/**
 * A line of the table of goals, with what was measured.
 *
 * @param what the class of work
 * @param against the best peer, or what else the ratio is against
 * @param theirs its figure
 * @param ours our figure
 * @param ratio ours to theirs, or a figure that is bounded as it is
 * @param must what the ratio must keep
 * @param goal what the ratio is to keep
 */
public record Goal(String what, String against, String theirs, String ours, double ratio, Bound must, Bound goal) {
    /** Which side of a limit is the good one. */
    public enum Side {
        /** Smaller is better. */
        AT_MOST,
        /** Larger is better. */
        AT_LEAST
    }

    /**
     * A limit.
     *
     * @param side which side is good
     * @param limit belongs to the good side
     */
    public record Bound(Side side, double limit) {
        /** Tells whether a figure keeps the limit. */
        public boolean keeps(double figure) {
            return side == Side.AT_MOST ? figure <= limit : figure >= limit;
        }

        @Override
        public String toString() {
            String number = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
            return (side == Side.AT_MOST ? "≤ " : "≥ ") + number;
        }
    }

    /** Returns how far it came: {@code goal}, {@code must} or {@code no}. */
    public String reached() {
        if (goal.keeps(ratio)) {
            return "goal";
        }
        return must.keeps(ratio) ? "must" : "no";
    }

    /** Returns the ratio with three significant digits. */
    public String ratioText() {
        return Numbers.significant(ratio);
    }

    /** Returns the line for a terminal. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-44s %-22s %14s %14s %8s %8s %8s  %s",
                what,
                against,
                theirs,
                ours,
                ratioText(),
                must,
                goal,
                reached());
    }
}
