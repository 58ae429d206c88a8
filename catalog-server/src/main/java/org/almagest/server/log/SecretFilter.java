package org.almagest.server.log;

import java.util.regex.Pattern;

/** The last step of every line: an API key leaves as its id alone. */
final class SecretFilter {
    private static final Pattern KEY = Pattern.compile("(?i)(alm_[0-9a-z]{12})_[0-9a-z]{4,}");

    /** The same where characters are written as {@code %5F}, or as {@code %255F}: as addresses have them. */
    private static final Pattern ESCAPED =
            Pattern.compile("(?i)((?:a|%(?:25)*[46]1)(?:l|%(?:25)*[46]c)(?:m|%(?:25)*[46]d)(?:_|%(?:25)*5f)"
                    + "(?:[0-9a-z]|%(?:25)*[3-7][0-9a-f]){12})(?:_|%(?:25)*5f)(?:[0-9a-z]|%(?:25)*[3-7][0-9a-f]){4,}");

    /** Most lines hold no key; this look is cheaper than the pattern. */
    private static final String MARK = "alm_";

    private SecretFilter() {}

    /** Returns the text with the secret part of each key as {@code ***}. */
    static String clean(String line) {
        boolean suspect = line.contains(MARK) || line.contains("ALM_") || line.contains("Alm_");
        String clean = suspect ? KEY.matcher(line).replaceAll("$1_***") : line;
        return clean.indexOf('%') >= 0 ? ESCAPED.matcher(clean).replaceAll("$1_***") : clean;
    }
}
