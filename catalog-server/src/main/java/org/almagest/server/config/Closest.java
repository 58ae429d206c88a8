package org.almagest.server.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name somebody may have meant. */
final class Closest {
    /** More changes than that make another word. */
    private static final int CHANGES_MAX = 3;

    private Closest() {}

    /** Returns {@code " (did you mean x)"}, or nothing where no name is close. */
    static String hint(String name, Collection<String> names) {
        return names.stream()
                .filter(other -> changes(name, other) <= CHANGES_MAX)
                .min(Comparator.<String>comparingInt(other -> changes(name, other))
                        .thenComparing(other -> other))
                .map(other -> " (did you mean " + other + ")")
                .orElse("");
    }

    /** Returns how many letters must be put in, left out or exchanged. */
    private static int changes(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
