package org.almagest.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.Quoted;

/**
 * What values a setting takes, and how they are written.
 *
 * @param says what is expected, for errors and the table: {@code 1 to 65535}
 * @param reader from what was written, one word but for lists; throws {@link IllegalArgumentException} with the problem
 */
public record Kind<T>(String says, Shape shape, Function<List<String>, T> reader) {
    private static final String URL_EXPECTED = " is no address (expected such as https://catalog.example.org)";
    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final Pattern SPAN =
            Pattern.compile("(?=\\d)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final Map<String, Integer> BITS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);
    private static final Pattern RATE = Pattern.compile("0*[1-9]\\d{0,14}([KMGT]iB)?/0*[1-9]\\d{0,6}[smhd]");

    /** One word or any number of them. */
    enum Shape {
        WORD,
        LIST
    }

    private static <T> Kind<T> word(String says, Function<String, T> reader) {
        return new Kind<>(says, Shape.WORD, words -> reader.apply(words.get(0)));
    }

    static Kind<String> text() {
        return word("text", text -> text);
    }

    /** An address of a web server, without a slash at its end; or nothing. */
    static Kind<String> url() {
        return word("text, http:// or https:// and a host", text -> {
            String plain = text.strip().replaceFirst("/+$", "");
            if (plain.isEmpty()) {
                return plain;
            }
            try {
                URI url = new URI(plain);
                boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (web && url.getHost() != null && url.getRawUserInfo() == null && !plain.matches(".*[?#].*")) {
                    return plain;
                }
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(Quoted.text(text) + URL_EXPECTED, e);
            }
            throw new IllegalArgumentException(Quoted.text(text) + URL_EXPECTED);
        });
    }

    static Kind<List<String>> texts() {
        return new Kind<>("list of texts", Shape.LIST, List::copyOf);
    }

    static Kind<Integer> whole(int min, int max) {
        String says = min + " to " + max;
        return word(says, text -> {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        Quoted.text(text) + " is no whole number (expected " + says + ")", e);
            }
            throw new IllegalArgumentException(text.strip() + " (expected " + says + ")");
        });
    }

    static Kind<Double> share() {
        return word("0 to 1", text -> {
            try {
                double value = Double.parseDouble(text.strip());
                if (value >= 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(Quoted.text(text) + " is no number (expected 0 to 1)", e);
            }
            throw new IllegalArgumentException(text.strip() + " (expected 0 to 1)");
        });
    }

    /** Sizes such as {@code 64MiB}; {@code min} and {@code max} are in bytes. */
    static Kind<Long> bytes(long min, long max) {
        String says = sizeText(min) + " to " + sizeText(max);
        return word(says, text -> {
            Matcher parts = BYTES.matcher(text.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        Quoted.text(text) + " is no size (expected such as 512, 8KiB or 64MiB)");
            }
            String unit = parts.group(2) == null ? "B" : parts.group(2);
            int bits = BITS.getOrDefault(unit, 0);
            long count = Long.parseLong(parts.group(1));
            if (count > Long.MAX_VALUE >> bits || count << bits < min || count << bits > max) {
                throw new IllegalArgumentException(text.strip() + " (expected " + says + ")");
            }
            return count << bits;
        });
    }

    /** Spans of time such as {@code 30s}. */
    static Kind<Duration> span(Duration min, Duration max) {
        String says = spanText(min) + " to " + spanText(max);
        return word(says, text -> {
            Duration value = parsedSpan(text);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(text.strip() + " (expected " + says + ")");
            }
            return value;
        });
    }

    private static Duration parsedSpan(String text) {
        Matcher parts = SPAN.matcher(text.strip());
        try {
            if (!parts.matches()) {
                return Duration.parse(text.strip());
            }
            return Duration.ofDays(part(parts, 1))
                    .plusHours(part(parts, 2))
                    .plusMinutes(part(parts, 3))
                    .plusSeconds(part(parts, 4))
                    .plusMillis(part(parts, 5));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.text(text) + " is no duration (expected such as 500ms, 30s, 10m, 12h, 30d)", e);
        }
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    static Kind<Boolean> flag() {
        return word("on or off", text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> throw new IllegalArgumentException(Quoted.text(text) + " (expected on or off)");
        });
    }

    static Kind<String> choice(String... names) {
        List<String> all = List.of(names);
        String says = String.join(", ", all);
        return word(says, text -> {
            String name = text.strip().toLowerCase(Locale.ROOT);
            if (!all.contains(name)) {
                throw new IllegalArgumentException(Quoted.text(text) + " (expected one of " + says + ")");
            }
            return name;
        });
    }

    /** How many in how long, {@code 200/1s} or {@code 10GiB/1d}. */
    static Kind<String> rate() {
        return word("count/period", text -> {
            if (!RATE.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException(
                        Quoted.text(text) + " is no rate (expected such as 200/1s or 10GiB/1d)");
            }
            return text.strip();
        });
    }

    private static String sizeText(long bytes) {
        String[] units = {"TiB", "GiB", "MiB", "KiB"};
        for (int i = 0; i < units.length; i++) {
            int bits = 40 - 10 * i;
            if (bytes != 0 && bytes >>> bits << bits == bytes) {
                return (bytes >>> bits) + units[i];
            }
        }
        return Long.toString(bytes);
    }

    private static String spanText(Duration span) {
        long millis = span.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
