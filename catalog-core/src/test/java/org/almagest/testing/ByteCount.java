package org.almagest.testing;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An offset or a size as a table writes it: a sum of numbers and counted things, such as {@code 4 + 16n}. */
record ByteCount(Map<String, Long> terms) {
    private static final Pattern TERM =
            Pattern.compile("\\s*([+-]?)\\s*(?:(\\d+)\\s*[*·]?\\s*([A-Za-z]\\w*)?|([A-Za-z]\\w*))\\s*");

    /** Reads a sum; empty when the text is something else, such as {@code 1..10} or {@code …}. */
    static Optional<ByteCount> parse(String text) {
        Map<String, Long> terms = new TreeMap<>();
        Matcher matcher = TERM.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            if (end > 0 && matcher.group(1).isEmpty()) {
                return Optional.empty();
            }
            long factor = matcher.group(2) == null ? 1 : Long.parseLong(matcher.group(2));
            String name = matcher.group(4) != null ? matcher.group(4) : matcher.group(3);
            terms.merge(name == null ? "" : name, matcher.group(1).equals("-") ? -factor : factor, Long::sum);
            end = matcher.end();
        }
        terms.values().removeIf(factor -> factor == 0);
        return text.isBlank() || end < text.length() ? Optional.empty() : Optional.of(new ByteCount(terms));
    }

    ByteCount plus(ByteCount other) {
        Map<String, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((name, factor) -> sum.merge(name, factor, Long::sum));
        sum.values().removeIf(factor -> factor == 0);
        return new ByteCount(sum);
    }

    /** Returns the number when nothing in it is counted. */
    Optional<Long> number() {
        if (terms.isEmpty()) {
            return Optional.of(0L);
        }
        return terms.size() == 1 ? Optional.ofNullable(terms.get("")) : Optional.empty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((name, factor) -> {
            text.append(text.isEmpty() ? "" : " + ");
            text.append(name.isEmpty() || factor != 1 ? factor.toString() : "").append(name);
        });
        return text.isEmpty() ? "0" : text.toString();
    }
}
