package org.almagest.server.log;

import java.util.regex.Pattern;

/** The last step of every line: an API key leaves as its id alone. */
final class SecretFilter {
    private static final Pattern KEY = Pattern.compile("(?i)(alm_[0-9a-z]{12})_[0-9a-z]{4,}");

    /** Most lines hold no key; this look is cheaper than the pattern. */
    private static final String MARK = "alm_";

    private SecretFilter() {}

    /** Returns the text with the secret part of each key as {@code ***}. */
    static String clean(String line) {
        boolean suspect = line.contains(MARK) || line.contains("ALM_") || line.contains("Alm_");
        return suspect ? KEY.matcher(line).replaceAll("$1_***") : line;
    }
}
